"""Bags at the office: a tablet's file taken in, receipts to carry back, a pack to carry there."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, current_app, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, FileRefused
from inspect_app.core.labels import mark
from inspect_app.tablet import devices, receipts
from inspect_app.tablet.api.views.place import roots
from inspect_app.tablet.bags.container import Bag, open_bag, read_bag, seal_bag, signer_of
from inspect_app.tablet.bags.holders import key_of
from inspect_app.tablet.bags.outbox import Request, requests_of
from inspect_app.tablet.forms import BagForm
from inspect_app.tablet.models import DeviceKey, Receipt
from inspect_app.tablet.pack.views import pack_photos, packed
from inspect_app.tablet.proving import secrets_of
from inspect_app.tablet.views.installing import address_of
from inspect_app.tablet.views.place import blueprint
from inspect_app.tablet.views.replaying import Holder, Line, replay
from inspect_app.web.errors import answer_to

OFFICE = (Permission.CARRY_OUT_INSPECTION, Permission.REVIEW_INSPECTION)
MOST_RECEIPTS = 5000
UNPROCESSABLE = 422
OUTBOX, PACK, RECEIPTS = "outbox", "pack", "receipts"
NOT_TO_SEND = mark("这个文件是给平板用的，不是平板存出的待发送内容。请在平板上导入。")


@blueprint.get("/import")
@requires(*OFFICE)
def bags() -> str:
    """Offer to take in a file of a tablet, and one's own pack for a tablet without a network."""
    return _offer(BagForm())


@blueprint.post("/import")
@requires(*OFFICE)
def take_bag() -> tuple[str, int] | str:
    """Receive what a tablet put into a file; what was received before, by file or network, is answered the same."""
    form, actor = BagForm(), current_actor()
    if not form.validate_on_submit():
        return _offer(form), UNPROCESSABLE
    data = form.file.data.read()
    try:
        bag, told, listed = _opened(db.session(), actor, data)
    except DomainError as error:
        form.show(error)
        return _offer(form), answer_to(error).status
    lines = _received(Holder(told["person"], told["device_id"]), listed)
    with transaction():
        _note(db.session(), actor, told, lines, data)
    return render_template("tablet/imported.html", told=told, bag=bag, lines=lines)


@blueprint.get("/import/receipts/<uuid:device>/<int:person>")
@requires(*OFFICE)
def receipts_bag(device: UUID, person: int) -> Response:
    """Give the receipts of a tablet as a file: with it the tablet forgets what was received.

    `secret` says by its place which of the secrets the tablet keeps, as its own file has shown.
    """
    session = db.session()
    key = key_of(session, current_actor(), str(device), person)
    query = select(Receipt).where(Receipt.user_id == person, Receipt.device_id == key.device_id)
    rows = session.scalars(query.order_by(Receipt.id.desc()).limit(MOST_RECEIPTS)).all()
    listed = [receipts.as_json(receipts.Answered(row, again=True)) for row in rows]
    return _sent(key, RECEIPTS, {"receipts": listed})


@blueprint.get("/import/pack/<uuid:device>")
@requires(Permission.CARRY_OUT_INSPECTION)
def pack_bag(device: UUID) -> Response:
    """Give the person's own pack as a file that only their tablet can open."""
    session, actor = db.session(), current_actor()
    key = key_of(session, actor, str(device), actor.id or 0)
    pack = packed(session, actor)
    photos = {each["uuid"]: pack_photos(UUID(each["uuid"]))["photos"] for each in pack["visits"] if _has_photos(each)}
    return _sent(key, PACK, json.loads(current_app.json.dumps({"pack": pack, "photos": photos})))


def _has_photos(visit: Mapping[str, Any]) -> bool:
    return any(each["recheck"] and each["photos"] for each in visit["hazards"])


def _offer(form: BagForm) -> str:
    keys, address = devices.own_keys(db.session(), current_actor()), address_of("tablet.shell")
    return render_template("tablet/import.html", form=form, keys=keys, address=address)


def _opened(session: Session, actor: Actor, data: bytes) -> tuple[Bag, dict[str, Any], list[Request]]:
    """Return a bag, from whom and what it is, and what it asks; raises DomainError when it is not to be taken in."""
    bag = read_bag(data)
    if bag.text("kind") != OUTBOX:
        raise FileRefused("E_TYPE", NOT_TO_SEND)
    key = key_of(session, actor, bag.text("device"), bag.number("person"))
    secrets = _secrets_of(key)
    signer = signer_of(bag, secrets)
    device = {"device": key.device.name, "uuid": key.device.uuid, "device_id": key.device_id}
    told = {"name": key.user.name, "person": key.user_id, "secret": signer, **device}
    return bag, told, requests_of(open_bag(bag, secrets[signer]))


def _secrets_of(key: DeviceKey) -> list[bytes]:
    return secrets_of(roots(), key.device.uuid, key.user_id)


def _received(holder: Holder, listed: list[Request]) -> list[Line]:
    """Receive one after the other, each in a transaction of its own; no snapshot is held open meanwhile."""
    db.session.rollback()
    return [line for each in listed for line in replay(holder, each)]


def _note(session: Session, actor: Actor, told: Mapping[str, Any], lines: list[Line], data: bytes) -> None:
    received = [line for line in lines if line.number]
    changes = {
        "file": [None, sha256(data).hexdigest()],
        "filled_by": [None, told["name"]],
        "received": [None, len(received)],
        "again": [None, sum(line.again for line in received)],
        "refused": [None, len(lines) - len(received)],
    }
    record(session, actor, "device.import", kind="device", id=None, reference=told["uuid"], changes=changes)


def _sent(key: DeviceKey, kind: str, index: Mapping[str, Any]) -> Response:
    head = {"kind": kind, "device": key.device.uuid, "person": key.user_id, "made_at": clock.now().isoformat()}
    name = f"{kind}-{clock.local(clock.now()):%Y%m%d-%H%M}.jcbag"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    secrets = _secrets_of(key)
    secret = secrets[max(0, min(request.args.get("secret", 0, int), len(secrets) - 1))]
    return Response(seal_bag(secret, head, index), mimetype="application/octet-stream", headers=headers)
