"""Whose a list is: who sees which version, which lists hold in a region, and who may write or publish one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.checklists.deriving import parent_code
from inspect_app.checklists.lifecycle import PUBLISHED, RETIRED, UNPUBLISHED
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.regions.models import RegionPath
from inspect_app.regions.queries import covers

NATION = 99


@dataclass(frozen=True)
class Standing:
    """What a person may do with the lists of one owner."""

    author: bool
    publish: bool


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on versions that a person sees.

    What was published is seen by the owner's region, everybody below it and above it; what the system came with, by
    all. Drafts are seen by those who write or publish lists, in their own region and below.
    """
    if actor.role is None:
        return true()
    below = ChecklistVersion.owner_id.in_(
        select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    )
    done = ChecklistVersion.state.in_((PUBLISHED, RETIRED))
    works = actor.can(Permission.AUTHOR_CHECKLIST) or actor.can(Permission.PUBLISH_CHECKLIST)
    shipped = and_(ChecklistVersion.owner_id.is_(None), true() if actor.can(Permission.MANAGE_SYSTEM) else done)
    return or_(shipped, and_(done, or_(below, _above(actor.view_region_id))), below if works else false())


def standing(session: Session, actor: Actor, owner_id: int | None) -> Standing:
    """Tell whether this person may write, and publish, lists of an owner; None owns what the system came with."""
    if actor.role is None:
        return Standing(author=True, publish=True)
    if owner_id is None:
        mine = actor.can(Permission.MANAGE_SYSTEM)
        return Standing(author=mine, publish=mine)
    return Standing(
        author=actor.can(Permission.AUTHOR_CHECKLIST) and _reaches(session, actor.capture_region_id, owner_id),
        publish=actor.can(Permission.PUBLISH_CHECKLIST) and _reaches(session, actor.view_region_id, owner_id),
    )


def published_for(session: Session, region_id: int) -> list[ChecklistVersion]:
    """List by code the published versions that a visit in a region may use.

    Those of the system, of the region and of the regions above it; of a list and what was derived from it only the one
    whose owner is nearest.
    """
    depths = _depths(session, region_id)
    rows = select(ChecklistVersion).where(
        ChecklistVersion.state == PUBLISHED, or_(ChecklistVersion.owner_id.is_(None), _above(region_id))
    )
    origins = _origins(session)
    nearest: dict[str, ChecklistVersion] = {}
    for version in session.scalars(rows.order_by(ChecklistVersion.code, ChecklistVersion.number)):
        root = _root(version.code, origins)
        known = nearest.get(root)
        if known is None or depths.get(version.owner_id, NATION) <= depths.get(known.owner_id, NATION):
            nearest[root] = version
    return sorted(nearest.values(), key=lambda version: version.code)


def lists_for(session: Session, category: str, region_id: int) -> list[ChecklistVersion]:
    """List by code the published versions that are offered for sites of a category in a region."""
    return [each for each in published_for(session, region_id) if category in objects_of(each)]


def objects_of(version: ChecklistVersion) -> tuple[str, ...]:
    """Return the categories of sites that a list is offered for."""
    return tuple(version.content.get("objects") or (version.code,))


def unpublished(session: Session, actor: Actor) -> Sequence[ChecklistVersion]:
    """List the drafts and versions on trial that a person sees."""
    return _listed(session, and_(visible_to(actor), ChecklistVersion.state.in_(UNPUBLISHED)))


def published_below(session: Session, actor: Actor) -> Sequence[ChecklistVersion]:
    """List what regions below the person's own have published."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id, RegionPath.depth > 0)
    return _listed(session, and_(ChecklistVersion.state == PUBLISHED, ChecklistVersion.owner_id.in_(below)))


def published_by_the_system(session: Session) -> Sequence[ChecklistVersion]:
    """List the published versions of the lists that the system came with."""
    return _listed(session, and_(ChecklistVersion.state == PUBLISHED, ChecklistVersion.owner_id.is_(None)))


def regions_above(session: Session, region_id: int) -> set[int]:
    """Return the keys of the regions above a region, without itself."""
    rows = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id, RegionPath.depth > 0)
    return set(session.scalars(rows))


def _listed(session: Session, condition: ColumnElement[bool]) -> Sequence[ChecklistVersion]:
    rows = select(ChecklistVersion).where(condition).options(joinedload(ChecklistVersion.owner))
    return session.scalars(rows.order_by(ChecklistVersion.code, ChecklistVersion.number)).all()


def _above(region_id: int | None) -> ColumnElement[bool]:
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id)
    return ChecklistVersion.owner_id.in_(above)


def _reaches(session: Session, top_id: int | None, owner_id: int) -> bool:
    return top_id is not None and covers(session, top_id, owner_id)


def _depths(session: Session, region_id: int) -> Mapping[int | None, int]:
    rows = select(RegionPath.ancestor_id, RegionPath.depth).where(RegionPath.descendant_id == region_id)
    return dict(session.execute(rows).tuples().all())


def _origins(session: Session) -> Mapping[str, str]:
    rows: Iterable[tuple[str, str]] = session.execute(
        select(ChecklistVersion.code, ChecklistVersion.parent).where(ChecklistVersion.parent != "").distinct()
    ).tuples()
    return {code: parent_code(parent) for code, parent in rows}


def _root(code: str, origins: Mapping[str, str]) -> str:
    while code in origins:
        code = origins[code]
    return code
