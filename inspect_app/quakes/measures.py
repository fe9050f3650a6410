"""Measures of the review after a response: each becomes a hazard at once, or a task to be taken into a work plan."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock as time
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards import service as hazards
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.quakes.lifecycle import FINAL_REPORTED, at_desk
from inspect_app.quakes.models import Quake, QuakeMeasure
from inspect_app.quakes.service import hold, note
from inspect_app.quakes.words import Becomes
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers
from inspect_app.workplans.owing.following import FollowUp, follow_up, plan_for

ORIGIN, CATEGORY = "after_action", "C18"
LONGEST = 500


@dataclass(frozen=True)
class Plan:
    """What is to be mended, by which unit and when; `county` is where a hazard is registered."""

    text: str
    becomes: Becomes
    unit_name: str
    due_on: date | None = None
    county: Region | None = None


def add(session: Session, actor: Actor, quake: Quake, plan: Plan) -> QuakeMeasure:
    """List a measure; one that becomes a hazard is registered in its county. Raises Invalid, Forbidden or Conflict."""
    hold(session, quake)
    if not at_desk(quake, actor):
        raise Forbidden(mark("复盘由登记这次地震的地区完成。"))
    if quake.state != FINAL_REPORTED:
        raise Conflict(mark("终报之后、复盘完成之前才能列整改措施。"))
    _check(session, quake, plan)
    made = QuakeMeasure(
        text=plan.text.strip(), becomes=plan.becomes.value, unit_name=plan.unit_name.strip(), due_on=plan.due_on,
        made_at=time.now(), made_by_id=actor.id, made_by_name=actor.name,
    )  # fmt: skip
    if plan.becomes is Becomes.HAZARD and plan.county is not None and not quake.exercise:
        made.hazard_reference = hazards.register(session, actor, _draft(quake, plan, plan.county)).reference
    quake.measures.append(made)
    session.flush()
    told = {"text": [None, made.text], "becomes": [None, made.becomes], "hazard": [None, made.hazard_reference]}
    note(session, actor, "measure", quake, told)
    if plan.becomes is Becomes.OBLIGATION and not quake.exercise:
        _enter(session, actor, quake, made)
    return made


def enter(session: Session, actor: Actor, quake: Quake, key: int) -> QuakeMeasure:
    """Take a measure that waited into the work plan of its year. Raises NotFound, Forbidden, Conflict or Invalid."""
    hold(session, quake)
    if not at_desk(quake, actor):
        raise Forbidden(mark("复盘由登记这次地震的地区完成。"))
    made = next((each for each in quake.measures if each.id == key), None)
    if made is None:
        raise NotFound
    if made.obligation_id is not None or not waits(quake, made):
        raise Conflict(mark("这条措施已经有了去处。"))
    if not _enter(session, actor, quake, made):
        raise Conflict(mark("%(year)s 年的工作要点还没有发布，发布后再列入。"), year=_year(made))
    return made


def waits(quake: Quake, made: QuakeMeasure) -> bool:
    """Tell whether a measure is still to be taken into a work plan."""
    return made.becomes == Becomes.OBLIGATION and made.obligation_id is None and not quake.exercise


def _enter(session: Session, actor: Actor, quake: Quake, made: QuakeMeasure) -> bool:
    plan = plan_for(session, quake.region_id, _year(made))
    if plan is None:
        return False
    wanted = FollowUp(quake.reference, made.text, made.unit_name, made.due_on)
    made.obligation = follow_up(session, actor, plan, wanted, quake.reference)
    session.flush()
    return True


def _year(made: QuakeMeasure) -> int:
    return (made.due_on or time.local(made.made_at).date()).year


def _check(session: Session, quake: Quake, plan: Plan) -> None:
    found: dict[str, list[str]] = {}
    if not plan.text.strip() or len(plan.text) > LONGEST:
        found["text"] = [mark("请写明要改什么，五百字以内。")]
    if not plan.unit_name.strip():
        found["unit_name"] = [mark("请写明由哪个单位负责。")]
    if plan.due_on is not None and plan.due_on < time.today():
        found["due_on"] = [mark("期限不能早于今天。")]
    wanted = plan.becomes is Becomes.HAZARD
    if wanted and (plan.county is None or not covers(session, quake.region_id, plan.county.id)):
        found["county"] = [mark("登记为隐患的，要选本地区的一个县（市、区）。")]
    if found:
        raise Invalid(found)


def _draft(quake: Quake, plan: Plan, county: Region) -> HazardDraft:
    return HazardDraft(
        county_id=county.id, region_id=county.id, origin=ORIGIN, origin_reference=quake.reference,
        description=plan.text.strip(), category=CATEGORY, site_name=plan.unit_name.strip(), found_on=time.today(),
        responsible_unit_name=plan.unit_name.strip(), due_on=plan.due_on,
    )  # fmt: skip
