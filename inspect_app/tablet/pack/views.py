"""Giving out the pack, and the photos of one visit on request."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.rules import FileDamaged
from inspect_app.evidence.service import open_thumbnail
from inspect_app.inspections.views.sections import blank_sections, fill_texts
from inspect_app.tablet.api.views.place import blueprint
from inspect_app.tablet.pack import building, queries
from inspect_app.tablet.pack.hazards import PHOTOS_EACH
from inspect_app.web.language import html_language

Json = dict[str, Any]


@blueprint.get("/pack")
@requires(Permission.CARRY_OUT_INSPECTION)
def pack() -> Json:
    """Give the person everything that their visits need without a network."""
    return packed(db.session(), current_actor())


@blueprint.get("/pack/visits/<uuid:visit>/photos")
@requires(Permission.CARRY_OUT_INSPECTION)
def pack_photos(visit: UUID) -> Json:
    """Give the photos of the open hazards of a visit's site, small; one that is damaged is null."""
    session, actor = db.session(), current_actor()
    held = [each for each in queries.open_visits(session, actor)[0] if each.visit.uuid == str(visit)]
    if not held:
        raise NotFound
    queries.add_hazards(session, actor, held)
    photos = queries.photos_of(session, held[0].hazards)
    return {"photos": {file.uuid: _picture(file) for files in photos.values() for file in files[-PHOTOS_EACH:]}}


def packed(session: Session, actor: Actor) -> Json:
    """Return the whole pack of a person, each version of a list once with the form it is filled on.

    Needs a request, in whose language it is told.
    """
    held, left_out = building.gather(session, actor)
    lists = {
        name: {**building.list_json(checklist), "form": blank_sections(checklist)}
        for name, checklist in building.lists_of(held).items()
    }
    told = building.build(session, actor, held, left_out)
    return {**told, "language": html_language(), "texts": fill_texts(), "lists": lists}


def _picture(file: Evidence) -> str | None:
    try:
        small = open_thumbnail(file).read_bytes()
    except FileDamaged:
        return None
    return f"data:image/jpeg;base64,{b64encode(small).decode()}"
