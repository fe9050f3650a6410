"""What a plan asks of everybody: each feedback and each instance of an obligation, and what is not owed and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.clock import local
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.workdays import Calendar, load_calendar
from inspect_app.regions.models import Region
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.dues import Due, dues
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.surveying import place_of
from inspect_app.workplans.library.words import Role
from inspect_app.workplans.models import ReportingDate, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.owing.actors import Absent, Found, Ground, Owner, by_name, ground_of, owners_in
from inspect_app.workplans.owing.dating import dated_by_plan
from inspect_app.workplans.owing.definitions import as_obligation, mistakes, topic_of
from inspect_app.workplans.words import Part, Verdict

BEFORE_ISSUE = mark("到期日 %(due_on)s 早于印发日期 %(issued)s，不补报。")
UNSOUND = mark("要求写得不完整，请更正：%(mistakes)s")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """Something that should be owed; `key` tells it within its plan, `values` are columns of WorkDue."""

    key: str
    owner: Owner
    values: Mapping[str, Any]


@dataclass(frozen=True)
class NotOwed:
    """What a task or obligation does not make somebody owe; `owner` None with the name as `written`."""

    task: WorkTask | None
    obligation: WorkObligation | None
    owner: Owner | None
    written: str
    why: Sentence | str


@dataclass
class Asked:
    """Everything that a plan asks for."""

    wanted: list[Wanted] = field(default_factory=list)
    not_owed: list[NotOwed] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What dues are computed with: asked once for a plan."""

    plan: WorkPlan
    ground: Ground
    calendar: Calendar
    places: Mapping[int, Place]

    @property
    def issued(self) -> date | None:
        """The day of the notice, or else the day on which it was published here."""
        published = self.plan.published_at
        return self.plan.dated or (local(published).date() if published else None)


def asked_by(session: Session, plan: WorkPlan) -> Asked:
    """Compute what a plan asks for; the queries grow with the counties, not with the tasks."""
    rows = [row for row in plan.obligations if row.verdict is Verdict.TAKEN]
    unsound = {row.id: told for row in rows if (told := mistakes(row))}
    taken = [(row, as_obligation(row)) for row in rows if row.id not in unsound]
    ground = ground_of(session, plan, _names(taken))
    found = {task.id: owners_in(ground, task) for task in plan.tasks}
    terms = Terms(plan, ground, load_calendar(session), _places(session, plan, ground, found.values()))
    asked = Asked()
    asked.not_owed += [
        NotOwed(row.task, row, None, row.code, say(UNSOUND, mistakes="；".join(unsound[row.id])))
        for row in rows
        if row.id in unsound
    ]
    for task in plan.tasks:
        asked.wanted += _feedback(plan.dates, task, found[task.id].owners)
        asked.not_owed += [NotOwed(task, None, None, each.written, each.why) for each in found[task.id].absent]
    for row, obligation in taken:
        _obliged(terms, row, dated_by_plan(obligation, row, plan), found, asked)
    return asked


def _names(taken: Iterable[tuple[WorkObligation, Obligation]]) -> set[str]:
    rows = (obligation for row, obligation in taken if row.task_id is None)
    return {name for each in rows for name in each.roles[each.actor] if not name.startswith("@")}


def _places(session: Session, plan: WorkPlan, ground: Ground, found: Iterable[Found]) -> dict[int, Place]:
    owing = {owner.region_id for each in found for owner in each.owners}
    keys = {plan.region_id, *ground.counties, *owing, *ground.regions.values()}
    regions = session.scalars(select(Region).where(Region.id.in_(keys)).order_by(Region.id))
    return {region.id: place_of(session, region, plan.year) for region in regions}


def _feedback(dates: Sequence[ReportingDate], task: WorkTask, owners: Sequence[Owner]) -> Iterator[Wanted]:
    """Each role reports on the task by each reporting date; its time begins when the one before is over."""
    start = None
    for each in sorted(dates, key=lambda one: one.due_on):
        starts_on = start or date(each.due_on.year, 1, 1)
        start = each.due_on + DAY
        for owner in owners:
            values = {
                "task_id": task.id, "date_id": each.id, "number": each.number, "starts_on": starts_on,
                "ends_on": each.due_on, "due_on": each.due_on, "dated": True, "topic": task.topic,
            }  # fmt: skip
            yield Wanted(f"T{task.id}/{each.number}/{_told(owner)}", owner, values)


def _obliged(
    terms: Terms, row: WorkObligation, obligation: Obligation, found: Mapping[int, Found], asked: Asked
) -> None:
    owners, absent = _actors(terms.ground, row, obligation, found)
    asked.not_owed += [NotOwed(row.task, row, None, each.written, each.why) for each in absent]
    for owner in owners:
        its = dues(obligation, terms.places[owner.region_id], terms.plan.year, terms.calendar)
        if its.why_none is not None:
            asked.not_owed.append(NotOwed(row.task, row, owner, "", its.why_none))
        for due in its.instances:
            late = _before_issue(terms, due)
            if late is not None:
                asked.not_owed.append(NotOwed(row.task, row, owner, "", late))
            else:
                asked.wanted.append(_instance(row, owner, due))


def _actors(
    ground: Ground, row: WorkObligation, obligation: Obligation, found: Mapping[int, Found]
) -> tuple[list[Owner], list[Absent]]:
    """The units of the task in the part that does the work; without a task those that the obligation names."""
    part = Part(obligation.actor.value)
    if row.task_id is not None:
        of_task = found[row.task_id].owners
        return [each for each in of_task if each.part is part] or _leading(of_task), []
    owners: list[Owner] = []
    absent: list[Absent] = []
    for name in obligation.roles[obligation.actor]:
        meant = by_name(ground, name, part)
        if isinstance(meant, Absent):
            absent.append(meant)
        else:
            owners += [each for each in meant if each not in owners]
    return owners, absent


def _leading(owners: Iterable[Owner]) -> list[Owner]:
    return [each for each in owners if each.part.value == Role.LEAD.value]


def _before_issue(terms: Terms, due: Due) -> Sentence | None:
    if terms.issued is None or due.due_on >= terms.issued:
        return None
    return say(BEFORE_ISSUE, due_on=due.due_on.isoformat(), issued=terms.issued.isoformat())


def _instance(row: WorkObligation, owner: Owner, due: Due) -> Wanted:
    values = {
        "task_id": row.task_id, "obligation_id": row.id, "number": due.number, "starts_on": due.starts_on,
        "ends_on": due.ends_on, "due_on": due.due_on, "dated": due.dated, "needed": due.needed,
        "at_most": due.at_most, "share": due.share, "per": due.per.value if due.per else None, "topic": topic_of(row),
    }  # fmt: skip
    return Wanted(f"O{row.id}/{due.number}/{_told(owner)}", owner, values)


def _told(owner: Owner) -> str:
    return f"{owner.part.value}/{owner.region_id}-{owner.unit_id or 0}"
