"""What other pages show of emergencies."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.emergencies.lifecycle import ACTIVE, STATES, overseen
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.queries import visible_to
from inspect_app.quakes.lifecycle import CANCELLED
from inspect_app.quakes.models import Quake


def of_quake(session: Session, actor: Actor, quake: Quake) -> Mapping[str, Any] | None:
    """Return the latest emergency of an earthquake and whether this person may open one; None where it is neither."""
    rows = select(Emergency).where(Emergency.quake_id == quake.id, visible_to(actor)).order_by(Emergency.id.desc())
    emergency = session.scalars(rows.limit(1)).first()
    leads = actor.can(Permission.LEAD_EMERGENCY) and overseen(quake, actor) and quake.state != CANCELLED
    may_open = leads and (emergency is None or emergency.state != ACTIVE)
    if emergency is None and not may_open:
        return None
    state = STATES[emergency.state] if emergency else ""
    return {"emergency": emergency, "state": state, "may_open": may_open, "quake": quake}
