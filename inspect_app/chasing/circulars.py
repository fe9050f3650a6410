"""One circular (通报) for many hazards, of one county or of several: drawn up about the region that holds them all.

A county that is named in a circular reads it once it is issued, though it is drawn up above the county.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, select, true
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.chasing.models import RungTaken
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark, say
from inspect_app.documents import service, sources
from inspect_app.documents.beginning import begin
from inspect_app.documents.definition import day_text
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import overdue_days
from inspect_app.hazards.words import Grade
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, covers

SUBJECT = "region"


def register_papers() -> None:
    """Let circulars be drawn up about regions."""
    place = sources.Source(build, related, seen, "chasing.index", parameter="region", named=named_in)
    sources.register(SUBJECT, place)


def draw_up_together(session: Session, actor: Actor, hazards: Sequence[Hazard], kind: str, note: str) -> str:
    """Draw up one draft that names all these hazards, and return its key."""
    subject = (SUBJECT, _common(session, hazards).code)
    region, known = begin(session, actor, kind, subject)
    document = service.draw_up(
        session, actor, kind=kind, subject_kind=SUBJECT, subject_reference=region.code, region=region,
        data={**known, **_told(hazards, clock.today(), note)},
    )  # fmt: skip
    return document.uuid


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return the region and to whom a circular about it goes; NotFound outside what the person sees."""
    del kind
    region = by_code(session, reference)
    if actor.role is not None and not (actor.view_region_id and covers(session, actor.view_region_id, region.id)):
        raise NotFound
    return region, {"addressee": _addressee([county.name for county in counties_of(session, region.id)])}


def related(_session: Session, _reference: str) -> list[sources.Case]:
    """Return nothing: what follows is drawn up hazard by hazard."""
    return []


def seen(_actor: Actor, _column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Regions are no secret; whether a document about one is seen depends on where it was drawn up."""
    return true()


def named_in(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition that a document, by its key, names a hazard that the person sees."""
    named = select(RungTaken.document_uuid).join(Hazard, Hazard.id == RungTaken.hazard_id)
    return column.in_(named.where(visible(actor, RungTaken.county_id, Hazard.region_id), RungTaken.document_uuid != ""))


def _common(session: Session, hazards: Sequence[Hazard]) -> Region:
    region = hazards[0].county
    while region.parent is not None and not all(covers(session, region.id, each.county_id) for each in hazards):
        region = region.parent
    return region


def _told(hazards: Sequence[Hazard], today: date, note: str) -> sources.Data:
    by_county = Counter(hazard.county.name for hazard in hazards)
    scope = say(
        mark("截至%(day)s，%(counties)s，共 %(n)s 条隐患超过整改时限仍未整改完成，其中重大隐患 %(major)s 条。%(note)s"),
        day=day_text(today),
        counties="、".join(f"{name} {number} 条" for name, number in by_county.items()),
        n=len(hazards),
        major=sum(hazard.grade is Grade.MAJOR for hazard in hazards),
        note=note,
    )
    ordered = sorted(hazards, key=lambda hazard: (hazard.county_id, hazard.due_on or today, hazard.id))
    units = [{"unit": _unit(hazard), "text": _problem(hazard, today)} for hazard in ordered]
    return {"addressee": _addressee(by_county), "scope": str(scope), "units": units}


def _addressee(counties: Sequence[str] | Counter[str]) -> str:
    return str(say(mark("%(counties)s抗震救灾指挥部"), counties="、".join(counties)))


def _unit(hazard: Hazard) -> str:
    return f"{hazard.county.name} {hazard.responsible_unit_name or hazard.site_name}"


def _problem(hazard: Hazard, today: date) -> str:
    late = say(
        mark("%(hazard)s（%(reference)s，时限%(due)s，已超期%(days)s天）"),
        hazard=hazard.description,
        reference=hazard.reference,
        due=day_text(hazard.due_on),
        days=overdue_days(hazard.state, hazard.due_on, today),
    )
    return str(late)
