"""Which hazards concern a person: by role the sorts they are reminded of, each as the filter that lists them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.rules import LATE_STATES
from inspect_app.hazards.words import Grade, State
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.sections import DUE, OVERDUE, REVIEW

AHEAD = (Permission.RECTIFY_HAZARD, Permission.ASSIGN_HAZARD, Permission.URGE_HAZARD)
CONCERNED = (*AHEAD, Permission.LIST_HAZARD)
UNKNOWN_GRADE = "unknown"


@dataclass(frozen=True)
class Concern:
    """A sort of hazards for a person: `piles` name what is heaped up for it, `wanted` lists the same rows.

    `by_view` tells that everything the person sees counts, else what lies where they enter data.
    """

    sort: str
    piles: tuple[str, ...]
    wanted: HazardFilter
    by_view: bool = False
    span: str = ""


@dataclass(frozen=True)
class Reserve:
    """Some of those that wait are for holders of a further permission; `others` narrows the list to the rest."""

    permission: Permission
    others: dict[str, Any]


@dataclass(frozen=True)
class Wait:
    """States that wait for a step of those with a permission, in the region where they stand for it."""

    sort: str
    states: tuple[State, ...]
    permission: Permission
    by_view: bool = False
    reserve: Reserve | None = None


NOT_MAJOR = Reserve(Permission.CLOSE_HAZARD, {"grades": frozenset({Grade.GENERAL.value, ""})})
NOT_LISTED = Reserve(Permission.LIST_HAZARD, {"listed": False})
WAITS = (
    Wait("closure", (State.CLOSURE_PENDING,), Permission.DECIDE_HAZARD, by_view=True, reserve=NOT_MAJOR),
    Wait("extension", (State.EXTENSION_PENDING,), Permission.DECIDE_HAZARD, by_view=True, reserve=NOT_LISTED),
    Wait("plan", (State.PLAN_SUBMITTED,), Permission.DECIDE_HAZARD, by_view=True),
    Wait("acceptance", (State.ACCEPTANCE,), Permission.RECHECK_HAZARD),
    Wait("recheck", (State.DONE, State.RECHECKING), Permission.RECHECK_HAZARD),
    Wait("assign", (State.REGISTERED,), Permission.ASSIGN_HAZARD),
    Wait("accept", (State.ASSIGNED,), Permission.RECTIFY_HAZARD),
    Wait("start", (State.ACCEPTED,), Permission.RECTIFY_HAZARD),
    Wait("complete", (State.DRAFT,), Permission.REGISTER_HAZARD),
)


def concerns_of(person: Actor, today: date, rules: Rules) -> Iterator[Concern]:
    """List what a person is reminded of, by their role alone."""
    if any(person.can(each) for each in CONCERNED):
        yield Concern(OVERDUE, (OVERDUE,), HazardFilter(overdue=True), by_view=True)
    if any(person.can(each) for each in AHEAD):
        yield from _due(today, rules)
    if person.can(Permission.RECHECK_HAZARD):
        until = today + timedelta(days=rules.review_days)
        yield Concern(REVIEW, (REVIEW,), HazardFilter(states=frozenset({State.SUSPENDED}), review_to=until))
    for wait in WAITS:
        if person.can(wait.permission):
            yield _waiting(person, wait)


def degree(last: int) -> str:
    """Return how the pile of a degree of nearness is called, by its last day before the due date."""
    return f"{DUE}_{last}"


def reserved(sort: str) -> str:
    """Return how the pile of those reserved for holders of a further permission is called."""
    return f"{sort}_reserved"


def values_of(wanted: HazardFilter) -> dict[str, Any]:
    """Return a filter of a concern as the list of hazards reads it from an address, its region left out."""
    days = {name: getattr(wanted, name) for name in ("due_from", "due_to", "review_to")}
    given: dict[str, Any] = {
        "overdue": 1 if wanted.overdue else None,
        "state": [state.value for state in State if state in wanted.states],
        "grade": [grade or UNKNOWN_GRADE for grade in sorted(wanted.grades, reverse=True)],
        "listed": "no" if wanted.listed is False else None,
        **{name: day.isoformat() for name, day in days.items() if day},
    }
    return {name: value for name, value in given.items() if value}


def _due(today: date, rules: Rules) -> Iterator[Concern]:
    for first, last in rules.spans():
        since, until = (today + timedelta(days=count) for count in (first, last))
        wanted = HazardFilter(due_from=since, due_to=until, states=frozenset(LATE_STATES))
        span = str(last) if first == 0 else f"{first}–{last}"
        yield Concern(DUE, (degree(last),), wanted, by_view=True, span=span)


def _waiting(person: Actor, wait: Wait) -> Concern:
    wanted = HazardFilter(states=frozenset(wait.states))
    if wait.reserve is None:
        return Concern(wait.sort, (wait.sort,), wanted, wait.by_view)
    if person.can(wait.reserve.permission):
        return Concern(wait.sort, (wait.sort, reserved(wait.sort)), wanted, wait.by_view)
    return Concern(wait.sort, (wait.sort,), replace(wanted, **wait.reserve.others), wait.by_view)
