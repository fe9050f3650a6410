"""Returns whose plan waits to be imported or put aside."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Pile, Piles
from inspect_app.reminders.sections import Line, Section
from inspect_app.returns.lifecycle import VALIDATED
from inspect_app.returns.models import ReturnBatch

RETURNS = "returns"


class ReturnSections:
    """The share of each person in the returns of all counties."""

    def __init__(self, session: Session, audience: Audience, _today: date, rules: Rules) -> None:
        self._audience, self._rules, self._piles = audience, rules, Piles(audience)
        waiting = select(ReturnBatch.id, ReturnBatch.reference, ReturnBatch.county_id, ReturnBatch.report_on).where(
            ReturnBatch.state == VALIDATED,
            audience.touches(ReturnBatch.county_id, ReturnBatch.county_id),
        )
        for key, reference, county, day in session.execute(waiting).tuples():
            line = Line(reference, day, "returns.show", key, key)
            self._piles.add(county, county, RETURNS, 1, [line])

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the section of one person: who may import returns of a whole county."""
        if person.can(Permission.APPLY_RETURN):
            top = person.capture_region_id
            pile, values = self._piles.under(top).get(RETURNS, Pile()), self._audience.narrowed(person, top)
            values["state"] = VALIDATED
            yield Section(RETURNS, pile.number, pile.first(self._rules.lines), "returns.index", values)
