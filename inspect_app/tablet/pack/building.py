"""Putting a pack together; forms and texts are added by `views`, which draw them."""

from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import ROLE_LABELS
from inspect_app.accounts.models import User
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.queries import cited, content
from inspect_app.core import clock
from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.inspections import wording
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.phrases import phrases
from inspect_app.inspections.presenting import definition_json
from inspect_app.regions.models import Region, Unit
from inspect_app.sites.rules import CATEGORIES
from inspect_app.tablet.pack import queries
from inspect_app.tablet.pack.visits import list_name, visit_json
from inspect_app.tablet.pack.wording import record_texts
from inspect_app.web.language import said

FORMAT = 1
Json = dict[str, Any]


def lists_of(held: list[queries.Held]) -> dict[str, Checklist]:
    """Return each version of a list that the visits need, once, by its name ("C03-2")."""
    sheets = {list_name(sheet): sheet for each in held for sheet in each.visit.sheets}
    return {name: content(sheet.checklist_version) for name, sheet in sorted(sheets.items())}


def gather(session: Session, actor: Actor) -> tuple[list[queries.Held], int]:
    """Read the visits of this person with all that goes with them, and how many more there are."""
    held, left_out = queries.open_visits(session, actor)
    queries.add_answers(session, held)
    queries.add_past(session, actor, held)
    queries.add_hazards(session, actor, held)
    return held, left_out


def build(session: Session, actor: Actor, held: list[queries.Held], left_out: int) -> Json:
    """Return the pack but for its lists; times are the server's, sentences in the language of the request."""
    photos = queries.photos_of(session, (hazard for each in held for hazard in each.hazards))
    places = queries.places(session, actor.capture_region_id)
    units, units_left_out = queries.units(session, {each.code for each in places})
    return {
        "format": FORMAT,
        "made_at": clock.local(clock.now()).isoformat(timespec="seconds"),
        "today": clock.today().isoformat(),
        "person": _person(session, actor),
        "visits": [visit_json(each, photos, actor) for each in held],
        "left_out": left_out,
        "regions": [
            {"code": each.code, "name": each.name, "level": each.level.value, "parent": each.parent} for each in places
        ],
        "units": [{"name": name, "region": code} for name, code in units],
        "units_left_out": units_left_out,
        "words": {"categories": _told(CATEGORIES), "grades": _told(GRADE_LABELS), "kinds": _told(KINDS)},
        "phrases": phrases(),
        "record": record_texts(),
    }


def list_json(checklist: Checklist) -> Json:
    """Return a list as it is judged, and what its record says of each item: what is demanded, on which basis."""
    today = clock.today()
    demands = {
        item.code: {"demand": wording.requirement(item), "basis": wording.basis(cited(item, today))}
        for item in checklist.items
    }
    return {
        "code": checklist.code,
        "version": checklist.version,
        "title": checklist.title,
        "definition": definition_json(checklist),
        "demands": demands,
    }


def _person(session: Session, actor: Actor) -> Json:
    user = session.get(User, actor.id or 0)
    unit = session.get(Unit, actor.unit_id or 0)
    region = session.get(Region, actor.capture_region_id or actor.view_region_id or 0)
    return {
        "id": actor.id,
        "name": actor.name,
        "role": said(ROLE_LABELS[actor.role]) if actor.role else "",
        "credential": (user.credential_number if user else None) or "",
        "unit": unit.name if unit else "",
        "region": {"code": region.code, "name": region.name} if region else None,
    }


def _told(labels: Any) -> Json:  # noqa: ANN401 - a mapping of words to labels
    return {str(code): said(label) for code, label in labels.items()}
