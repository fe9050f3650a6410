"""A visit from the tablet: begun, answered, signed, submitted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from inspect_app.access.guard import requires
from inspect_app.core.database import db, transaction
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import answering, receipts, visiting, visits
from inspect_app.tablet.api import shapes
from inspect_app.tablet.api.reading import read, time_of
from inspect_app.tablet.api.schema import Schema
from inspect_app.tablet.api.views.place import blueprint, sender
from inspect_app.tablet.receipts import Answered, Kind, Outcome, Sender, Sent
from inspect_app.tablet.rules import Verdict
from inspect_app.web.errors import answer_to

Json = dict[str, Any]
Act = Callable[[Session, Sender, Inspection, Sent], Outcome]
NEW, AGAIN = 201, 200


@blueprint.post("/visits/<uuid:uuid>/start")
@requires()
def start(uuid: UUID) -> tuple[Json, int]:
    """Begin a visit."""
    return _take(uuid, Kind.START, shapes.START, visiting.start)


@blueprint.post("/visits/<uuid:uuid>/answers")
@requires()
def answer(uuid: UUID) -> Json:
    """Take answers, each for itself."""
    given = read(shapes.ANSWERS, request.get_data())
    many = [sent(Kind.ANSWER, each, str(uuid)) for each in given["answers"]]
    with transaction():
        inspection = visits.find(db.session(), sender().actor, str(uuid))
        done = answering.keep(db.session(), sender(), inspection, many)
        return {"receipts": [_told(each) for each in done]}


@blueprint.post("/visits/<uuid:uuid>/signatures")
@requires()
def sign(uuid: UUID) -> tuple[Json, int]:
    """Keep the signatures of a visit."""
    return _take(uuid, Kind.SIGNATURES, shapes.SIGNATURES, visiting.sign)


@blueprint.post("/visits/<uuid:uuid>/submit")
@requires()
def submit(uuid: UUID) -> tuple[Json, int]:
    """Submit a visit."""
    return _take(uuid, Kind.SUBMIT, shapes.SUBMIT, visiting.submit)


def sent(kind: Kind, given: Json, target: str = "") -> Sent:
    """Return one thing sent, as it was read from a body."""
    content = {name: value for name, value in given.items() if name not in {"key", "claimed_at"}}
    return Sent(given["key"], kind, content, time_of(given), target)


def told(answered: Answered) -> tuple[Json, int]:
    """Return a receipt as an answer: 201 the first time, 200 again."""
    return receipts.as_json(answered), AGAIN if answered.again else NEW


def _take(uuid: UUID, kind: Kind, shape: Schema, act: Act) -> tuple[Json, int]:
    one, by = sent(kind, read(shape, request.get_data()), str(uuid)), sender()
    with transaction():
        session = db.session()
        inspection = visits.find(session, by.actor, str(uuid))
        return told(receipts.receive(session, by, one, lambda: act(session, by, inspection, one)))


def _told(done: Answered | answering.Refused) -> Json:
    if isinstance(done, Answered):
        return receipts.as_json(done)
    answer = answer_to(done.error)
    told: Json = {"outcome": Verdict.REFUSED, "code": answer.code, "message": answer.message}
    told |= {"reasons": list(answer.reasons)}
    return {
        "key": done.key,
        "number": None,
        "kind": Kind.ANSWER,
        "status": answer.status,
        "again": False,
        "result": told,
    }
