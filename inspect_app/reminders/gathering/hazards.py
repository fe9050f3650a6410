"""Hazards that are late, due soon, to be reviewed, or waiting for a step of somebody's role."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import LATE_STATES, NO_DUE_DATE
from inspect_app.hazards.words import Grade, State
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Pile, Piles
from inspect_app.reminders.sections import DUE, OVERDUE, REVIEW, Line, Section

CONCERNED = (Permission.RECTIFY_HAZARD, Permission.ASSIGN_HAZARD, Permission.URGE_HAZARD, Permission.LIST_HAZARD)
AHEAD = (Permission.RECTIFY_HAZARD, Permission.ASSIGN_HAZARD, Permission.URGE_HAZARD)


@dataclass(frozen=True)
class Reserve:
    """Some of those that wait are for holders of a further permission; `values` narrow the list to the others."""

    permission: Permission
    values: Mapping[str, Any]

    @staticmethod
    def sort(sort: str) -> str:
        """Return how the pile of reserved ones is called."""
        return f"{sort}_reserved"


@dataclass(frozen=True)
class Wait:
    """States that wait for a step of those with a permission, in the region where they stand for it."""

    sort: str
    states: tuple[State, ...]
    permission: Permission
    by_view: bool = False
    reserve: Reserve | None = None


NOT_MAJOR = Reserve(Permission.CLOSE_HAZARD, {"grade": [Grade.GENERAL.value, "unknown"]})
NOT_LISTED = Reserve(Permission.LIST_HAZARD, {"listed": "no"})
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


class HazardSections:
    """The share of each person in the hazards of everybody; three queries, however many people there are."""

    def __init__(self, session: Session, audience: Audience, today: date, rules: Rules) -> None:
        self._audience, self._today, self._rules = audience, today, rules
        self._piles = Piles(audience)
        self._touched = (
            Hazard.urgency <= NO_DUE_DATE.toordinal(),
            audience.touches(Hazard.county_id, Hazard.region_id),
        )
        for sort in (_timing(today, rules), _waiting()):
            self._count(session, sort)
            self._pick(session, sort)

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too."""
        if any(person.can(each) for each in CONCERNED):
            late = self._piles.under(person.view_region_id).get(OVERDUE, Pile())
            yield self._section(OVERDUE, late, {"overdue": 1})
        if any(person.can(each) for each in AHEAD):
            yield from self._due(person)
        if person.can(Permission.RECHECK_HAZARD):
            yield self._review(person)
        for wait in WAITS:
            if person.can(wait.permission):
                yield self._wait(person, wait)

    def _due(self, person: Actor) -> Iterator[Section]:
        for first, last in self._rules.spans():
            near = self._piles.under(person.view_region_id).get(_degree(last), Pile())
            days = [(self._today + timedelta(days=count)).isoformat() for count in (first, last)]
            states = [state.value for state in State if state in LATE_STATES]
            values = {"due_from": days[0], "due_to": days[1], "state": states}
            span = str(last) if first == 0 else f"{first}–{last}"
            yield replace(self._section(DUE, near, values), span=span)

    def _review(self, person: Actor) -> Section:
        top, until = person.capture_region_id, self._today + timedelta(days=self._rules.review_days)
        values = {"state": [State.SUSPENDED.value], "review_to": until.isoformat()}
        pile = self._piles.under(top).get(REVIEW, Pile())
        return self._section(REVIEW, pile, {**values, **self._audience.narrowed(person, top)})

    def _wait(self, person: Actor, wait: Wait) -> Section:
        top = person.view_region_id if wait.by_view else person.capture_region_id
        piles, values = self._piles.under(top), self._audience.narrowed(person, top)
        values["state"] = [state.value for state in wait.states]
        pile = piles.get(wait.sort, Pile())
        if wait.reserve and person.can(wait.reserve.permission):
            reserved = piles.get(Reserve.sort(wait.sort), Pile())
            pile = Pile(pile.number + reserved.number, pile.lines + reserved.lines)
        elif wait.reserve:
            values.update(wait.reserve.values)
        return self._section(wait.sort, pile, values)

    def _section(self, sort: str, pile: Pile, values: dict[str, Any]) -> Section:
        return Section(sort, pile.number, pile.first(self._rules.lines), "hazards.index", values)

    def _count(self, session: Session, sort: ColumnElement[str]) -> None:
        place = (Hazard.county_id, Hazard.region_id, sort)
        counted = select(*place, func.count()).where(*self._touched, sort != "").group_by(*place)
        for county, region, code, number in session.execute(counted).tuples():
            self._piles.add(county, region, code, number)

    def _pick(self, session: Session, sort: ColumnElement[str]) -> None:
        order = func.row_number().over(
            partition_by=(Hazard.county_id, Hazard.region_id, sort), order_by=(Hazard.urgency, Hazard.id)
        )
        columns: Sequence[Any] = (
            Hazard.county_id, Hazard.region_id, Hazard.reference, Hazard.due_on, Hazard.review_on, Hazard.urgency,
            Hazard.id, Hazard.site_name, sort.label("sort"), order.label("place"),
        )  # fmt: skip
        ranked = select(*columns).where(*self._touched, sort != "").subquery()
        for row in session.execute(select(ranked).where(ranked.c.place <= self._rules.lines)):
            on = row.review_on if row.sort == REVIEW else row.due_on
            line = Line(row.reference, on, "hazards.show", row.urgency, row.id, row.site_name)
            self._piles.add(row.county_id, row.region_id, row.sort, lines=(line,))


def _degree(last: int) -> str:
    return f"{DUE}_{last}"


def _timing(today: date, rules: Rules) -> ColumnElement[str]:
    """Sort open hazards by lateness, nearness of the due date, or the review of what is under control; "" is none."""
    may_be_late = Hazard.state.in_(LATE_STATES)
    near = [
        (and_(may_be_late, Hazard.due_on <= today + timedelta(days=last)), literal(_degree(last)))
        for _first, last in rules.spans()
    ]
    review = and_(Hazard.state == State.SUSPENDED, Hazard.review_on <= today + timedelta(days=rules.review_days))
    late = (and_(may_be_late, Hazard.due_on < today), literal(OVERDUE))
    return case(late, *near, (review, literal(REVIEW)), else_=literal(""))


def _waiting() -> ColumnElement[str]:
    """Sort open hazards by whose step they wait for; "" waits for nobody in particular."""
    major = and_(Hazard.state == State.CLOSURE_PENDING, Hazard.grade == Grade.MAJOR)
    listed = and_(Hazard.state == State.EXTENSION_PENDING, Hazard.listed)
    reserved = [(major, literal(Reserve.sort("closure"))), (listed, literal(Reserve.sort("extension")))]
    rest = [(Hazard.state.in_(wait.states), literal(wait.sort)) for wait in WAITS]
    return case(*reserved, *rest, else_=literal(""))
