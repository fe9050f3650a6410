"""Where things sent stand, by the keys their device gave them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.tablet import receipts, uploads
from inspect_app.tablet.models import Receipt, Upload

RECEIVED, ON_ITS_WAY, UNKNOWN = "received", "on_its_way", "unknown"


def standing(session: Session, actor: Actor, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return of each key what is known of the person's own; what belongs to others is unknown."""
    received = receipts.of_keys(session, actor, keys)
    rows = session.scalars(select(Upload).where(Upload.uuid.in_(keys), Upload.user_id == actor.id))
    coming = {row.uuid: row for row in rows}
    return [_one(key, received, coming) for key in keys]


def _one(key: str, received: dict[str, Receipt], coming: dict[str, Upload]) -> dict[str, Any]:
    if key in received:
        told = receipts.as_json(receipts.Answered(received[key], again=True))
        return {"key": key, "state": RECEIVED, "receipt": told}
    if key in coming:
        return {"key": key, "state": ON_ITS_WAY, "offset": uploads.arrived(coming[key]), "size": coming[key].size}
    return {"key": key, "state": UNKNOWN}
