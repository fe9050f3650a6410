"""The hazards of everybody, counted and picked by place: four queries, however many people there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session

from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import LATE_STATES, NO_DUE_DATE
from inspect_app.hazards.words import Grade, State
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.gathering.concerns import WAITS, degree, reserved
from inspect_app.reminders.piles import Piles
from inspect_app.reminders.sections import OVERDUE, REVIEW, Line


@dataclass(frozen=True)
class _Sorting:
    """Which rows are looked at, where each belongs, and onto which pile ("" is none).

    Places, states and the sorting number stand in one index; other columns are asked of few rows only.
    """

    county: Any
    region: Any
    pile: ColumnElement[str]
    touched: ColumnElement[bool]

    @property
    def wanted(self) -> Sequence[ColumnElement[bool]]:
        return (Hazard.urgency <= NO_DUE_DATE.toordinal(), self.touched, self.pile != "")

    @property
    def key(self) -> Sequence[Any]:
        return (self.county, self.region, self.pile)


def heap(session: Session, audience: Audience, today: date, rules: Rules) -> Piles:
    """Heap up open hazards by place and pile (`concerns.Concern.piles`), each with its most urgent ones."""
    piles = Piles(audience)
    touched = audience.touches(Hazard.county_id, Hazard.region_id)
    region = Hazard.region_id if audience.has_low else Hazard.county_id
    for pile in (_timing(today, rules), _waiting()):
        sorting = _Sorting(Hazard.county_id, region, pile, touched)
        _count(session, piles, sorting)
        _pick(session, piles, sorting, rules.lines)
    return piles


def _count(session: Session, piles: Piles, sorting: _Sorting) -> None:
    counted = select(*sorting.key, func.count()).where(*sorting.wanted).group_by(*sorting.key)
    for county, region, pile, number in session.execute(counted).tuples():
        piles.add(county, region, pile, number)


def _pick(session: Session, piles: Piles, sorting: _Sorting, lines: int) -> None:
    place = func.row_number().over(partition_by=sorting.key, order_by=(Hazard.urgency, Hazard.id))
    ranked = (
        select(Hazard.id, sorting.region.label("region_id"), sorting.pile.label("pile"), place.label("place"))
        .where(*sorting.wanted)
        .subquery()
    )
    columns = (
        Hazard.county_id, Hazard.reference, Hazard.due_on, Hazard.review_on, Hazard.urgency, Hazard.id,
        Hazard.site_name, ranked.c.region_id, ranked.c.pile,
    )  # fmt: skip
    for row in session.execute(select(*columns).join(ranked, ranked.c.id == Hazard.id).where(ranked.c.place <= lines)):
        on = row.review_on if row.pile == REVIEW else row.due_on
        line = Line(row.reference, on, "hazards.show", row.urgency, row.id, row.site_name)
        piles.add(row.county_id, row.region_id, row.pile, lines=(line,))


def _timing(today: date, rules: Rules) -> ColumnElement[str]:
    """Sort open hazards by lateness, nearness of the due date, or the review of what is under control."""
    may_be_late = Hazard.state.in_(LATE_STATES)
    near = [
        (and_(may_be_late, Hazard.urgency <= today.toordinal() + last), literal(degree(last)))
        for _first, last in rules.spans()
    ]
    review = and_(Hazard.state == State.SUSPENDED, Hazard.review_on <= today + timedelta(days=rules.review_days))
    late = (and_(may_be_late, Hazard.urgency < today.toordinal()), literal(OVERDUE))
    return case(late, *near, (review, literal(REVIEW)), else_=literal(""))


def _waiting() -> ColumnElement[str]:
    """Sort open hazards by whose step they wait for; "" waits for nobody in particular."""
    major = and_(Hazard.state == State.CLOSURE_PENDING, Hazard.grade == Grade.MAJOR)
    listed = and_(Hazard.state == State.EXTENSION_PENDING, Hazard.listed)
    apart = [(major, literal(reserved("closure"))), (listed, literal(reserved("extension")))]
    rest = [(Hazard.state.in_(wait.states), literal(wait.sort)) for wait in WAITS]
    return case(*apart, *rest, else_=literal(""))
