"""Taking what a review after an earthquake came to into the plan of its year, as an obligation with a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.queries import resolve_units
from inspect_app.workplans.intake.editing import editing
from inspect_app.workplans.library.words import Evidence, Kind, Level, Scoring, Topic
from inspect_app.workplans.lifecycle import PUBLISHED
from inspect_app.workplans.models import WorkObligation, WorkPlan
from inspect_app.workplans.words import Verdict

LONGEST_TITLE = 40
UNKNOWN_UNIT = mark("单位名录中没有“%(name)s”，或同名的不止一个。请写单位全称，或先在工作要点中新建这个单位。")
NO_DAY = mark("列为工作任务的，要写明期限。")


@dataclass(frozen=True)
class FollowUp:
    """What is to be done, by which unit and when; `source` is the reference of what it came from."""

    source: str
    text: str
    unit_name: str
    due_on: date | None


def plan_for(session: Session, region_id: int, year: int) -> WorkPlan | None:
    """Return the published plan of a region for a year, the newest one; None while there is none."""
    of_year = select(WorkPlan).where(WorkPlan.region_id == region_id, WorkPlan.year == year)
    return session.scalar(of_year.where(WorkPlan.state == PUBLISHED).order_by(WorkPlan.id.desc()).limit(1))


def follow_up(session: Session, actor: Actor, plan: WorkPlan, wanted: FollowUp, reason: str) -> WorkObligation:
    """Add an obligation that one unit owes by a day; raises Invalid, and what `editing` raises."""
    if wanted.due_on is None:
        raise Invalid({"due_on": [NO_DAY]})
    if wanted.unit_name not in resolve_units(session, plan.region_id, [wanted.unit_name]):
        raise Invalid({"unit_name": [str(UNKNOWN_UNIT % {"name": wanted.unit_name})]})
    with editing(session, actor, plan, "follow_up", reason) as changes:
        number = sum(each.code.startswith(f"{wanted.source}-") for each in plan.obligations) + 1
        row = WorkObligation(
            plan_id=plan.id, code=f"{wanted.source}-{number}", verdict=Verdict.TAKEN,
            definition=_definition(plan, wanted, wanted.due_on),
        )  # fmt: skip
        session.add(row)
        session.flush()
        changes |= {"obligation": [None, row.code], "definition": [None, row.definition]}
    return row


def _definition(plan: WorkPlan, wanted: FollowUp, due_on: date) -> dict[str, object]:
    day = {"region": plan.region.code, "year": due_on.year, "text": f"{due_on:%m-%d}"}
    return {
        "article": wanted.source,
        "title": wanted.text[:LONGEST_TITLE],
        "text": wanted.text,
        "topic": Topic.AFTER_ACTION.value,
        "responsible": [wanted.unit_name],
        "levels": [Level.PREFECTURE.value, Level.COUNTY.value],
        "object": wanted.source,
        "kind": Kind.ONCE.value,
        "counted": "整改措施",
        "unit": "项",
        "due_on": {"key": "follow_up_due_on", "settings": [day]},
        "evidence": [Evidence.RPT.value],
        "scoring": [Scoring.DDL.value],
    }
