"""Appeals of counties against single lines, and their answers with reasons."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.course import keeping, queries, rules
from inspect_app.assessments.lifecycle import APPEALING
from inspect_app.assessments.models import Appeal, AssessmentLine
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import mark

UPHELD, REJECTED = "upheld", "rejected"
OUTCOMES = {UPHELD: mark("申诉成立"), REJECTED: mark("维持原评分")}
NOT_NOW = mark("现在不是申诉阶段。")


def appeal(session: Session, actor: Actor, line: AssessmentLine, reason: str, version: int) -> Appeal:
    """Appeal against a line on behalf of its county, until the last day for it; one at a time."""
    if not queries.reports_for(actor, line.sheet):
        raise Forbidden(mark("申诉只能由本县（市、区）提出。"))
    keeping.lock_line(session, line, (APPEALING,), NOT_NOW, version)
    if clock.today() > line.sheet.assessment.appeal_by:
        raise Conflict(mark("申诉期已于 %(day)s 截止。"), day=line.sheet.assessment.appeal_by.isoformat())
    if wrong := rules.reason_problem(reason):
        raise Invalid({"reason": [wrong]})
    if standing(session, line) is not None:
        raise Conflict(mark("这一项已有申诉，正在等待答复。"))
    made = Appeal(
        line_id=line.id, reason=reason.strip(), made_at=clock.now(), made_by_id=actor.id, made_by_name=actor.name
    )
    session.add(made)
    keeping.note(session, actor, line, "appeal", {"reason": made.reason})
    session.flush()
    return made


def answer(session: Session, actor: Actor, line: AssessmentLine, outcome: str, words: str, version: int) -> Appeal:
    """Answer the open appeal against a line; one that is upheld needs its change, proposed or confirmed, first."""
    if not queries.assesses(actor, line.sheet.assessment):
        raise Forbidden(mark("只有本地区的考核员可以答复申诉。"))
    keeping.lock_line(session, line, (APPEALING,), NOT_NOW, version)
    found = standing(session, line)
    if found is None:
        raise Conflict(mark("这一项没有待答复的申诉，可能已有人答复。"))
    if problems := _problems(line, found, outcome, words):
        raise Invalid(problems)
    found.outcome, found.answer, found.answered_at = outcome, words.strip(), clock.now()
    found.answered_by_id, found.answered_by_name = actor.id, actor.name
    keeping.note(session, actor, line, "answer", {"outcome": outcome, "answer": found.answer})
    session.flush()
    return found


def standing(session: Session, line: AssessmentLine) -> Appeal | None:
    """Return the appeal against a line that nobody has answered yet."""
    return session.scalar(select(Appeal).where(Appeal.line_id == line.id, Appeal.outcome == ""))


def _problems(line: AssessmentLine, found: Appeal, outcome: str, words: str) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    if outcome not in OUTCOMES:
        problems["outcome"] = [mark("请选择答复结论。")]
    changed = line.confirmed_at is not None and line.change is not None and line.confirmed_at >= found.made_at
    if outcome == UPHELD and line.proposal is None and not changed:
        problems["outcome"] = [mark("申诉成立的，请先提出改动（由第二人复核），再答复。")]
    if wrong := rules.reason_problem(words):
        problems["answer"] = [wrong]
    return problems
