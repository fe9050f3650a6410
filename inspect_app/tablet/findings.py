"""What a tablet brings beside the lists: hazards found on the way, and rechecks of open ones."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, allowed
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards import queries as hazards
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.elements import needs_acceptance
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register, take_step
from inspect_app.hazards.words import Grade, State
from inspect_app.inspections.models import Inspection, Inspector
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, county_of
from inspect_app.sites import queries as sites
from inspect_app.sites.models import Site
from inspect_app.tablet import visits
from inspect_app.tablet.receipts import STRANDED_STATUS, Kind, Outcome, Sender, Sent
from inspect_app.tablet.rules import Verdict

PLACES = Decimal("0.0000001")
TOO_LATE = mark("这条隐患已有其他复查结论或已改变状态，您的复查内容已由服务器保存备查。")
AT_SITE = 365


def outside_list(session: Session, sender: Sender, sent: Sent) -> Outcome:
    """Register a hazard that no list asks about; what is missing for its life stays to be completed (待补全).

    Raises NotFound for a site or a visit that does not exist for this person, Forbidden outside their region, Invalid.
    """
    given, actor = sent.content, sender.actor
    inspection = visits.find(session, actor, given["visit"]) if given.get("visit") else None
    site = _site(session, actor, given, inspection)
    region, county = _where(session, given, site)
    made = register(session, actor, _draft(sender, sent, site, region, county, inspection))
    told = {"outcome": Verdict.KEPT, "reference": made.reference, "state": made.state, "uuid": made.uuid}
    return Outcome(told, inspection.id if inspection else None)


def recheck(session: Session, sender: Sender, sent: Sent) -> Outcome:
    """Take the verdict of a recheck; one that comes after another verdict is kept aside.

    Raises what the step raises: missing photos or people hinder it, and it may be sent again.
    """
    given, actor = sent.content, sender.actor
    hazard = hazards.by_reference(session, actor, given["hazard"])
    lock(session, hazard)
    if hazard.state not in (State.DONE, State.RECHECKING):
        return moved_on(sent, hazard)
    begin_recheck(session, actor, hazard)
    people = given.get("recheckers") or team_at(session, actor, hazard)
    take_step(
        session,
        actor,
        hazard,
        _action(hazard, passed=given["passed"]),
        {"recheckers": people, "finding": given["opinion"]},
    )
    return Outcome({"outcome": Verdict.KEPT, "hazard": hazard.reference, "state": hazard.state})


def moved_on(sent: Sent, hazard: Hazard) -> Outcome:
    """Keep what a hazard takes no more beside it, for the office to read."""
    told: dict[str, Any] = {"outcome": Verdict.STRANDED, "why": "hazard_moved_on", "message": TOO_LATE, "of": sent.kind}
    told |= {"hazard": hazard.reference, "state": hazard.state, "content": dict(sent.content)}
    return Outcome(told, None, STRANDED_STATUS, Kind.STRANDED)


def begin_recheck(session: Session, actor: Actor, hazard: Hazard) -> None:
    """Begin the recheck of a hazard reported as put right, as soon as something of it arrives."""
    lock(session, hazard)
    if hazard.state == State.DONE:
        take_step(session, actor, hazard, "start_recheck", {})


def team_at(session: Session, actor: Actor, hazard: Hazard) -> list[int]:
    """Return who rechecks when nobody is named: the team of the person's own newest visit to the object."""
    if actor.id is None or hazard.site_id is None:
        return [actor.id] if actor.id else []
    mine = select(Inspector.inspection_id).where(Inspector.user_id == actor.id)
    since = clock.today() - timedelta(days=AT_SITE)
    visit = session.scalar(
        select(Inspection)
        .where(Inspection.site_id == hazard.site_id, Inspection.id.in_(mine), Inspection.planned_on >= since)
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        .limit(1)
    )
    team = [each.user for each in visit.inspectors] if visit else []
    able = [user.id for user in team if allowed(user.role, Permission.RECHECK_HAZARD)]
    return able if actor.id in able else [actor.id]


def _action(hazard: Hazard, *, passed: bool) -> str:
    if not passed:
        return "fail_recheck"
    return "pass_to_acceptance" if needs_acceptance(hazard) else "pass_recheck"


def _site(session: Session, actor: Actor, given: Mapping[str, Any], inspection: Inspection | None) -> Site | None:
    if inspection is not None:
        return inspection.site
    if not given.get("site"):
        return None
    found = session.scalar(select(Site).where(Site.uuid == given["site"], sites.visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def _where(session: Session, given: Mapping[str, Any], site: Site | None) -> tuple[Region, Region]:
    if site is None and not given.get("region"):
        raise Invalid({"site": [mark("请说明隐患在哪个检查对象或哪个地区。")]})
    region = site.region if site else by_code(session, given["region"])
    return region, county_of(session, region.id)


def _draft(
    sender: Sender, sent: Sent, site: Site | None, region: Region, county: Region, inspection: Inspection | None
) -> HazardDraft:
    given, actor = sent.content, sender.actor
    place = given.get("place") or {}
    known: dict[str, Any] = {}
    if site is not None:
        unit = site.responsible_unit
        known = {"site_id": site.id, "site_name": site.name, "category": site.category, "location": site.address}
        known |= {"responsible_unit_id": site.responsible_unit_id, "responsible_unit_name": unit.name if unit else ""}
        known |= {"responsible_person": site.contact_person}
    return HazardDraft(
        county_id=county.id,
        region_id=region.id,
        origin="manual",
        description=given["text"].strip(),
        found_on=_found_on(sender, sent),
        found_by=actor.name,
        found_by_id=actor.id,
        grade=Grade(given["grade"]) if given.get("grade") else None,
        requirement=given.get("requirement", "").strip(),
        interim_control=given.get("immediate_measure", "").strip(),
        due_on=date.fromisoformat(given["due_on"]) if given.get("due_on") else None,
        longitude=_degrees(place.get("longitude")),
        latitude=_degrees(place.get("latitude")),
        remark=f"检查 {inspection.reference} 时在检查表以外发现" if inspection else "",
        **{**known, **({"location": given["location"].strip()} if given.get("location") else {})},
    )


def _found_on(sender: Sender, sent: Sent) -> date:
    """Return the local day of the finding: what the device claims, its known offset taken off, never after today."""
    at = sent.claimed_at or clock.now()
    at -= timedelta(seconds=sender.offset_seconds or 0)
    return min(clock.local(at).date(), clock.today())


def _degrees(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(PLACES)
