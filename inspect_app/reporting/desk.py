"""What lies on a person's desk today: steps that wait for them, what is late, what is due soon, today's visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.hazards import queries, summary
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import LATE_STATES
from inspect_app.inspections import queries as visits
from inspect_app.inspections.lifecycle import PLANNED, SUBMITTED, UNDER_WAY
from inspect_app.inspections.models import Inspection

SHOWN = 8
SOON_DAYS = 7
AHEAD_DAYS = 14
OPEN_FOR_TEAM = (PLANNED, UNDER_WAY)


@dataclass(frozen=True)
class Task:
    """Hazards in one state that wait for a step this person's role may take; `verbs` are the labels of such steps."""

    state: str
    verbs: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Due:
    """The first hazards of a filter, and how many it finds in all."""

    number: int
    rows: Sequence[Hazard]
    wanted: HazardFilter


@dataclass(frozen=True)
class Desk:
    """Everything a home page shows; parts that are not this person's work are empty or None."""

    tasks: tuple[Task, ...]
    late: Due | None
    soon: Due | None
    visits: Sequence[Inspection]


def desk(session: Session, actor: Actor, today: date) -> Desk:
    """Gather the desk of a person."""
    sees_hazards = actor.can(Permission.VIEW_HAZARDS)
    soon = HazardFilter(states=frozenset(LATE_STATES), due_from=today, due_to=today + timedelta(days=SOON_DAYS))
    return Desk(
        tasks=tasks(session, actor, today) if sees_hazards else (),
        late=_due(session, actor, HazardFilter(overdue=True)) if sees_hazards else None,
        soon=_due(session, actor, soon) if sees_hazards else None,
        visits=_visits(session, actor, today) if actor.can(Permission.VIEW_INSPECTIONS) else (),
    )


def tasks(session: Session, actor: Actor, today: date) -> tuple[Task, ...]:
    """List the states with hazards in sight that lead on by a primary step of this role, in the order of a life."""
    by_state = summary.counts(session, actor, today).by_state
    found = []
    for state in HAZARD_LIFE.states:
        steps = [
            each for each in HAZARD_LIFE.steps if each.source == state and each.primary and actor.can(each.permission)
        ]
        if steps and by_state.get(state):
            found.append(Task(state, tuple(dict.fromkeys(step.label for step in steps)), by_state[state]))
    return tuple(found)


def _due(session: Session, actor: Actor, wanted: HazardFilter) -> Due:
    page = queries.page(session, actor, wanted, size=SHOWN)
    return Due(queries.count(session, actor, wanted).number, page.rows, wanted)


def _visits(session: Session, actor: Actor, today: date) -> Sequence[Inspection]:
    """Visits that this person carries out or reviews: open ones up to two weeks ahead, the earliest first."""
    mine = actor.can(Permission.CARRY_OUT_INSPECTION)
    last = today + timedelta(days=AHEAD_DAYS)
    filters = [
        visits.InspectionFilter(mine=mine, state=state, end=last) for state in (OPEN_FOR_TEAM if mine else (SUBMITTED,))
    ]
    rows = [row for wanted in filters for row in visits.page(session, actor, wanted, size=SHOWN)]
    return sorted(rows, key=lambda row: (row.planned_on, row.id))[:SHOWN]
