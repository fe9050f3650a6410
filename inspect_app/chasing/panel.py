"""What the page of a hazard tells of chasing: its ladder, listings, look backs and recurrences."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.chasing import listings, looking_back, recurrence
from inspect_app.chasing.definition import COLOUR_LABELS, COLOUR_MARKS, LEVEL_LABELS
from inspect_app.chasing.ladder import Ladder
from inspect_app.core import clock
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES, is_overdue


def panel_of(session: Session, actor: Actor, hazard: Hazard) -> Mapping[str, Any] | None:
    """Return what the panel shows; None when chasing has nothing to say of this hazard to this person."""
    steps = Ladder(session).steps_of(hazard)
    late = is_overdue(hazard.state, hazard.due_on, clock.today())
    begun = late or any(each.planned.open for each in steps)
    ladder = steps if begun else [each for each in steps if each.taken]
    content: dict[str, Any] = {
        "steps": ladder,
        "listings": listings.of_hazard(session, hazard),
        "look_backs": looking_back.of_hazard(session, hazard),
        "recurrences": recurrence.of_hazard(session, actor, hazard),
    }
    may_list = actor.can(Permission.LIST_HAZARD) and hazard.state in OPEN_STATES
    if not any(content.values()) and not may_list:
        return None
    open_rungs = [each.planned.rung for each in steps if each.planned.open]
    open_ones = [rung.code for rung in open_rungs if actor.can(rung.permission)]
    labels = {"levels": LEVEL_LABELS, "colours": COLOUR_LABELS, "marks": COLOUR_MARKS}
    return {**content, **labels, "may_take": open_ones, "may_list": may_list, "today": clock.today()}
