"""Avoidance (回避): declared by people, or computed from where they work; whoever must keep away is never sent.

Computed: a person does not visit the sites that their own unit answers for or supervises. A campaign may ask besides
that nobody visits their own county.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.accounts.queries import inspectors_of
from inspect_app.audit import service as audit
from inspect_app.campaigns.models import Avoidance
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.regions.models import Region, RegionPath, Unit
from inspect_app.sites.models import Site

Pair = tuple[int, int]
Conflicts = dict[Pair, Sentence]


@dataclass(frozen=True)
class Declaration:
    """What is declared: the person, the unit or the region they keep away from, and why."""

    user_id: int
    reason: str
    unit_id: int | None = None
    region_id: int | None = None


def conflicts(session: Session, users: Iterable[User], sites: Sequence[Site], *, cross: bool = False) -> Conflicts:
    """Return why which person must not visit which site, by (user key, site key); three queries however many.

    `cross`: nobody who enters data in a single county visits that county.
    """
    people = list(users)
    found: Conflicts = {}
    for user in people:
        for site in sites:
            if user.unit_id is not None and user.unit_id in (site.responsible_unit_id, site.supervising_unit_id):
                found[user.id, site.id] = say(
                    mark("%(name)s的单位是%(site)s的责任或主管单位，须回避。"), name=user.name, site=site.name
                )
    _declared(session, people, sites, found)
    if cross:
        _own_county(session, people, sites, found)
    return found


def active_on(day: date) -> ColumnElement[bool]:
    """Return the condition on declarations that hold on a day."""
    return or_(Avoidance.ended_on.is_(None), Avoidance.ended_on > day)


def declarations(session: Session, actor: Actor) -> Sequence[Avoidance]:
    """List the declarations that concern the person: their own, and for who declares for others those of their area."""
    people = _people_visible(actor)
    rows = (
        select(Avoidance)
        .join(User, User.id == Avoidance.user_id)
        .where(people)
        .options(joinedload(Avoidance.user), joinedload(Avoidance.unit), joinedload(Avoidance.region))
    )
    return session.scalars(rows.order_by(Avoidance.ended_on.is_not(None), Avoidance.id.desc())).all()


def people_of(session: Session, actor: Actor) -> list[User]:
    """List whom the person may declare for: themselves, and with officers the inspectors of their area."""
    if not _declares_for_others(actor):
        own = session.get(User, actor.id) if actor.id is not None else None
        return [own] if own else []
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.capture_region_id)
    return inspectors_of(session, list(session.scalars(below)))


def declare(session: Session, actor: Actor, made: Declaration) -> Avoidance:
    """Keep a declaration; raises Invalid, or Forbidden for a person the actor may not speak for."""
    if actor.role is not None and made.user_id not in {user.id for user in people_of(session, actor)}:
        raise Forbidden(mark("您只能为自己或本地区的检查人员申报回避。"))
    problems = {}
    if not made.reason.strip():
        problems["reason"] = [mark("请写明回避的原因。")]
    if (made.unit_id is None) == (made.region_id is None):
        problems["unit"] = [mark("请在回避单位和回避地区中填写一项。")]
    if problems:
        raise Invalid(problems)
    kept = Avoidance(
        user_id=made.user_id,
        unit_id=made.unit_id,
        region_id=made.region_id,
        reason=made.reason.strip(),
        declared_at=clock.now(),
        declared_by_id=actor.id,
    )
    session.add(kept)
    session.flush()
    session.refresh(kept, ["user", "unit", "region"])
    _record(session, actor, "declare", kept, {"about": [None, target_of(kept)], "reason": [None, kept.reason]})
    return kept


def end(session: Session, actor: Actor, key: int) -> Avoidance:
    """End a declaration from today on; it stays on record. One out of reach is not found.

    Only who made it, or an officer, may end it: whoever was told to keep away cannot lift that alone.
    """
    kept = next((each for each in declarations(session, actor) if each.id == key), None)
    if kept is None:
        raise NotFound
    if not may_end(actor, kept):
        raise Forbidden(mark("这项回避由他人指定，只能由业务人员解除。"))
    lock(session, kept)
    if kept.ended_on is None:
        kept.ended_on = clock.today()
        _record(session, actor, "end", kept, {"ended_on": [None, kept.ended_on.isoformat()]})
    return kept


def may_end(actor: Actor, kept: Avoidance) -> bool:
    """Tell whether the person may end a declaration they see."""
    return actor.role is None or kept.declared_by_id == actor.id or _declares_for_others(actor)


def target_of(kept: Avoidance) -> str:
    """Name what is kept away from."""
    return kept.unit.name if kept.unit else kept.region.name if kept.region else ""


def unit_choices(session: Session, actor: Actor) -> list[Unit]:
    """List the units that may be named, of the region the person sees."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    return list(session.scalars(select(Unit).where(Unit.region_id.in_(below)).order_by(Unit.name).limit(2000)))


def region_choices(session: Session, actor: Actor) -> list[Region]:
    """List the regions down to townships that may be named."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    rows = select(Region).where(Region.id.in_(below), Region.level != "village").order_by(Region.code)
    return list(session.scalars(rows))


def _declared(session: Session, people: Sequence[User], sites: Sequence[Site], found: Conflicts) -> None:
    rows = select(Avoidance).where(Avoidance.user_id.in_([user.id for user in people]), active_on(clock.today()))
    kept = session.scalars(rows.options(joinedload(Avoidance.user), joinedload(Avoidance.region))).all()
    tops = {each.region_id for each in kept if each.region_id is not None}
    below = select(RegionPath.ancestor_id, RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(tops))
    inside = set(session.execute(below).tuples()) if tops else set()
    for each in kept:
        for site in sites:
            by_unit = each.unit_id is not None and each.unit_id in (site.responsible_unit_id, site.supervising_unit_id)
            by_region = (each.region_id, site.region_id) in inside or (each.region_id, site.county_id) in inside
            if by_unit or by_region:
                message = mark("%(name)s已申报回避%(site)s：%(reason)s。")
                found[each.user_id, site.id] = say(
                    message, name=each.user.name, site=site.name, reason=each.reason.rstrip("。")
                )


def _own_county(session: Session, people: Sequence[User], sites: Sequence[Site], found: Conflicts) -> None:
    places = {user.capture_region_id for user in people if user.capture_region_id is not None}
    counties = {site.county_id for site in sites}
    rows = select(RegionPath.descendant_id, RegionPath.ancestor_id).where(
        RegionPath.descendant_id.in_(places), RegionPath.ancestor_id.in_(counties)
    )
    home = set(session.execute(rows).tuples()) if places and counties else set()
    for user in people:
        for site in sites:
            if (user.capture_region_id, site.county_id) in home:
                message = mark("%(name)s是%(county)s的检查人员，本次不查本县。")
                found.setdefault((user.id, site.id), say(message, name=user.name, county=site.county.name))


def _declares_for_others(actor: Actor) -> bool:
    return actor.can(Permission.PLAN_CAMPAIGN) and actor.capture_region_id is not None


def _people_visible(actor: Actor) -> ColumnElement[bool]:
    if actor.role is None:
        return User.id.is_not(None)
    own = User.id == actor.id
    if not _declares_for_others(actor):
        return own if actor.id is not None else false()
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.capture_region_id)
    return or_(own, User.capture_region_id.in_(below))


def _record(session: Session, actor: Actor, action: str, kept: Avoidance, changes: dict[str, list[object]]) -> None:
    audit.record(
        session,
        actor,
        f"avoidance.{action}",
        kind="avoidance",
        id=kept.id,
        reference=kept.user.login,
        region_id=kept.user.capture_region_id,
        changes=changes,
    )
