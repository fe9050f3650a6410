"""What a visit tells the documents that are drawn up about it."""

from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.clock import local
from inspect_app.documents import sources
from inspect_app.documents.definition import day_text
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference, hazards_of, visible_to
from inspect_app.regions.models import Region

ENFORCING = {"measure_decision", "rectification_order", "recheck_opinion"}


def register_papers() -> None:
    """Let documents be drawn up about visits."""
    sources.register("inspection", sources.Source(build, related, seen, "inspections.show"))


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return the region of a visit and what it says for the fields of a kind of document."""
    visit = by_reference(session, actor, reference)
    site, lists = visit.site, "、".join(sheet.checklist_version.title for sheet in visit.sheets)
    unit = site.responsible_unit.name if site.responsible_unit else site.name
    people = [{"name": each.user.name, "credential": each.user.credential_number or ""} for each in visit.inspectors]
    known: sources.Data = {
        "addressee": unit if kind in ENFORCING else site.name,
        "site": site.name,
        "address": site.address,
        "place": site.address or site.name,
        "person": visit.site_person,
        "period": day_text(visit.planned_on),
        "started": _instant(visit.started_at),
        "ended": _instant(visit.submitted_at),
        "content": lists,
        "inspectors": people,
        "occasion": f"对{site.name}进行了检查（{visit.reference}）",
        **_found(session, visit),
    }
    return visit.region, known


def related(session: Session, reference: str) -> list[sources.Case]:
    """List the hazards that a visit found: what was ordered about one of them was ordered after the visit."""
    found = select(Hazard.reference).where(Hazard.origin == "inspection", Hazard.origin_reference == reference)
    return [("hazard", hazard) for hazard in session.scalars(found.order_by(Hazard.id))]


def seen(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Documents of an unannounced visit are as hidden as the visit."""
    return column.in_(select(Inspection.reference).where(visible_to(actor)))


def _found(session: Session, visit: Inspection) -> sources.Data:
    hazards = list(hazards_of(session, visit).values())
    due = {hazard.reference: hazard.due_on.isoformat() if hazard.due_on else "" for hazard in hazards}
    told = [{"text": hazard.description, "due_on": due[hazard.reference]} for hazard in hazards]
    return {
        "findings": [{"text": each["text"]} for each in told] or [{"text": visit.summary}],
        "problems": told,
        "opinions": [{"text": each["text"], "opinion": ""} for each in told],
        "dangers": [{"place": visit.site.name, "text": each["text"]} for each in told],
    }


def _instant(value: datetime | None) -> str:
    return f"{day_text(local(value).date())} {local(value):%H:%M}" if value else ""
