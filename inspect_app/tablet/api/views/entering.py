"""Getting in: is this the server, who am I here, and registering a device."""

from typing import Any

from flask import g, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, open_to_all, requires
from inspect_app.access.permissions import ROLE_LABELS, Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.tablet import devices
from inspect_app.tablet.api import shapes
from inspect_app.tablet.api.reading import read
from inspect_app.tablet.api.views.place import API_VERSION, blueprint, device_clock, roots
from inspect_app.tablet.proving import proofs, secret_of

Json = dict[str, Any]
NONCE_LENGTH = 200


@blueprint.get("/handshake")
@open_to_all
def handshake() -> Json:
    """Say who answers; under a token the nonce comes back in a proof that nobody else can make."""
    nonce = request.args.get("nonce", "")
    if len(nonce) > NONCE_LENGTH or not nonce.isascii():
        raise Invalid({"nonce": [mark("nonce 最多 200 个 ASCII 字符。")]})
    now = clock.now().isoformat()
    told: Json = {"server": "inspect-app", "api": API_VERSION, "time": now, "nonce": nonce}
    told["offset_seconds"] = devices.offset_of(device_clock())
    if g.secrets is not None:
        told["proof"] = proofs(g.secrets, "handshake", nonce, now)
    return told


@blueprint.get("/me")
@requires()
def me() -> Json:
    """Say who is signed in, and on which device."""
    actor = current_actor()
    role = _(ROLE_LABELS[actor.role]) if actor.role else ""
    held: Json = {"person": {"id": actor.id, "name": actor.name, "login": g.user.login, "role": role}, "device": None}
    if g.device_id is not None:
        held["device"] = {"uuid": g.device_uuid, "name": g.device_name}
    return held


@blueprint.post("/devices")
@requires(Permission.CARRY_OUT_INSPECTION)
def register_device() -> tuple[Json, int]:
    """Register the device that a signed-in person holds; token and secret are told here only."""
    if g.device_id is not None:
        raise Forbidden(mark("登记设备须先用账号和密码登录。"))
    given = read(shapes.DEVICE, request.get_data())
    with transaction():
        actor, agent = current_actor(), request.user_agent.string
        made = devices.register(db.session(), actor, given["name"], agent, given.get("device", ""))
        uuid, name = made.device.uuid, made.device.name
    secret = secret_of(roots()[0], uuid, actor.id or 0).hex()
    return {"device": uuid, "name": name, "token": made.token, "secret": secret, "person": _person()}, 201


def _person() -> Json:
    actor = current_actor()
    return {"id": actor.id, "name": actor.name, "login": g.user.login}
