"""Changing what stands outside of the tasks: head, reporting dates, members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region, Unit
from inspect_app.workplans.intake.drafting import ELSEWHERE
from inspect_app.workplans.intake.editing import NOT_YOURS, editing, letter_seen, may_edit
from inspect_app.workplans.intake.receiving import DATE_TITLE, known_units
from inspect_app.workplans.intake.settling import is_known
from inspect_app.workplans.intake.stating import resettled
from inspect_app.workplans.lifecycle import DRAFT
from inspect_app.workplans.models import ReportingDate, WorkDue, WorkPlan, WorkPlanMember

OTHER_YEAR = mark("%(day)s 不在 %(year)s 年内，请核对年度或日期。")
TWICE = mark("%(day)s 写了两次，请删去一个。")
IN_USE = mark("“%(title)s”已经产生应报事项，不能删除；可以改日期。")
FIXED = mark("已发布的工作要点不能改年度，需要时请新建一份。")
STAYS = mark("已发布的工作要点不能改地区，需要时请新建一份。")


@dataclass(frozen=True)
class Head:
    """Whose paper it is, for which year."""

    title: str
    number: str
    year: int
    dated: date | None


@dataclass(frozen=True)
class Day:
    """A reporting date as entered; `number` 0 is a new one."""

    number: int
    title: str
    due_on: date


def change_head(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    head: Head,
    *,
    region: Region | None = None,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Correct title, number, year and day; the reporting dates of a draft move along with its year.

    A draft may go to another region in sight; the names that nobody settled are looked up there.
    """
    with editing(session, actor, plan, "head", reason, letter_seen(stamp)) as changes:
        if head.year != plan.year and plan.state != DRAFT:
            raise Invalid({"year": [FIXED]})
        before = (plan.region.code, plan.year)
        for each in plan.dates:
            each.due_on = _in_year(each.due_on, each.due_on.year + head.year - plan.year)
        for name, value in vars(head).items():
            if getattr(plan, name) != value:
                changes[name] = [getattr(plan, name), value]
                setattr(plan, name, value)
        if region is not None and region.id != plan.region_id:
            changes["region"] = [plan.region.name, region.name]
            _move(session, actor, plan, region)
        _resettle(plan, before)


def set_dates(
    session: Session, actor: Actor, plan: WorkPlan, days: Sequence[Day], *, reason: str = "", stamp: int | None = None
) -> None:
    """Replace the reporting dates; what is not named any more goes, unless somebody owes something for it."""
    with editing(session, actor, plan, "dates", reason, letter_seen(stamp)) as changes:
        _check(plan, days)
        before = _told(plan)
        kept = {each.number: each for each in plan.dates}
        _refuse_used(session, [each for number, each in kept.items() if number not in {day.number for day in days}])
        plan.dates[:] = [kept[day.number] for day in days if day.number in kept]
        last = max(kept, default=0)
        for place, day in enumerate((day for day in days if day.number not in kept), start=1):
            title = day.title or DATE_TITLE % {"number": last + place}
            plan.dates.append(ReportingDate(number=last + place, title=title, due_on=day.due_on))
        for day in days:
            if row := kept.get(day.number):
                row.title, row.due_on = day.title or row.title, day.due_on
        if _told(plan) != before:
            changes["dates"] = [before, _told(plan)]


def set_members(
    session: Session, actor: Actor, plan: WorkPlan, units: Sequence[int], *, reason: str = "", stamp: int | None = None
) -> None:
    """Say which departments 成员单位 means, in the order given."""
    with editing(session, actor, plan, "members", reason, letter_seen(stamp)) as changes:
        before = [each.unit.name for each in plan.members]
        known = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(units)))}
        wanted = [known[key] for key in dict.fromkeys(units) if key in known]
        rows = {each.unit_id: each for each in plan.members}
        plan.members[:] = [rows.get(unit.id) or WorkPlanMember(unit_id=unit.id, unit=unit) for unit in wanted]
        for position, each in enumerate(plan.members, start=1):
            each.position = position
        after = [unit.name for unit in wanted]
        if after != before:
            changes["members"] = [before, after]


def members_before(session: Session, plan: WorkPlan) -> list[Unit]:
    """Return the members of the last plan of the region for an earlier year, for copying.

    Where there is none, those units are returned that this notice names one by one.
    """
    earlier = select(WorkPlan).where(WorkPlan.region_id == plan.region_id, WorkPlan.year < plan.year)
    last = session.scalar(earlier.where(WorkPlan.members.any()).order_by(WorkPlan.year.desc(), WorkPlan.id.desc()))
    if last is not None:
        return [each.unit for each in last.members]
    named = {each.unit_id: each.unit for task in plan.tasks for each in task.units if each.unit is not None}
    return [unit for unit in named.values() if unit.region_id == plan.region_id]


def _resettle(plan: WorkPlan, before: tuple[str, int]) -> None:
    """Let what was read of the notice hold for the place and year that the plan has now."""
    after = (plan.region.code, plan.year)
    for each in plan.obligations:
        if before != after and each.library_code is None:
            each.definition = resettled(each.definition, before, after)


def _move(session: Session, actor: Actor, plan: WorkPlan, region: Region) -> None:
    if plan.state != DRAFT:
        raise Invalid({"region_id": [STAYS]})
    plan.region = region
    session.flush()
    if not may_edit(session, actor, plan):
        raise Forbidden(NOT_YOURS)
    rows = [each for task in plan.tasks for each in task.units if not is_known(each)]
    known = known_units(session, region.id, sorted({each.written for each in rows}))
    for each in rows:
        if found := known.get(each.written):
            each.unit_id, each.doubt = found.id, ELSEWHERE if found.below else ""


def _check(plan: WorkPlan, days: Sequence[Day]) -> None:
    seen: set[date] = set()
    for day in days:
        if day.due_on.year not in (plan.year, plan.year + 1):
            raise Invalid({"dates": [OTHER_YEAR % {"day": day.due_on.isoformat(), "year": plan.year}]})
        if day.due_on in seen:
            raise Invalid({"dates": [TWICE % {"day": day.due_on.isoformat()}]})
        seen.add(day.due_on)


def _refuse_used(session: Session, gone: Sequence[ReportingDate]) -> None:
    used = set(session.scalars(select(WorkDue.date_id).where(WorkDue.date_id.in_([each.id for each in gone]))))
    for each in gone:
        if each.id in used:
            raise Invalid({"dates": [IN_USE % {"title": each.title}]})


def _told(plan: WorkPlan) -> list[str]:
    return [f"{each.title} {each.due_on.isoformat()}" for each in plan.dates]


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
