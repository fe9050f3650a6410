"""What is wrong with an answer before it may be kept as complete, and when a finding is due. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

from inspect_app.checklists import answers
from inspect_app.checklists.answers import State
from inspect_app.checklists.definition import EVIDENCE_LABELS, Answer, Deadline, DeadlineKind, Evidence, Item
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.scoring import judge
from inspect_app.core.labels import Sentence, mark, say

PLAN_DAYS = 365
PROOFS_OF_A_GOOD_ANSWER = (Evidence.ATTACHMENT, Evidence.RECEIPT, Evidence.DOCUMENT_NUMBER, Evidence.LOG)


def contradictions(item: Item, answer: Answer, on: date) -> tuple[Reason, ...]:
    """Return what cannot be: an unknown choice, 5 of 4, a date to come, "not applicable" where it applies."""
    readings = ((part, answers.read(part, item.part_answer(part, answer), on)) for part in item.parts)
    return tuple(
        Reason(part.label, reading.why)
        for part, reading in readings
        if reading.state is State.WRONG and reading.why is not None
    )


def missing_evidence(item: Item, answer: Answer, attached: Collection[Evidence], on: date) -> tuple[Evidence, ...]:
    """Return what must still be attached; `attached` holds the kinds of which at least one file is there.

    A photo shows the state found, good or bad. Papers prove a good answer only: what was never done has none.
    """
    judgement = judge(item, answer, on)
    if judgement.credit is None:
        return ()
    held = set(attached)
    if str(answer.get("document_number") or "").strip():
        held.add(Evidence.DOCUMENT_NUMBER)
    wanted = (each for each in item.evidence if judgement.passed or each not in PROOFS_OF_A_GOOD_ANSWER)
    return tuple(each for each in wanted if each not in held)


def problems(item: Item, answer: Answer, attached: Collection[Evidence], on: date) -> tuple[str, ...]:
    """Return in Chinese everything that keeps this answer from being submitted, empty when nothing does."""
    wrong = tuple(str(each) for each in contradictions(item, answer, on))
    lacking = missing_evidence(item, answer, attached, on)
    return wrong + tuple(str(say(mark("缺少%(evidence)s。"), evidence=EVIDENCE_LABELS[each])) for each in lacking)


def due_on(deadline: Deadline, found_on: date, *, plan_days: int = PLAN_DAYS) -> date | None:
    """Return the last day to mend, None when the item sets none.

    "Immediate" is within 24 hours, so the next day; a plan without days of its own may run `plan_days`.
    """
    match deadline.kind:
        case DeadlineKind.NONE:
            return None
        case DeadlineKind.IMMEDIATE:
            return found_on + timedelta(days=1)
        case DeadlineKind.DAYS:
            return found_on + timedelta(days=deadline.days or 0)
        case DeadlineKind.PLAN:
            return found_on + timedelta(days=deadline.days or plan_days)


def describe(deadline: Deadline) -> Sentence:
    """Return the deadline as the tablet shows it, without the first measure (see FIRST_MEASURE_LABELS)."""
    match deadline.kind:
        case DeadlineKind.NONE:
            return say(mark("不设期限"))
        case DeadlineKind.IMMEDIATE:
            return say(mark("立即（24 小时内）"))
        case DeadlineKind.DAYS if deadline.days is None:
            return say(mark("天数未填"))
        case DeadlineKind.DAYS:
            return say(mark("%(days)s 日内"), days=deadline.days)
        case DeadlineKind.PLAN:
            return say(mark("按治理方案，最长 %(days)s 日"), days=deadline.days or PLAN_DAYS)
