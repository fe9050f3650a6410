"""The blueprint of the API: who sends, by the token of a device or by a session, and how answers are signed."""

import hashlib
from datetime import datetime

from flask import Blueprint, Response, current_app, g, request
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import current_actor
from inspect_app.accounts.sessions import actor_of
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.tablet.devices import DeviceRevoked, key_of, offset_of
from inspect_app.tablet.proving import proofs, secrets_of
from inspect_app.tablet.receipts import Sender
from inspect_app.web.answers import give
from inspect_app.web.errors import answer_to
from inspect_app.web.headers import csrf

API_VERSION = 1
SERVER_NAME = f"inspect-app; api={API_VERSION}"
NONCE_HEADER, PROOF_HEADER, CLOCK_HEADER = "Request-Nonce", "Answer-Proof", "Device-Clock"
WIPE = '"cache", "cookies", "storage"'

blueprint = Blueprint("api", __name__, url_prefix=f"/api/v{API_VERSION}", template_folder="../../templates")
csrf.exempt(blueprint)


@blueprint.before_request
def identify() -> None:
    """Take the person from the token of a device; without one the session counts, and its forms are checked."""
    g.device_id = g.secrets = None
    token = bearer()
    if token is not None:
        key = key_of(db.session(), token)
        g.user, g.actor = key.user, actor_of(key.user)
        g.device_id, g.device_uuid, g.device_name = key.device_id, key.device.uuid, key.device.name
        g.secrets = secrets_of(roots(), key.device.uuid, key.user_id)
    elif g.get("actor") is not None and current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


@blueprint.after_request
def sign(response: Response) -> Response:
    """Say who answers and when; under a token also prove it, over the nonce of the request and the body."""
    response.headers["Inspect-Server"] = SERVER_NAME
    response.headers["Server-Time"] = clock.now().isoformat()
    if g.get("secrets") is not None:
        body = hashlib.sha256(response.get_data()).hexdigest()
        nonce = request.headers.get(NONCE_HEADER, "")[:200]
        response.headers[PROOF_HEADER] = proofs(g.secrets, "answer", nonce, str(response.status_code), body)
    return response


@blueprint.errorhandler(DeviceRevoked)
def wipe(error: DeviceRevoked) -> AnyResponse:
    """Have the browser of a revoked device forget what it holds."""
    response = give(answer_to(error))
    response.headers["Clear-Site-Data"] = WIPE
    return response


def bearer() -> str | None:
    """Return the token that the request carries."""
    given = request.authorization
    return given.token or "" if given is not None and given.type == "bearer" else None


def roots() -> list[str]:
    """Return the secrets from which those of devices are derived, the present one first."""
    return [str(current_app.config["SECRET_KEY"]), *map(str, current_app.config["SECRET_KEY_FALLBACKS"])]


def sender() -> Sender:
    """Return who sends, from which device, and how far its clock is off."""
    return Sender(current_actor(), g.device_id, offset_of(device_clock()))


def device_clock() -> datetime | None:
    """Return what the clock of the device says now, None when it does not tell."""
    try:
        told = datetime.fromisoformat(request.headers.get(CLOCK_HEADER, ""))
    except ValueError:
        return None
    sensible = told.tzinfo is not None and 1970 < told.year < 2200  # noqa: PLR2004 - a clock that was set at all
    return told if sensible else None
