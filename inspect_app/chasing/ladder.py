"""Which rungs are due: answered by the database from state, due date and rungs taken, for many hazards at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.scope import BELOW_COUNTY, level_of
from inspect_app.chasing.definition import Chasing, Rung
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import RungTaken
from inspect_app.chasing.rules import Case, Planned, last_due_on, plan
from inspect_app.chasing.tally import Places, tally
from inspect_app.core import clock
from inspect_app.core.workdays import Calendar, load_calendar
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import FEW, conditions
from inspect_app.regions.models import RegionPath
from inspect_app.regions.queries import visible

CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})")


@dataclass(frozen=True)
class DuePage:
    """Hazards on which a rung is due, the longest overdue first, and the cursor of the next page."""

    rows: Sequence[Hazard]
    after: str | None


@dataclass(frozen=True)
class Step:
    """A rung on the page of a hazard: when it falls, whether it is open now, and how it was taken, if it was."""

    planned: Planned
    taken: RungTaken | None


class Ladder:
    """The ladder on one day: rungs as conditions on due dates."""

    def __init__(self, session: Session, today: date | None = None, definition: Chasing | None = None) -> None:
        self.session = session
        self.today = today or clock.today()
        self.definition = definition or chasing()
        self.calendar: Calendar = load_calendar(session)
        self.last_due = {rung.code: last_due_on(rung, self.today, self.calendar) for rung in self.definition.rungs}

    @property
    def latest(self) -> date:
        """Return the latest due date for which any rung has fallen."""
        return max(self.last_due.values())

    def page(
        self,
        actor: Actor,
        rung: Rung,
        region_id: int | None,
        after: str | None = None,
        size: int = 50,
        counts: Mapping[int, Counter[str]] | None = None,
    ) -> DuePage:
        """Return hazards on which this rung is the one to take; an unreadable cursor starts from the beginning.

        `counts` are those of the same person and region, where they are known.
        """
        known = self.counts(actor, region_id) if counts is None else counts
        number = sum(found[rung.code] for found in known.values())
        if not number:
            return DuePage([], None)
        few = number <= FEW
        due = [*self._due(actor, region_id, walking=not few), *self._span(rung)]
        query = select(Hazard).where(*due, self.reached() == self.definition.rank(rung.code))
        place = CURSOR.fullmatch(after or "")
        if place:
            query = query.where(tuple_(Hazard.urgency, Hazard.id) > (int(place[1]), int(place[2])))
        order = Hazard.urgency + 0 if few else Hazard.urgency
        rows = self.session.scalars(
            query.order_by(order, Hazard.id).options(joinedload(Hazard.county)).limit(size + 1)
        ).all()
        last = rows[size - 1] if len(rows) > size else None
        return DuePage(rows[:size], f"{last.urgency}.{last.id}" if last else None)

    def counts(self, actor: Actor, region_id: int | None = None) -> dict[int, Counter[str]]:
        """Count the rungs due now by county and code; counties where nothing is due are left out."""
        tops = [key for key in (None if actor.role is None else actor.view_region_id, region_id) if key]
        if any(level_of(key) in BELOW_COUNTY for key in tops):
            narrow = self._due(actor, region_id)
            return self._by_county((county, rank, n) for county, _region, rank, n in self._rows(narrow))

        def places(column: SQLColumnExpression[int]) -> ColumnElement[bool]:
            within = [column.in_(_below(region_id))] if region_id else []
            return and_(visible(actor, column, column), *within)

        return self._by_county((county, rank, n) for (county, rank), n in tally(self, places).items())

    def by_place(self, *narrow: ColumnElement[bool]) -> Iterator[tuple[int, int, Rung, int]]:
        """Count the rungs due now on all hazards under some conditions: county, finest region known, rung, number."""
        for county, region, rank, number in self._rows([*self._due(SYSTEM, None), *narrow]):
            yield county, region, self.definition.rungs[rank - 1], number

    def by_county(self, places: Places) -> Iterator[tuple[int, Rung, int]]:
        """Count the rungs due now from the kept counters, in some counties: county, rung, number."""
        for (county, rank), number in tally(self, places).items():
            yield county, self.definition.rungs[rank - 1], number

    def case_of(self, hazard: Hazard, taken: Iterable[RungTaken]) -> Case:
        """Return what the rules look at."""
        codes = frozenset(each.rung for each in taken if each.due_on == hazard.due_on)
        return Case(hazard.state, hazard.due_on, hazard.listed, codes)

    def steps_of(self, hazard: Hazard) -> list[Step]:
        """Return the ladder of one hazard for its present due date; empty without one."""
        taken = taken_of(self.session, [hazard.id]).get(hazard.id, [])
        known = {each.rung: each for each in taken if each.due_on == hazard.due_on}
        planned = plan(self.definition, self.case_of(hazard, taken), self.today, self.calendar)
        return [Step(each, known.get(each.rung.code)) for each in planned]

    def rank_by(self, due_on: SQLColumnExpression[Any]) -> ColumnElement[int]:
        """Return the place of the highest rung that has fallen for a due date, 0 for none, listed or not."""
        ways = [(due_on <= self.last_due[rung.code], number) for number, rung in enumerate(self.definition.rungs, 1)]
        return case(*reversed(ways), else_=0)

    def reached(self) -> ColumnElement[int]:
        """Return the place of the highest rung that has fallen, 0 for none; what is listed is not listed again."""
        ways = [(self._has_fallen(rung), number) for number, rung in enumerate(self.definition.rungs, 1)]
        return case(*reversed(ways), else_=0)

    def taken(self) -> Any:  # noqa: ANN401 - a scalar select
        """Return the place of the highest rung taken for the present due date, 0 for none."""
        place = case(self.definition.ranks, value=RungTaken.rung, else_=0)
        own = (RungTaken.hazard_id == Hazard.id, RungTaken.due_on == Hazard.due_on)
        return select(func.coalesce(func.max(place), 0)).where(*own).correlate(Hazard).scalar_subquery()

    def _by_county(self, rows: Iterable[tuple[int, int, int]]) -> dict[int, Counter[str]]:
        found: dict[int, Counter[str]] = {}
        for county, rank, number in rows:
            found.setdefault(county, Counter())[self.definition.rungs[rank - 1].code] += number
        return found

    def _rows(self, narrow: Sequence[ColumnElement[bool]]) -> Iterator[tuple[int, int, int, int]]:
        reached = self.reached().label("reached")
        place = (Hazard.county_id, Hazard.region_id, reached)
        yield from self.session.execute(select(*place, func.count()).where(*narrow).group_by(*place)).tuples()

    def _due(self, actor: Actor, region_id: int | None, *, walking: bool = False) -> list[ColumnElement[bool]]:
        wanted = HazardFilter(states=self.definition.chased_states, region_id=region_id, due_to=self.latest)
        narrow = Hazard.urgency <= self.latest.toordinal()
        return [*conditions(self.session, actor, wanted, walking=walking), narrow, self.reached() > self.taken()]

    def _span(self, rung: Rung) -> list[ColumnElement[bool]]:
        """Bound the sorting number by the due dates of a rung: the index skips those of higher and lower ones."""
        higher = [each for each in self.definition.rungs[self.definition.rank(rung.code) :] if not each.lists]
        first = [Hazard.urgency > self.last_due[higher[0].code].toordinal()] if higher else []
        return [*first, Hazard.urgency <= self.last_due[rung.code].toordinal()]

    def _has_fallen(self, rung: Rung) -> ColumnElement[bool]:
        fallen = Hazard.due_on <= self.last_due[rung.code]
        return and_(fallen, Hazard.listed.is_(False)) if rung.lists else fallen


def _below(region_id: int) -> Select[tuple[int]]:
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)


def taken_of(session: Session, hazard_ids: Iterable[int]) -> Mapping[int, list[RungTaken]]:
    """Return every rung ever taken on these hazards, the earliest first."""
    rows = select(RungTaken).where(RungTaken.hazard_id.in_(hazard_ids)).order_by(RungTaken.id)
    found: dict[int, list[RungTaken]] = {}
    for row in session.scalars(rows):
        found.setdefault(row.hazard_id, []).append(row)
    return found
