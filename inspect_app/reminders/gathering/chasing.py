"""Rungs of the ladder that are due on overdue hazards, and look backs whose day has come."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.chasing.definition import Rung
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.looking_back import open_condition
from inspect_app.chasing.models import LookBackTask
from inspect_app.hazards.models import Hazard
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Pile, Piles
from inspect_app.reminders.sections import LOOK_BACKS, RUNGS, Line, Section


class ChasingSections:
    """The share of each person in what is to be chased everywhere; a section a rung, the gravest first."""

    def __init__(self, session: Session, audience: Audience, today: date, rules: Rules) -> None:
        self._audience, self._rules = audience, rules
        self._ladder, self._rungs, self._tasks = Ladder(session, today), Piles(audience), Piles(audience)
        touched = audience.touches(Hazard.county_id, Hazard.region_id)
        takers = {rung.permission for rung in self._ladder.definition.rungs}
        if any(person.can(each) for person in audience.people for each in takers):
            for county, region, rung, number in self._due_rungs(touched):
                self._rungs.add(county, region, rung.code, number)
        due = select(Hazard.county_id, Hazard.region_id, Hazard.reference, Hazard.site_name, LookBackTask)
        due = due.join(Hazard, Hazard.id == LookBackTask.hazard_id)
        for county, region, reference, site, task in session.execute(
            due.where(open_condition(), LookBackTask.due_on <= today, self._tasks_within(touched))
        ).tuples():
            line = Line(reference, task.due_on, "hazards.show", task.due_on.toordinal(), task.id, site)
            self._tasks.add(county, region, LOOK_BACKS, 1, [line])

    def _due_rungs(self, touched: ColumnElement[bool]) -> Iterator[tuple[int, int, Rung, int]]:
        """Count from the kept counters, unless somebody's region is finer than they are."""
        if self._audience.has_low:
            yield from self._ladder.by_place(touched)
            return
        for county, rung, number in self._ladder.by_county(lambda column: self._audience.touches(column, column)):
            yield county, county, rung, number

    def _tasks_within(self, touched: ColumnElement[bool]) -> ColumnElement[bool]:
        """Narrow the look backs by their own county where that is enough, so that the search begins with them."""
        county = LookBackTask.county_id
        return touched if self._audience.has_low else self._audience.touches(county, county)

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too."""
        due = self._rungs.under(person.view_region_id)
        for rung in reversed(self._ladder.definition.rungs):
            if person.can(rung.permission):
                number = due.get(rung.code, Pile()).number
                yield Section(RUNGS, number, (), "chasing.index", {"rung": rung.code}, rung.name)
        if person.can(Permission.LOOK_BACK):
            top = person.capture_region_id
            pile, values = self._tasks.under(top).get(LOOK_BACKS, Pile()), self._audience.narrowed(person, top)
            yield Section(LOOK_BACKS, pile.number, pile.first(self._rules.lines), "chasing.look_backs", values)
