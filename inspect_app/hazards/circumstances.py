"""What a step must know that neither row nor form says: where the person stands, photos, people, linked hazards."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, Role, allowed
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.core.workdays import load_calendar
from inspect_app.hazards.deadlines import ask_until, latest_due
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.inputs import cleaned_columns
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.photographs import photo_facts
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.hazards.standing import Standing
from inspect_app.regions.models import RegionPath

WITH_PHOTOS = frozenset({"report_done", "request_extension", "pass_recheck", "pass_to_acceptance", "close"})
WITH_DAYS = frozenset({"assign", "resume", "request_extension"})
ENDING = frozenset({"close", "transfer", "merge", "unfounded"})
SIGNERS = (Permission.RECHECK_HAZARD, Permission.DECIDE_HAZARD)


def standing_of(session: Session, actor: Actor, hazard: Hazard) -> Standing:
    """Return the actor as seen from a hazard; one query."""
    if actor.role is None:
        return Standing(actor, actor.unit_id, captures=True, oversees=True, limits=load_limits())
    tops = {actor.capture_region_id, actor.view_region_id} - {None}
    path = select(RegionPath.ancestor_id).where(
        RegionPath.descendant_id == hazard.region_id, RegionPath.ancestor_id.in_(tops)
    )
    above = set(session.scalars(path))
    return Standing(
        actor,
        actor.unit_id,
        captures=actor.capture_region_id in above,
        oversees=actor.view_region_id in above,
        limits=load_limits(),
    )


def around(session: Session, actor: Actor, hazard: Hazard, action: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that the system itself adds to a step; Invalid when a named person cannot take part."""
    known: dict[str, Any] = photo_facts(session, hazard) if action in WITH_PHOTOS else {}
    if action in WITH_DAYS:
        known |= _days(session, hazard, action)
    if action == "assign":
        known["grade"] = hazard.grade
    if action == "report_done":
        known["done_by_unit_id"] = actor.unit_id or hazard.responsible_unit_id
    if action == "close":
        known["open_children"] = _open(session, Hazard.reopened_from_id == hazard.id)
    if action in ENDING:
        known["open_parts"] = _open(session, Hazard.parent_id == hazard.id)
    if "corrections" in given:
        known["corrections"] = _corrected(hazard, given["corrections"])
    if "merged_into" in given:
        known["merged_into_id"] = _merge_target(session, hazard, given["merged_into"])
    if "recheckers" in given:
        people = _named(session, hazard, "recheckers", given["recheckers"], (Permission.RECHECK_HAZARD,))
        known["rechecker_names"] = [person.name for person in people]
        known["own_unit"] = _of_own_unit(session, hazard, people)
    if "second_signer" in given:
        people = _named(session, hazard, "second_signer", [given["second_signer"]], SIGNERS)
        known["second_signer_name"] = people[0].name
    return known


def people_for(session: Session, hazard: Hazard, *permissions: Permission) -> list[User]:
    """List the active people who hold one of the permissions and whose region covers a hazard, by name."""
    roles = [role for role in Role if any(allowed(role, permission) for permission in permissions)]
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == hazard.region_id)
    query = select(User).where(User.active, User.role.in_(roles), User.view_region_id.in_(above))
    return list(session.scalars(query.order_by(User.name, User.id)))


def _days(session: Session, hazard: Hazard, action: str) -> dict[str, date | None]:
    """Return the last day a due date may fall on, and for an extension the last day to ask for it."""
    limits = load_limits()
    days = {"latest_due_on": latest_due(hazard, clock.today(), limits.deadlines, limits.longest_days)}
    if action != "request_extension":
        return {**days}
    calendar = load_calendar(session)
    return {**days, "ask_until": ask_until(hazard, limits.extension_lead_days, limits.extension_lead_listed, calendar)}


def _open(session: Session, which: ColumnElement[bool]) -> int:
    linked = select(func.count()).select_from(Hazard).where(which, Hazard.state.in_(OPEN_STATES))
    return session.scalar(linked) or 0


def _corrected(hazard: Hazard, changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the columns whose value differs, each with its value before and after."""
    fresh = cleaned_columns(changes)
    return {name: [getattr(hazard, name), value] for name, value in fresh.items() if getattr(hazard, name) != value}


def _of_own_unit(session: Session, hazard: Hazard, people: Iterable[User]) -> bool:
    """Tell whether somebody of the rectifying unit takes part though others could; where there is one unit, it may."""
    own = {hazard.done_by_unit_id, hazard.responsible_unit_id} - {None}
    if not any(person.unit_id in own for person in people):
        return False
    return any(person.unit_id not in {*own, None} for person in people_for(session, hazard, Permission.RECHECK_HAZARD))


def _merge_target(session: Session, hazard: Hazard, reference: str) -> int | None:
    """Find the hazard to merge into within the same county only, so that other counties' references tell nothing."""
    query = select(Hazard.id).where(Hazard.reference == reference, Hazard.county_id == hazard.county_id)
    return session.scalar(query.where(Hazard.id != hazard.id, Hazard.state.in_(OPEN_STATES)))


def _named(
    session: Session, hazard: Hazard, field: str, keys: list[int], permissions: tuple[Permission, ...]
) -> list[User]:
    eligible = {person.id: person for person in people_for(session, hazard, *permissions)}
    if not set(keys) <= eligible.keys():
        raise Invalid({field: [mark("所选人员中有人已停用，或不负责这个区域。请重新选择。")]})
    return [eligible[key] for key in keys]
