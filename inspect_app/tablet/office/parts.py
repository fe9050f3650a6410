"""What pages of lower floors show about tablets."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import devices, disagreements
from inspect_app.tablet.models import Receipt


def on_visit(_actor: Actor, inspection: Inspection) -> Mapping[str, Any] | None:
    """Lead from a visit to what tablets sent about it; nothing where they sent nothing."""
    session = db.session()
    query = select(func.count()).select_from(Receipt).where(Receipt.inspection_id == inspection.id)
    received = session.scalar(query) or 0
    if not received:
        return None
    every = disagreements.of(session, inspection)
    told = {"all": len(every), "open": sum(not each.chosen for each in every)}
    return {**told, "received": received, "reference": inspection.reference}


def on_account(actor: Actor) -> Mapping[str, Any] | None:
    """Show a person the devices on which they may send."""
    keys = devices.own_keys(db.session(), actor)
    return {"own_keys": keys} if keys else None


def on_sites(actor: Actor) -> Mapping[str, Any] | None:
    """Lead who keeps the register to proposed objects."""
    return {} if actor.can(Permission.EDIT_SITES) else None
