"""Making the dues of a published plan."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.workplans.models import WorkPlan


def owe(session: Session, actor: Actor, plan: WorkPlan) -> int:
    """Create what each unit owes under a published plan; returns how many dues were added.

    Called again after a correction it adds what is missing, moves days that nobody has reported for, and waives, in
    the name of the system, what no longer applies. What was reported stays as it is.
    """
    raise NotImplementedError(session, actor, plan)
