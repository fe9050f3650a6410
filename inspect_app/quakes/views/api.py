"""Where other systems post earthquakes, with a key of their own."""

from flask import Blueprint, jsonify, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from inspect_app.access.guard import open_to_all
from inspect_app.core.database import db, transaction
from inspect_app.quakes import service
from inspect_app.quakes.posting import answer_of, told_of
from inspect_app.quakes.tokens import TokenRefused, sender
from inspect_app.web.headers import csrf

blueprint = Blueprint("quakes_api", __name__, url_prefix="/api/quakes")
csrf.exempt(blueprint)


@blueprint.post("")
@open_to_all
def post() -> tuple[Response, int]:
    """Record an earthquake; the same `external_id` again changes nothing and is answered with what stands."""
    body = request.get_data()
    try:
        return _recorded(body)
    except IntegrityError:  # the same one came in at the same moment: it stands by now
        return _recorded(body)


def _recorded(body: bytes) -> tuple[Response, int]:
    session, given = db.session(), request.authorization
    if given is None or given.type != "bearer":
        raise TokenRefused
    with transaction():
        actor, desk = sender(session, given.token or "")
        quake, fresh = service.record(session, actor, told_of(session, body, desk))
        answer = answer_of(quake, again=not fresh)
    return jsonify(answer), 201 if fresh else 200
