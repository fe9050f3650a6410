"""The telling steps of hazards, noted apart so that the latest of a county or of all are found without a search."""

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.scope import level_of
from inspect_app.hazards.models import Hazard, HazardChange, HazardEvent
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible

TOLD = ("close", "fail_recheck", "return_closure", "approve_extension", "suspend", "look_back")
SHOWN = 5


def note(session: Session, hazard: Hazard) -> None:
    """Note the last step of a hazard, if it is a telling one."""
    event = hazard.events[-1]
    if event.action in TOLD:
        session.add(HazardChange(event_id=event.id, county_id=hazard.county_id))
        session.flush()


def latest(
    session: Session, actor: Actor, region: Region | None, size: int = SHOWN
) -> list[tuple[HazardEvent, Hazard]]:
    """List the latest telling steps that a person sees, at or below a region when one is given."""
    top = region.id if region else actor.view_region_id
    place = [] if top is None else _places(top)
    rows = (
        select(HazardEvent, Hazard)
        .join_from(HazardChange, HazardEvent, HazardEvent.id == HazardChange.event_id)
        .join(Hazard, Hazard.id == HazardEvent.subject_id)
        .where(visible(actor, Hazard.county_id + 0, Hazard.region_id + 0), *place)
        .options(joinedload(Hazard.county))
        .order_by(HazardChange.event_id.desc())
        .limit(size)
    )
    return [(event, hazard) for event, hazard in session.execute(rows)]


def told_again() -> Any:  # noqa: ANN401 - an insert
    """Return the statement that notes every telling step there ever was."""
    rows = select(HazardEvent.id, Hazard.county_id).join(Hazard, Hazard.id == HazardEvent.subject_id)
    return insert(HazardChange).from_select(["event_id", "county_id"], rows.where(HazardEvent.action.in_(TOLD)))


def _places(top: int) -> list[Any]:
    """Return the conditions on the place: one county is looked up, many are met along the order of the steps."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == top)
    level = level_of(top)
    if level == Level.COUNTY:
        return [HazardChange.county_id == top]
    if level in (Level.TOWNSHIP, Level.VILLAGE):
        county = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == top)
        return [HazardChange.county_id.in_(county), (Hazard.region_id + 0).in_(below)]
    return [(HazardChange.county_id + 0).in_(below)]
