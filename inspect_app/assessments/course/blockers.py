"""What stands in the way of a step: every line or county by name, so that each can be led to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.course import queries
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.items import Item, Kind, items_of
from inspect_app.assessments.models import Appeal, Assessment, AssessmentLine, CountySheet, Reading
from inspect_app.core.labels import mark

RESULTS = "results"
LABELS = {
    "unsent": mark("没有报送自评"),
    "undecided": mark("标黄的差异没有处理"),
    "unconfirmed": mark("改动没有第二人复核"),
    "pending": mark("待评"),
    "unanswered": mark("申诉没有答复"),
    "unsigned": mark("没有签阅评审结果"),
}


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way; `code` is empty where it is the county as a whole."""

    kind: str
    county: str
    county_name: str
    code: str = ""
    title: str = ""

    @property
    def place(self) -> str:
        """Name it for the record of a step."""
        return f"{self.county} {self.code}".strip()


def blockers(session: Session, assessment: Assessment) -> list[Blocker]:
    """List everything that stands in the way of any step from here on, whoever asks."""
    sheets = queries.sheets_of(session, SYSTEM, assessment)
    appeals, readings = queries.appeals_of(session, sheets), queries.readings_of(session, sheets)
    return found_in(assessment, sheets, appeals, readings)


def found_in(
    assessment: Assessment, sheets: Sequence[CountySheet], appeals: Sequence[Appeal], readings: Sequence[Reading]
) -> list[Blocker]:
    """The same for sheets that were read already."""
    items = {item.code: item for item in items_of(scheme_of(assessment))}
    appealed = {appeal.line_id for appeal in appeals if not appeal.outcome}
    signed = {each.sheet_id for each in readings if each.stage == RESULTS}
    return [
        Blocker(kind, sheet.county.code, sheet.county.name, *((line.code, items[line.code].title) if line else ()))
        for sheet in sheets
        for kind, line in _of_sheet(assessment, sheet, items, appealed, signed)
    ]


def as_facts(found: Iterable[Blocker]) -> dict[str, Any]:
    """Return blockers as the facts of a step: places by kind."""
    facts: dict[str, Any] = {}
    for each in found:
        facts.setdefault(each.kind, []).append(each.place)
    return facts


def waits(line: AssessmentLine, item: Item) -> bool:
    """Tell whether people owe figures to a line: nothing accepted yet, or a claimed bonus that nobody looked at."""
    if item.kind is Kind.BONUS:
        return line.reported is not None and not line.decision and line.change is None and line.proposal is None
    return item.manual and line.standing == "pending"


def needs_decision(line: AssessmentLine, item: Item) -> bool:
    """Tell whether an assessor still has to look at a line."""
    if line.proposal is not None:
        return False
    return waits(line, item) or (line.differs and not line.decision and line.change is None)


def _of_sheet(
    assessment: Assessment, sheet: CountySheet, items: dict[str, Item], appealed: set[int], signed: set[int]
) -> Iterable[tuple[str, AssessmentLine | None]]:
    if sheet.sent_at is None and assessment.supersedes_id is None:
        yield "unsent", None
    for line in sheet.lines:
        if line.proposal is not None:
            yield "unconfirmed", line
        elif waits(line, items[line.code]):
            yield "pending", line
        elif line.differs and not line.decision and line.change is None:
            yield "undecided", line
        if line.id in appealed:
            yield "unanswered", line
    if sheet.id not in signed and assessment.supersedes_id is None:
        yield "unsigned", None
