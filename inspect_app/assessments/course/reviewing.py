"""What assessors decide about a line: the computed value stands, the county's figures are accepted, or a change.

A change takes two: one proposes it with its reason, another confirms or refuses it; the computed value stays beside it
(domain reference §6.3 rule 1).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.course import keeping, queries, rules
from inspect_app.assessments.course.figures import fact_from, number_from, to_json
from inspect_app.assessments.course.items import Item, Kind
from inspect_app.assessments.course.reporting import item_of_line
from inspect_app.assessments.lifecycle import APPEALING, REVIEWING
from inspect_app.assessments.models import AssessmentLine
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.frozen import plain
from inspect_app.core.labels import mark, say

KEPT, ACCEPTED = "kept", "accepted"
DECISIONS = {KEPT: mark("不采纳自评"), ACCEPTED: mark("采纳自评")}
NOT_NOW = mark("现在不是评审或申诉阶段，不能改变评分。")
STATES = (REVIEWING, APPEALING)


def decide(session: Session, actor: Actor, line: AssessmentLine, decision: str, reason: str, version: int) -> None:
    """Let the computed value stand (or a claim fall), or accept the figures as the county reported them."""
    _lock(session, actor, line, version)
    item = item_of_line(line)
    problems = _decision_problems(line, item, decision, reason)
    if problems:
        raise Invalid(problems)
    line.decision, line.decision_reason = decision, reason.strip()
    line.decided_at, line.decided_by_id, line.decided_by_name = clock.now(), actor.id, actor.name
    line.accepted = line.reported if decision == ACCEPTED else None
    line.change, line.proposal = None, None
    keeping.note(session, actor, line, decision, {"reason": line.decision_reason, "figures": line.accepted})
    keeping.recount(session, line.sheet)


def propose(
    session: Session, actor: Actor, line: AssessmentLine, texts: Mapping[str, str], reason: str, version: int
) -> None:
    """Propose figures for a line that people fill, or points ("points", empty: does not apply) for a computed one."""
    _lock(session, actor, line, version)
    item = item_of_line(line)
    if wrong := rules.reason_problem(reason):
        raise Invalid({"reason": [wrong]})
    line.proposal, line.proposal_reason = _proposed(item, texts), reason.strip()
    line.proposed_at, line.proposed_by_id, line.proposed_by_name = clock.now(), actor.id, actor.name
    keeping.note(session, actor, line, "propose", {"change": line.proposal, "reason": line.proposal_reason})


def confirm(session: Session, actor: Actor, line: AssessmentLine, version: int) -> None:
    """Put a proposed change into force; the one who proposed it cannot."""
    _second(session, actor, line, version)
    line.change, line.proposal = {**(line.proposal or {}), "reason": line.proposal_reason}, None
    line.confirmed_at, line.confirmed_by_id, line.confirmed_by_name = clock.now(), actor.id, actor.name
    line.decision, line.accepted = "", line.change.get("figures")
    keeping.note(session, actor, line, "confirm", {"change": line.change, "proposed_by": line.proposed_by_name})
    keeping.recount(session, line.sheet)


def refuse(session: Session, actor: Actor, line: AssessmentLine, reason: str, version: int) -> None:
    """Send a proposed change back; what stood before stands."""
    _second(session, actor, line, version)
    if wrong := rules.reason_problem(reason):
        raise Invalid({"reason": [wrong]})
    told = {"change": line.proposal, "proposed_by": line.proposed_by_name, "reason": reason.strip()}
    line.proposal = None
    keeping.note(session, actor, line, "refuse", told)


def takes_points(item: Item) -> bool:
    """Tell whether a change of this item is one of points; else it is one of figures."""
    return item.kind is Kind.INDICATOR and not item.manual


def may_change(item: Item) -> bool:
    """Tell whether people may change this item here; what data count outside the modules is mended in the data."""
    return item.manual or item.kind is Kind.INDICATOR


def _proposed(item: Item, texts: Mapping[str, str]) -> dict[str, Any]:
    if not may_change(item):
        raise Forbidden(mark("这一项由数据直接认定，请更正对应的数据。"))
    if not takes_points(item):
        return {"figures": to_json(fact_from(item, texts))}
    text = texts.get("points", "")
    if not text.strip():
        return {"points": None}
    value, wrong = number_from(text)
    if wrong is not None or value is None:
        raise Invalid({"points": [str(say(wrong or "", label=mark("得分")))]})
    return {"points": plain(value)}


def _decision_problems(line: AssessmentLine, item: Item, decision: str, reason: str) -> dict[str, list[Any]]:
    problems: dict[str, list[Any]] = {}
    if decision not in DECISIONS:
        problems["decision"] = [mark("请选择处理方式。")]
    if decision == ACCEPTED and (line.reported is None or not item.manual):
        problems["decision"] = [mark("这一项以数据为准；要改变得分，请提出改动，由第二人复核。")]
    if decision == KEPT and item.manual and item.kind is Kind.INDICATOR:
        problems["decision"] = [mark("这一项没有机算值，请采纳自评或另行认定。")]
    if decision == KEPT and (wrong := rules.reason_problem(reason)):
        problems["reason"] = [wrong]
    return problems


def _lock(session: Session, actor: Actor, line: AssessmentLine, version: int) -> None:
    _check(queries.assesses(actor, line.sheet.assessment))
    keeping.lock_line(session, line, STATES, NOT_NOW, version)


def _second(session: Session, actor: Actor, line: AssessmentLine, version: int) -> None:
    _check(queries.confirms(actor, line.sheet.assessment))
    keeping.lock_line(session, line, STATES, NOT_NOW, version)
    if line.proposal is None:
        raise Conflict(mark("这一项没有待复核的改动，可能已有人处理。"))
    if actor.id is not None and actor.id == line.proposed_by_id:
        raise Forbidden(mark("改动须由提出人以外的第二人复核。"))


def _check(may: bool) -> None:  # noqa: FBT001 - the answer to who may
    if not may:
        raise Forbidden(mark("只有本地区的考核员可以办理。"))
