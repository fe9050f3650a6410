"""Whatever packages beside this one tell to be waiting (`core.waiting`)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.waiting import told
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Pile, Piles
from inspect_app.reminders.sections import Line, Section


class ToldSections:
    """The share of each person in the things of all counties."""

    def __init__(self, session: Session, audience: Audience, _today: date, rules: Rules) -> None:
        self._audience, self._rules, self._piles = audience, rules, Piles(audience)
        for code, sort in told().items():
            for each in sort.read(session):
                line = Line(each.reference, each.on, sort.one_of_them, each.on.toordinal(), each.key)
                self._piles.add(each.county_id, each.county_id, code, 1, [line])

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person: of each sort whose step is theirs, in the region where they enter data."""
        top = person.capture_region_id
        for code, sort in told().items():
            if person.can(sort.permission):
                pile = self._piles.under(top).get(code, Pile())
                values = {**sort.values, **self._audience.narrowed(person, top)}
                yield Section(code, pile.number, pile.first(self._rules.lines), sort.all_of_them, values)
