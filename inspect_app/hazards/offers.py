"""What a person may do with a hazard now, and what is still missing for each of these steps."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.lifecycle import Attempt, Step, unmet
from inspect_app.hazards.circumstances import around
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.standing import Standing


@dataclass(frozen=True)
class Offer:
    """A step that this person may press: at once when nothing is `missing`, with a form when it needs facts."""

    step: Step
    missing: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Tell whether the step has a form to fill."""
        return bool(self.step.needs) or self.step.action == "close"


def offers(session: Session, actor: Actor, person: Standing, hazard: Hazard) -> list[Offer]:
    """List the steps open to this person, primary ones first; steps for others do not appear."""
    return [
        Offer(step, tuple(missing_before(session, actor, person, hazard, step)))
        for step in HAZARD_LIFE.open_to(hazard, person)
    ]


def missing_before(session: Session, actor: Actor, person: Standing, hazard: Hazard, step: Step) -> list[str]:
    """List what a step misses that its form cannot bring."""
    known = around(session, actor, hazard, step.action, {})
    return unmet(step, Attempt(hazard, known, person, clock.now(), clock.today()), before_form=True)
