"""What is found beside the lists, and what became of everything sent."""

import re
from collections.abc import Callable
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.tablet import findings, outbox, proposals, receipts
from inspect_app.tablet.api import shapes
from inspect_app.tablet.api.reading import read
from inspect_app.tablet.api.schema import UUID, Schema
from inspect_app.tablet.api.views.place import blueprint, sender
from inspect_app.tablet.api.views.visits import sent, told
from inspect_app.tablet.receipts import Kind, Outcome, Sender, Sent

Json = dict[str, Any]
MOST_KEYS = 200


@blueprint.post("/hazards")
@requires(Permission.REGISTER_HAZARD)
def add_hazard() -> tuple[Json, int]:
    """Register a hazard that no list asks about."""
    return _take(Kind.HAZARD, shapes.HAZARD, findings.outside_list)


@blueprint.post("/sites")
@requires(Permission.CARRY_OUT_INSPECTION)
def add_site() -> tuple[Json, int]:
    """Take a new object, or the proposal of one."""
    return _take(Kind.SITE, shapes.SITE, proposals.propose)


@blueprint.post("/rechecks")
@requires(Permission.RECHECK_HAZARD)
def recheck() -> tuple[Json, int]:
    """Take the verdict of a recheck."""
    return _take(Kind.RECHECK, shapes.RECHECK, findings.recheck)


@blueprint.get("/outbox")
@requires()
def standing() -> Json:
    """Tell of each key whether it was received, is on its way, or is unknown here."""
    keys = [key for key in request.args.get("keys", "").split(",") if key]
    if len(keys) > MOST_KEYS or not all(re.fullmatch(UUID, key, re.ASCII) for key in keys):
        raise Invalid({"keys": [mark("keys 应为逗号分隔的 UUID，最多 200 个。")]})
    return {"items": outbox.standing(db.session(), current_actor(), keys)}


def _take(kind: Kind, shape: Schema, act: Callable[[Session, Sender, Sent], Outcome]) -> tuple[Json, int]:
    one, by = sent(kind, read(shape, request.get_data())), sender()
    with transaction():
        session = db.session()
        return told(receipts.receive(session, by, one, lambda: act(session, by, one)))
