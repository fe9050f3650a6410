"""Obligations of a plan: proposed from what was read, and read back as the library reads its files."""

from collections.abc import Mapping, Sequence
from typing import Any

from inspect_app.core.definitions import Problems, Table
from inspect_app.regions.levels import Level as Rung
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.loading import NAMED, read_obligation
from inspect_app.workplans.library.words import Condition, Evidence, Kind, Level, Of, Role, Scoring, Topic
from inspect_app.workplans.models import TaskUnit, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.notices.model import Requirement
from inspect_app.workplans.owing.figures import measure_of
from inspect_app.workplans.owing.told import Definition

EVERYBODY = ("@county_governments", "@members")
RECORDS = "records"
AROUND = 40
SCORED = {
    Kind.ONCE: Scoring.DDL,
    Kind.TIMES: Scoring.CNT,
    Kind.SHARE: Scoring.RATE,
    Kind.THRESHOLD: Scoring.RATE,
    Kind.RESPONSE: Scoring.SLA,
    Kind.STANDING: Scoring.DED,
}
PROVED = {
    Topic.DRILL: Evidence.DRILL,
    Topic.PLAN: Evidence.PLAN,
    Topic.FUNDING: Evidence.BUD,
    Topic.DUTY_REPORT: Evidence.LOG,
}
SMALL = {Of.VILLAGES.value, Of.TOWNSHIPS.value, Of.SCHOOLS.value}


def proposed(requirement: Requirement, task: WorkTask | None, plan: WorkPlan) -> Definition:
    """Return the definition of an obligation for a requirement, which a person takes, changes or drops.

    The row need not be stored yet; `task` None is the letter itself. What is counted for each village, township or
    school is owed by counties only. Who owes it follows the units of the task whenever they change.
    """
    topic = Topic(task.topic) if task is not None and task.topic else None
    around = plan.text[max(requirement.start - AROUND, 0) : requirement.end + AROUND]
    measure = measure_of(requirement, around, plan.region.code, plan.year)
    counties = {measure.get("per"), measure.get("of")} & SMALL or plan.region.level is Rung.COUNTY
    levels = [Level.COUNTY] if counties else [Level.PREFECTURE, Level.COUNTY]
    return {
        "article": task.number if task is not None and task.number else "通知正文",
        "title": requirement.quote,
        "text": requirement.quote,
        **({} if topic is None else {"topic": topic.value}),
        **_roles(task),
        "levels": [each.value for each in levels],
        "conditions": [each.value for each in _conditions(measure)],
        "object": requirement.per or (task.title if task is not None and task.title else plan.title),
        "evidence": [(PROVED.get(topic, Evidence.RPT) if topic else Evidence.RPT).value],
        "scoring": [SCORED[Kind(measure["kind"])].value],
        "overlaps": [],
    } | measure


def as_obligation(row: WorkObligation) -> Obligation:
    """Read an obligation of a plan; DefinitionProblems names every mistake in it."""
    problems = Problems()
    read = read_obligation(Table(_whole(row), problems, row.code, row.code))
    problems.refuse()
    return read


def mistakes(row: WorkObligation) -> list[str]:
    """Name what is wrong with the definition of an obligation, nothing when it may be taken."""
    problems = Problems()
    read_obligation(Table(_whole(row), problems, row.code, row.code))
    return problems.found


def topic_of(row: WorkObligation) -> str | None:
    """Return the topic of an obligation, or else that of its task."""
    own = row.definition.get("topic")
    return str(own) if own else (row.task.topic if row.task is not None else None)


def _whole(row: WorkObligation) -> Mapping[str, Any]:
    told = {name: value for name, value in row.definition.items() if name != RECORDS}
    return {"code": row.code, **told, "topic": topic_of(row) or Topic.INSTITUTION.value}


def _conditions(measure: Definition) -> Sequence[Condition]:
    needed = NAMED.get(Of(measure["per"])) if "per" in measure else None
    return [needed] if needed else []


def _roles(task: WorkTask | None) -> Definition:
    units: Sequence[TaskUnit] = task.units if task is not None else ()
    named = {role: [_name(each) for each in units if each.part.value == role.value] for role in Role}
    if not (named[Role.LEAD] or named[Role.RESPONSIBLE]):
        named[Role.RESPONSIBLE] = [_name(each) for each in units] or list(EVERYBODY)
    return {role.value: names for role, names in named.items()}


def _name(unit: TaskUnit) -> str:
    return unit.group or (unit.unit.name if unit.unit is not None else unit.written)
