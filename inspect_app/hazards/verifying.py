"""Do rows, events, files and audit trail still tell the same story: what somebody altered in the database shows here.

Writing `state = 'closed'` into a row, moving a due date back, adding an event or withdrawing the photo of a closed
hazard by SQL goes past every guard of the steps; each of them leaves two of the four disagreeing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.audit.models import AuditEntry
from inspect_app.core.lifecycle import plain
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.lifecycle import HAZARD_LIFE, UNDOING
from inspect_app.hazards.models import Hazard, HazardEvent

T = TypeVar("T")
PORTION = 500
AFRESH = {"populate_existing": True}
TOLD_BY_STEPS = (
    "due_on", "original_due_on", "extension_count", "paused_until", "paused_days", "done_on", "done_by_id",
    "recheck_result", "recheck_failures", "closed_on", "review_on", "looked_back_on", "rebounded", "merged_into_id",
    "measure_type", "proof_kind", "listed", "listed_level",
)  # fmt: skip
ACTIONS = {f"hazard.{step.action}" for step in HAZARD_LIFE.steps} | {"hazard.list", "hazard.delist"}
WRITTEN_ALONE = {step.action for step in HAZARD_LIFE.steps} - {"register"} - UNDOING


@dataclass(frozen=True)
class Story:
    """One hazard with all that is told about it, each in the order of its keys; `files` are digests not withdrawn."""

    hazard: Hazard
    events: Sequence[HazardEvent]
    entries: Sequence[AuditEntry]
    files: frozenset[str]


def verify(session: Session) -> list[str]:
    """Check every hazard, some hundred at a time; returns a Chinese sentence for each disagreement."""
    problems: list[str] = []
    last = 0
    while hazards := _portion(session, last):
        last = hazards[-1].id
        for story in _stories(session, hazards):
            problems += [f"隐患 {story.hazard.reference}：{sentence}" for sentence in disagreements(story)]
    return problems


def disagreements(story: Story) -> Iterator[str]:
    """Name what does not agree about one hazard."""
    for holds, sentence in CHECKS:
        if not holds(story):
            yield sentence
    for column in _altered(story):
        yield f"{column} 与审计记录中最后一次变动不符，可能在数据库中被直接改动。"


def _replays(story: Story) -> bool:
    try:
        return HAZARD_LIFE.replay(story.events) == story.hazard.state
    except ValueError:
        return False


def _every_step_is_in_the_trail(story: Story) -> bool:
    """Compare how often each step stands in the events and in the trail; returns tell of many in one entry."""
    events = Counter(event.action for event in story.events if event.action in WRITTEN_ALONE)
    entries = Counter(entry.action.removeprefix("hazard.") for entry in story.entries)
    return all(entries[action] == events[action] for action in WRITTEN_ALONE)


def _keeps_its_grade(story: Story) -> bool:
    """Compare with the grade noted at the last assignment: nobody may change it afterwards."""
    noted = [event.facts["grade"] for event in story.events if event.action == "assign" and "grade" in event.facts]
    return not noted or noted[-1] == story.hazard.grade


def _keeps_its_proof(story: Story) -> bool:
    closures = [event for event in story.events if event.action == "close"]
    return not closures or set(closures[-1].facts.get("photos_after", ())) <= story.files


CHECKS: tuple[tuple[Callable[[Story], bool], str], ...] = (
    (_replays, "状态与经过不符。"),
    (_every_step_is_in_the_trail, "经过与审计记录不符，有步骤没有留痕或被增添。"),
    (_keeps_its_grade, "等级与交办时不符。"),
    (_keeps_its_proof, "销号时的整改后照片已不在。"),
)


def _altered(story: Story) -> Iterator[str]:
    """Name the columns whose value is not the one that the last step left there."""
    told: dict[str, Any] = {}
    for entry in story.entries:
        known = {name: change[1] for name, change in entry.changes.items() if name in TOLD_BY_STEPS}
        if entry.action in ACTIONS:
            told |= known
        else:
            told = {name: value for name, value in told.items() if name not in known}
    for column, value in told.items():
        if plain(getattr(story.hazard, column)) != value:
            yield column


def _portion(session: Session, after: int) -> Sequence[Hazard]:
    query = select(Hazard).where(Hazard.id > after).order_by(Hazard.id).limit(PORTION)
    return session.scalars(query.execution_options(**AFRESH)).all()


def _stories(session: Session, hazards: Sequence[Hazard]) -> Iterator[Story]:
    keys = [hazard.id for hazard in hazards]
    events = select(HazardEvent).where(HazardEvent.subject_id.in_(keys)).order_by(HazardEvent.id)
    about = (AuditEntry.subject_kind == "hazard", AuditEntry.subject_id.in_(keys))
    entries = select(AuditEntry).where(*about).order_by(AuditEntry.id)
    files = select(Evidence.subject_id, Evidence.sha256).where(
        Evidence.subject_kind == "hazard", Evidence.subject_id.in_(keys), Evidence.withdrawn_at.is_(None)
    )
    steps = _by(session.scalars(events.execution_options(**AFRESH)).all(), lambda event: event.subject_id)
    trail = _by(session.scalars(entries.execution_options(**AFRESH)).all(), lambda entry: entry.subject_id or 0)
    kept = _by(session.execute(files).tuples().all(), lambda row: row[0])
    for hazard in hazards:
        digests = frozenset(digest for _key, digest in kept.get(hazard.id, ()))
        yield Story(hazard, steps.get(hazard.id, ()), trail.get(hazard.id, ()), digests)


def _by(rows: Sequence[T], key: Callable[[T], int]) -> Mapping[int, Sequence[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
