"""Days that a plan sets for obligations whose day is set anew each year."""

from dataclasses import replace

from inspect_app.workplans.library.definition import Obligation, Parameter, Setting
from inspect_app.workplans.models import WorkObligation, WorkPlan
from inspect_app.workplans.records.loading import fulfilment

DUE_ON = "due_on"


def dated_by_plan(obligation: Obligation, row: WorkObligation, plan: WorkPlan) -> Obligation:
    """Return the obligation with the reporting date of the plan that stands for its own day, where there is one.

    A day that somebody set for this region and year is kept.
    """
    number = fulfilment().reporting_dates.get(row.library_code or "")
    day = next((each.due_on for each in plan.dates if each.number == number), None)
    named = obligation.measure.number(DUE_ON)
    if day is None or named is None or day.year != plan.year or _is_set(named, plan):
        return obligation
    setting = Setting(plan.region.code, plan.year, f"{day:%m-%d}")
    dated = replace(named, settings=(*named.settings, setting))
    numbers = tuple((role, dated if role == DUE_ON else each) for role, each in obligation.measure.numbers)
    return replace(obligation, measure=replace(obligation.measure, numbers=numbers))


def _is_set(named: Parameter, plan: WorkPlan) -> bool:
    return any(each.region == plan.region.code and each.year == plan.year for each in named.settings)
