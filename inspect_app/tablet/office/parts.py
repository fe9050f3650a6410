"""What pages of lower floors show about tablets."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import aside, devices, disagreements
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.office.naming import Names


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


def on_home(actor: Actor) -> Mapping[str, Any] | None:
    """Lead inspectors to the application, and whoever looks after visits to what could not enter its own."""
    inspects = actor.can(Permission.CARRY_OUT_INSPECTION)
    if not (inspects or actor.can(Permission.REVIEW_INSPECTION)):
        return None
    session = db.session()
    waiting = sum(each.number for each in aside.beside_visits(session, actor))
    return {"may_go_out": inspects, "aside": waiting} if inspects or waiting else None


def on_hazard(actor: Actor, hazard: Hazard) -> Mapping[str, Any] | None:
    """Show what came too late for a hazard; nothing where nothing did."""
    rows = [each.receipt for each in aside.beside_hazards(db.session(), actor, hazard)]
    return {"rows": rows, "people": Names()} if rows else None


def on_account(actor: Actor) -> Mapping[str, Any] | None:
    """Show a person the devices on which they may send."""
    keys = devices.own_keys(db.session(), actor)
    return {"own_keys": keys} if keys else None


def on_sites(actor: Actor) -> Mapping[str, Any] | None:
    """Lead who keeps the register to proposed objects."""
    return {} if actor.can(Permission.EDIT_SITES) else None
