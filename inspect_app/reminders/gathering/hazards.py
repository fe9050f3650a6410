"""Hazards that are late, due soon, to be reviewed, or waiting for a step of somebody's role.

For many people everything is heaped up once; one person alone is answered from the kept counters and the order of the
list, so that their page costs the same however many hazards there are.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.hazards import queries
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.rules import CONTROLLED_FROM
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.gathering.concerns import Concern, concerns_of, values_of
from inspect_app.reminders.gathering.heap import heap
from inspect_app.reminders.piles import Pile
from inspect_app.reminders.sections import REVIEW, Line, Section

UNDER_CONTROL = f"{CONTROLLED_FROM.toordinal()}.0"


class HazardSections:
    """The share of each person in the hazards of everybody."""

    def __init__(self, session: Session, audience: Audience, today: date, rules: Rules) -> None:
        self._session, self._audience, self._today, self._rules = session, audience, today, rules
        self._heaped = heap(session, audience, today, rules) if len(audience.people) > 1 else None

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too; none to those who see no hazards."""
        if not person.can(Permission.VIEW_HAZARDS):
            return
        for concern in concerns_of(person, self._today, self._rules):
            top = person.view_region_id if concern.by_view else person.capture_region_id
            narrowed = self._audience.narrowed(person, top)
            pile = self._pile(person, concern, top, narrow=bool(narrowed))
            lines, values = pile.first(self._rules.lines), {**values_of(concern.wanted), **narrowed}
            yield Section(concern.sort, pile.number, lines, "hazards.index", values, concern.span)

    def _pile(self, person: Actor, concern: Concern, top: int | None, *, narrow: bool) -> Pile:
        if top is None:
            return Pile()
        if self._heaped is None:
            return self._alone(person, concern, replace(concern.wanted, region_id=top if narrow else None))
        there = [pile for sort, pile in self._heaped.under(top).items() if sort in concern.piles]
        return Pile(sum(pile.number for pile in there), [line for pile in there for line in pile.lines])

    def _alone(self, person: Actor, concern: Concern, wanted: HazardFilter) -> Pile:
        number = self._count(person, wanted)
        if not number:
            return Pile()
        after = UNDER_CONTROL if concern.sort == REVIEW else None
        rows = queries.page(self._session, person, wanted, after, size=self._rules.lines).rows
        days = [row.review_on if concern.sort == REVIEW else row.due_on for row in rows]
        lines = [
            Line(row.reference, day, "hazards.show", row.urgency, row.id, row.site_name)
            for row, day in zip(rows, days, strict=True)
        ]
        return Pile(number, lines)

    def _count(self, person: Actor, wanted: HazardFilter) -> int:
        """Count from the kept counters; they do not know what is listed, which is little and counted apart."""
        if wanted.listed is False:
            all_of_them, listed = (replace(wanted, listed=each) for each in (None, True))
            return self._count(person, all_of_them) - self._count(person, listed)
        return queries.count(self._session, person, wanted).number
