"""Sites that may be registered twice: proposed in pairs, and decided by a person, never by the system."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale
from inspect_app.core.labels import Sentence, mark
from inspect_app.regions.queries import county_of
from inspect_app.sites.likeness import Neighbourhood, pairs
from inspect_app.sites.models import Site, SiteDistinct
from inspect_app.sites.service import may_edit
from inspect_app.sites.sketches import counties_captured, prefixes_of, sketch_of, sketches_of

NO_REASON = mark("请写明理由，例如核实的经过。")
NOT_YOURS = mark("您只能处理本地区的检查对象。")
ITSELF = mark("一个检查对象不能与自己重复。")
OTHER_COUNTY = mark("两个检查对象不在同一个县（市、区），不能判为重复。")
NOT_IN_USE = mark("%(reference)s 已停用，不能再作这个决定。请刷新页面。")
DECIDED = mark("这两个检查对象已判定为不同的对象。")


class Proposal(NamedTuple):
    """Two sites that may be one, the earlier first, and why."""

    one: Site
    other: Site
    why: Sentence


def proposals(session: Session, actor: Actor, county_code: str = "", limit: int = 20) -> tuple[list[Proposal], int]:
    """Return the first pairs that nobody has decided yet where the person enters data, and how many there are."""
    counties = {county.id for county in counties_captured(session, actor, county_code)}
    decided = set(session.execute(select(SiteDistinct.first_id, SiteDistinct.second_id)).tuples())
    found = pairs(sketches_of(session, actor, counties))
    undecided = [(one.key, other.key, why) for one, other, why in found if (one.key, other.key) not in decided]
    shown = undecided[:limit]
    sites = _sites(session, {key for one, other, _why in shown for key in (one, other)})
    return [Proposal(sites[one], sites[other], why) for one, other, why in shown], len(undecided)


def resembling(session: Session, actor: Actor, card: Mapping[str, Any]) -> list[tuple[Site, Sentence]]:
    """List the sites that a card about to be registered may repeat; `card` as `service.register` takes it."""
    county = county_of(session, card["region_id"])
    sketch = sketch_of(card, county.id, prefixes_of(session, county.id))
    found = list(Neighbourhood(sketches_of(session, actor, {county.id})).alike(sketch))
    sites = _sites(session, {other.key for other, _why in found})
    return [(sites[other.key], why) for other, why in found]


def keep_both(session: Session, actor: Actor, one: Site, other: Site, reason: str) -> SiteDistinct:
    """Remember that two sites are two, so that they are not proposed again. Raises Invalid, Forbidden or Conflict."""
    first, second = sorted((one, other), key=lambda site: site.id)
    _check(session, actor, first, second, reason)
    known = (SiteDistinct.first_id == first.id, SiteDistinct.second_id == second.id)
    if session.scalar(select(SiteDistinct.id).where(*known)):
        raise Conflict(DECIDED)
    made = SiteDistinct(
        first_id=first.id, second_id=second.id, reason=reason.strip(), decided_at=clock.now(), decided_by_id=actor.id
    )
    session.add(made)
    session.flush()
    _record(session, actor, "site.keep_both", first, {"distinct_from": [None, second.reference]}, reason)
    return made


def retire(session: Session, actor: Actor, site: Site, version: int, of: Site, reason: str) -> Site:
    """Take a site out of use as a duplicate of another; what hangs on it stays with it.

    Raises Stale when the page was drawn with another version, else Invalid, Forbidden or Conflict.
    """
    for row in sorted((site, of), key=lambda each: each.id):
        lock(session, row)
    if version != site.version:
        raise Stale
    _check(session, actor, site, of, reason)
    site.active, site.duplicate_of = False, of
    site.version += 1
    changes = {"active": [True, False], "duplicate_of": [None, of.reference]}
    _record(session, actor, "site.retire_duplicate", site, changes, reason)
    return site


def _check(session: Session, actor: Actor, one: Site, other: Site, reason: str) -> None:
    if one.id == other.id:
        raise Conflict(ITSELF)
    if one.county_id != other.county_id:
        raise Conflict(OTHER_COUNTY)
    for site in (one, other):
        if not may_edit(session, actor, site.region_id):
            raise Forbidden(NOT_YOURS)
        if not site.active:
            raise Conflict(NOT_IN_USE, reference=site.reference)
    if not reason.strip():
        raise Invalid({"reason": [NO_REASON]})


def _sites(session: Session, keys: set[Any]) -> dict[Any, Site]:
    query = (
        select(Site)
        .where(Site.id.in_(keys))
        .options(
            joinedload(Site.county),
            joinedload(Site.region),
            joinedload(Site.responsible_unit),
            joinedload(Site.supervising_unit),
        )
    )
    return {site.id: site for site in session.scalars(query)}


def _record(session: Session, actor: Actor, action: str, site: Site, changes: Mapping[str, Any], reason: str) -> None:
    audit.record(
        session,
        actor,
        action,
        kind="site",
        id=site.id,
        reference=site.reference,
        region_id=site.region_id,
        changes={**changes, "reason": [None, reason.strip()]},
    )
