"""What a step must know that neither row nor form says: where the person stands, photos, people, linked hazards."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, Role, allowed
from inspect_app.accounts.models import User
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.hazards.standing import Standing
from inspect_app.regions.models import RegionPath

WITH_PHOTOS = frozenset({"report_done", "close"})
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
    known: dict[str, Any] = _photos(session, hazard) if action in WITH_PHOTOS else {}
    if action == "report_done":
        known["done_by_unit_id"] = actor.unit_id or hazard.responsible_unit_id
    if action == "close":
        known["open_children"] = _open_children(session, hazard)
    if "merged_into" in given:
        known["merged_into_id"] = _merge_target(session, hazard, given["merged_into"])
    if "recheckers" in given:
        people = _named(session, hazard, "recheckers", given["recheckers"], (Permission.RECHECK_HAZARD,))
        known["rechecker_names"] = [person.name for person in people]
        known["same_unit"] = any(person.unit_id == hazard.done_by_unit_id for person in people if person.unit_id)
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


def _photos(session: Session, hazard: Hazard) -> dict[str, Any]:
    query = select(Evidence.purpose, Evidence.sha256).where(
        Evidence.subject_kind == "hazard", Evidence.subject_id == hazard.id, Evidence.withdrawn_at.is_(None)
    )
    files = session.execute(query.order_by(Evidence.id)).tuples().all()
    return {
        "photos_before": [digest for purpose, digest in files if purpose == Purpose.BEFORE],
        "photos_after": [digest for purpose, digest in files if purpose == Purpose.AFTER],
        "proofs": sum(purpose == Purpose.PROOF for purpose, _digest in files),
    }


def _open_children(session: Session, hazard: Hazard) -> int:
    children = select(func.count()).select_from(Hazard).where(Hazard.reopened_from_id == hazard.id)
    return session.scalar(children.where(Hazard.state.in_(OPEN_STATES))) or 0


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
