"""Which newer versions an open visit could move to, and what earlier moves set aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.checklists.lifecycle import PUBLISHED
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import content
from inspect_app.inspections.lifecycle import MOVE, never_submitted
from inspect_app.inspections.models import Answer, Inspection, Sheet
from inspect_app.inspections.moving.rules import Fate, ListMove, compare


@dataclass(frozen=True)
class Newer:
    """A list of the visit beside a newer published version of the same code."""

    sheet: Sheet
    version: ChecklistVersion

    @property
    def present(self) -> str:
        """The version that the visit has, as "C03-2"."""
        return f"{self.version.code}-{self.sheet.checklist_version.number}"

    @property
    def name(self) -> str:
        """The newer version as "C03-3"."""
        return f"{self.version.code}-{self.version.number}"


@dataclass(frozen=True)
class SetAside:
    """An answer that a move took out of a visit; `said` is what it said, `list` the version it answered."""

    item: str
    question: str
    fate: Fate
    list: str
    said: str
    note: str
    immediate_measure: str


def newer_of(session: Session, inspection: Inspection) -> list[Newer]:
    """Return the lists of an open visit that have a newer published version; empty once it was submitted."""
    if not never_submitted(inspection):
        return []
    sheets = {sheet.checklist_version.code: sheet for sheet in inspection.sheets}
    rows = session.scalars(
        select(ChecklistVersion)
        .where(ChecklistVersion.code.in_(sheets), ChecklistVersion.state == PUBLISHED)
        .order_by(ChecklistVersion.code, ChecklistVersion.number)
    )
    newest = {row.code: row for row in rows}
    return [
        Newer(sheet, newest[code])
        for code, sheet in sheets.items()
        if code in newest and newest[code].number > sheet.checklist_version.number
    ]


def moves_of(newer: Sequence[Newer], answers: dict[str, Answer]) -> list[ListMove]:
    """Compare each list with its newer version, in view of the answers given."""
    given = {code for code, answer in answers.items() if answer.value or answer.note or answer.immediate_measure}
    return [compare(content(each.sheet.checklist_version), content(each.version), given) for each in newer]


def set_aside_of(inspection: Inspection) -> list[SetAside]:
    """Return every answer that earlier moves set aside, oldest first."""
    return [each for event in inspection.events if event.action == MOVE for each in _kept(event.facts)]


def _kept(facts: dict[str, Any]) -> Iterator[SetAside]:
    for each in facts["answers"]:
        if each["fate"] != Fate.KEPT:
            texts = {name: str(each[name]) for name in ("item", "question", "list", "said", "note")}
            yield SetAside(**texts, fate=Fate(each["fate"]), immediate_measure=str(each["immediate_measure"]))
