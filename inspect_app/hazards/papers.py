"""What a hazard tells the documents that are drawn up about it."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, select, true
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.documents import sources
from inspect_app.evidence.service import evidence_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import by_reference
from inspect_app.regions.models import Region

FORM_DUE = ("extension_form", "listing_notice")


def register_papers() -> None:
    """Let documents be drawn up about hazards."""
    sources.register("hazard", sources.Source(build, related, seen, "hazards.show"))


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return the region of a hazard and what it says for the fields of a kind of document."""
    hazard = by_reference(session, actor, reference)
    unit = hazard.responsible_unit_name or hazard.site_name
    known: sources.Data = {
        "addressee": unit,
        "site": hazard.site_name or unit,
        "address": hazard.location or (hazard.site.address if hazard.site else ""),
        "place": hazard.location or hazard.site_name,
        "person": hazard.responsible_person,
        "case": hazard.reference,
        "hazard": hazard.description,
        "unit": unit,
        "supervisor": hazard.supervising_unit_name,
        "level": hazard.listed_level,
        "interim": hazard.interim_control,
        **_rows(hazard, unit),
    }
    if kind in FORM_DUE:
        known["due_on"] = _day(hazard.due_on)
    if kind in {"extension_form", "closure_form"}:
        known |= _treated(session, hazard)
    return hazard.region, known


def related(session: Session, reference: str) -> list[sources.Case]:
    """List the visit that found a hazard: its record serves for the hazard too."""
    origin = select(Hazard.origin, Hazard.origin_reference).where(Hazard.reference == reference)
    return [("inspection", found) for kind, found in session.execute(origin).tuples() if kind == "inspection" and found]


def seen(_actor: Actor, _column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Hazards are seen by region alone, as their documents are."""
    return true()


def _rows(hazard: Hazard, unit: str) -> sources.Data:
    due = _day(hazard.due_on)
    return {
        "findings": [{"text": hazard.description}],
        "problems": [{"text": hazard.description, "due_on": due}],
        "opinions": [{"text": hazard.description, "opinion": ""}],
        "hazards": [{"case": hazard.reference, "text": hazard.description, "due_on": due}],
        "units": [{"unit": unit, "text": hazard.description}],
        "dangers": [{"place": hazard.location or hazard.site_name, "text": hazard.description}],
    }


def _treated(session: Session, hazard: Hazard) -> sources.Data:
    """Return how the hazard was treated, its proofs, and what was last asked for by way of extension."""
    asked = next((event.facts for event in reversed(hazard.events) if event.action == "request_extension"), {})
    files = evidence_of(session, "hazard", hazard.id)
    rechecked = [hazard.recheck_result, _day(hazard.rechecked_on), hazard.rechecked_by]
    return {
        "measures": "\n".join(text for text in (hazard.measures, hazard.progress) if text),
        "done": hazard.progress,
        "proofs": [{"text": file.original_name} for file in files],
        "recheck": "　".join(text for text in rechecked if text),
        "acceptance": hazard.accepted_by_unit,
        "extend_to": _day(asked.get("extend_to")),
        "reason": str(asked.get("reason") or ""),
        "interim": str(asked.get("interim_control") or hazard.interim_control),
    }


def _day(value: Any) -> str:  # noqa: ANN401 - a date, its ISO form, or None
    return value.isoformat() if isinstance(value, date) else str(value or "")
