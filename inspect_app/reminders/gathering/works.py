"""What units owe under work plans: returned, late, due soon; and what was reported and waits for review."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, Role
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.sections import WORK_DUE, WORK_LATE, WORK_RETURNED, WORK_TO_REVIEW, Line, Section
from inspect_app.workplans.feedback.queries import Pick
from inspect_app.workplans.lifecycle import DUE, PUBLISHED, REPORTED, RETURNED
from inspect_app.workplans.models import WorkDue, WorkPlan


class _Owed(NamedTuple):
    key: int
    reference: str
    region_id: int
    unit_id: int | None
    state: str
    due_on: date
    reported_by_id: int | None


class WorkSections:
    """The share of each person in what all units owe, read in one query."""

    def __init__(self, session: Session, audience: Audience, today: date, rules: Rules) -> None:
        self._audience, self._today, self._rules = audience, today, rules
        columns = (
            WorkDue.id, WorkDue.reference, WorkDue.region_id, WorkDue.unit_id, WorkDue.state, WorkDue.due_on,
            WorkDue.reported_by_id,
        )  # fmt: skip
        near = WorkDue.due_on <= today + timedelta(days=max(rules.due_days))
        wanted = or_(WorkDue.state.in_((RETURNED, REPORTED)), and_(WorkDue.state == DUE, near))
        rows = select(*columns).join(WorkPlan, WorkPlan.id == WorkDue.plan_id)
        rows = rows.where(wanted, WorkPlan.state == PUBLISHED, audience.touches(WorkDue.region_id, WorkDue.region_id))
        self._owed = [_Owed(*row) for row in session.execute(rows.order_by(WorkDue.due_on, WorkDue.id)).tuples()]

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too."""
        if person.can(Permission.REPORT_WORK):
            yield from self._to_report([one for one in self._owed if self._is_own(person, one)])
        if person.can(Permission.ACCEPT_WORK):
            yield self._section(WORK_TO_REVIEW, (one for one in self._owed if self._reviews(person, one)))

    def _to_report(self, own: list[_Owed]) -> Iterator[Section]:
        waiting = [one for one in own if one.state == DUE]
        yield self._section(WORK_RETURNED, (one for one in own if one.state == RETURNED))
        yield self._section(WORK_LATE, (one for one in waiting if one.due_on < self._today))
        for first, last in self._rules.spans():
            days = range(first, last + 1)
            span = str(last) if first == 0 else f"{first}–{last}"
            yield self._section(WORK_DUE, (one for one in waiting if (one.due_on - self._today).days in days), span)

    def _is_own(self, person: Actor, one: _Owed) -> bool:
        if one.unit_id is not None:
            return one.unit_id == person.unit_id
        whole = person.role is not Role.MEMBER_CLERK
        return whole and self._audience.reaches(person.capture_region_id, one.region_id, one.region_id)

    def _reviews(self, person: Actor, one: _Owed) -> bool:
        theirs = one.state == REPORTED and one.reported_by_id != person.id
        return theirs and self._audience.reaches(person.view_region_id, one.region_id, one.region_id)

    def _section(self, sort: str, owed: Iterable[_Owed], span: str = "") -> Section:
        found = list(owed)
        lines = [
            Line(one.reference, one.due_on, "workplans.due", one.due_on.toordinal(), one.key)
            for one in found[: self._rules.lines]
        ]
        endpoint, pick = PAGES[sort]
        return Section(sort, len(found), tuple(lines), endpoint, {"pick": pick.value}, span)


PAGES = {
    WORK_RETURNED: ("workplans.mine", Pick.RETURNED),
    WORK_LATE: ("workplans.mine", Pick.OVERDUE),
    WORK_DUE: ("workplans.mine", Pick.SOON),
    WORK_TO_REVIEW: ("workplans.inbox", Pick.REPORTED),
}
