"""Visits of a person's own that are open today or before, and those that wait for their review."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.inspections.lifecycle import PLANNED, SUBMITTED, UNDER_WAY
from inspect_app.inspections.models import Inspection, Inspector
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Pile, Piles
from inspect_app.reminders.sections import Line, Section
from inspect_app.sites.models import Site

TODAY, UNFINISHED, TO_REVIEW = "visits_today", "visits_unfinished", "visits_to_review"
OPEN_OF_MINE = {"mine": 1, "state": "open"}
COLUMNS = (
    Inspection.id, Inspection.reference, Inspection.planned_on, Inspection.county_id, Inspection.region_id, Site.name,
)  # fmt: skip


class VisitSections:
    """The share of each person in everybody's visits. A visit that is open is called unfinished from the next day."""

    def __init__(self, session: Session, audience: Audience, today: date, rules: Rules) -> None:
        self._audience, self._today, self._rules = audience, today, rules
        self._own: dict[int, dict[str, Pile]] = {}
        self._submitted_by: dict[int, dict[int, tuple[int, int]]] = {}
        self._to_review = Piles(audience)
        self._read_teams(session)
        self._read_submitted(session)

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too."""
        if person.can(Permission.CARRY_OUT_INSPECTION):
            own, today = self._own.get(person.id or 0, {}), self._today.isoformat()
            before = (self._today - timedelta(days=1)).isoformat()
            yield self._section(TODAY, own.get(TODAY, Pile()), {"start": today, "end": today, **OPEN_OF_MINE})
            yield self._section(UNFINISHED, own.get(UNFINISHED, Pile()), {"end": before, **OPEN_OF_MINE})
        if person.can(Permission.REVIEW_INSPECTION):
            yield self._reviewed(person)

    def _reviewed(self, person: Actor) -> Section:
        top, joined = person.capture_region_id, self._submitted_by.get(person.id or 0, {})
        own = {key for key, place in joined.items() if self._audience.reaches(top, *place)}
        pile = self._to_review.under(top).get(TO_REVIEW, Pile())
        others = Pile(pile.number - len(own), [line for line in pile.lines if line.key not in own])
        return self._section(TO_REVIEW, others, {"state": SUBMITTED, **self._audience.narrowed(person, top)})

    def _section(self, sort: str, pile: Pile, values: dict[str, Any]) -> Section:
        return Section(sort, pile.number, pile.first(self._rules.lines), "inspections.index", values)

    def _read_teams(self, session: Session) -> None:
        viewed = {person.id: person.view_region_id for person in self._audience.people}
        open_ones = (Inspection.state.in_((PLANNED, UNDER_WAY)), Inspection.planned_on <= self._today)
        for user, key, reference, day, county, region, site in session.execute(
            _of_teams(Inspector.user_id, *COLUMNS).join(Inspection.site).where(*open_ones)
        ).tuples():
            if user in viewed and self._audience.reaches(viewed[user], county, region):
                sort = TODAY if day == self._today else UNFINISHED
                pile = self._own.setdefault(user, {}).setdefault(sort, Pile())
                pile.number += 1
                pile.lines.append(_line(key, reference, day, site))

    def _read_submitted(self, session: Session) -> None:
        submitted = (Inspection.state == SUBMITTED, self._audience.touches(Inspection.county_id, Inspection.region_id))
        for key, reference, day, county, region, site in session.execute(
            select(*COLUMNS).select_from(Inspection).join(Inspection.site).where(*submitted)
        ).tuples():
            self._to_review.add(county, region, TO_REVIEW, 1, [_line(key, reference, day, site)])
        teams = _of_teams(Inspector.user_id, Inspection.id, Inspection.county_id, Inspection.region_id)
        for user, key, county, region in session.execute(teams.where(*submitted)).tuples():
            self._submitted_by.setdefault(user, {})[key] = (county, region)


def _of_teams(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
    return select(*columns).select_from(Inspector).join(Inspection, Inspection.id == Inspector.inspection_id)


def _line(key: int, reference: str, day: date, site: str) -> Line:
    return Line(reference, day, "inspections.show", day.toordinal(), key, site)
