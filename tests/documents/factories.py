"""Cases and documents for tests: a hazard of 乌苏市 that a visit found, and every kind of document about it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.documents import service
from inspect_app.documents.definition import DocumentField, FieldKind, KindDefinition
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.signatures import Given, sign
from inspect_app.regions.models import Region
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import WUSU, region

PEN = "M10 20L100 120L300 50L500 180M20 60L80 40L200 160L420.5 33"
CASE, VISIT = "YH-654202-2026-C03-0007", "JC-654202-2026-SPECIAL-01"


@dataclass(frozen=True)
class Desk:
    """Who draws up and who issues, for a case in 乌苏市."""

    session: Session
    officer: Actor
    leader: Actor
    county: Region

    def draft(self, kind: str = "feedback_letter", **over: Any) -> Document:  # noqa: ANN401 - any field
        """Draw up a document with every field filled in."""
        case = over.pop("case", CASE)
        replaces = over.pop("replaces", None)
        definition = definition_of(kind)
        subject, reference = ("hazard", case) if "hazard" in definition.subjects else (definition.subjects[0], VISIT)
        data = {**every_field(definition), **self._named(definition), "case": case, **over}
        return service.draw_up(
            self.session, self.officer, kind=kind, subject_kind=subject, subject_reference=reference,
            region=self.county, data=data, replaces=replaces,
        )  # fmt: skip

    def _named(self, kind: KindDefinition) -> dict[str, str]:
        """Return the newest number of what the kind comes after, for the field that names it."""
        before = select(Document).where(Document.kind.in_(kind.after), Document.number_id.is_not(None))
        last = self.session.scalars(before.order_by(Document.id.desc())).first()
        if last is None or last.number is None:
            return {}
        return {field.code: last.number.text for field in kind.fields if field.names}

    def signed(self, kind: str, **over: Any) -> Document:  # noqa: ANN401 - any field
        """Draw up a document and let everybody sign it."""
        document = self.draft(kind, **over)
        for signer in definition_of(kind).signers:
            for number in range(max(signer.count, 1)):
                name = f"{'柳松杨槐'[number]}{signer.label[:2]}"
                credential = f"检证{number:03}" if signer.credential else ""
                given = Given(signer.role, name, credential, PEN)
                sign(self.session, self.officer, document, document.version, given)
        return document

    def issued(self, kind: str = "feedback_letter", **over: Any) -> Document:  # noqa: ANN401 - any field
        """Issue a document, complete and signed."""
        return service.issue(self.session, self.leader, self.signed(kind, **over))


def make_desk(session: Session) -> Desk:
    """Make an officer and a leader of the prefecture; needs a transaction around it."""
    prefecture = region(session, "6542")
    officer, leader = (
        actor_of(make_user(session, role, prefecture)) for role in (Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER)
    )
    return Desk(session, officer, leader, region(session, WUSU))


def every_field(kind: KindDefinition) -> dict[str, Any]:
    """Return a value for every field of a kind that says which field it is."""
    return {field.code: _value(field) for field in kind.fields}


def _value(field: DocumentField) -> Any:  # noqa: ANN401 - JSON
    match field.kind:
        case FieldKind.DATE:
            return "2026-07-01"
        case FieldKind.ROWS:
            return [{column.code: _value(column) for column in field.columns}] * 2
        case FieldKind.TEXT:
            return f"{field.label}第一段\n{field.label}第二段"
        case _:
            return f"{field.label}某某"
