"""Settles a draft as a person would who agrees with everything: for tests of what comes after."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.regions.models import Unit
from inspect_app.workplans.intake import demands, heads, tasks, units
from inspect_app.workplans.intake.settling import unsettled, uses_members
from inspect_app.workplans.intake.units import Choice
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.words import Part, Verdict

MEMBERS = "指挥部（领导小组、联席会议）成员单位"


def settle_everything(session: Session, actor: Actor, plan: WorkPlan, *days: heads.Day) -> WorkPlan:
    """Register unknown units, take every requirement, choose members and dates, and check every task."""
    units.register_all(session, actor, plan)
    tasks.give_everybody(session, actor, plan, Part.RESPONSIBLE, "各县（市、区）", (None, "@county_governments"))
    for task in plan.tasks:
        for unit in list(task.units):
            if (unit.unit_id is None and unit.group is None) or unit.part is Part.UNASSIGNED:
                part = Part.RESPONSIBLE if unit.part is Part.UNASSIGNED else unit.part
                units.change_unit(session, actor, plan, task.id, unit.id, Choice(_who(session, unit.unit_id), part))
    for demand in plan.obligations:
        demands.decide(session, actor, plan, demand.id, Verdict.TAKEN)
    if days:
        heads.set_dates(session, actor, plan, days)
    if uses_members(plan):
        heads.set_members(session, actor, plan, [unit.id for unit in heads.members_before(session, plan)])
    for task in plan.tasks:
        tasks.check_task(session, actor, plan, task.id, checked=True)
    assert not unsettled(plan), unsettled(plan)
    return plan


def _who(session: Session, unit_id: int | None) -> str:
    return MEMBERS if unit_id is None else session.get_one(Unit, unit_id).name
