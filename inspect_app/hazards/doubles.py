"""Hazards that may have been entered twice: proposed in pairs, and decided by a person, never by the system."""

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import Sentence, mark
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.likeness import Sketch, pairs
from inspect_app.hazards.models import Hazard, HazardDistinct
from inspect_app.hazards.queries import conditions, visible_to
from inspect_app.hazards.rules import OPEN_STATES

COMPARED, SHOWN = 5_000, 20
PLACE = (Hazard.county_id, Hazard.site_id, Hazard.site_name, Hazard.responsible_unit_name)


class Proposal(NamedTuple):
    """Two hazards that may be one, the earlier first, and why."""

    one: Hazard
    other: Hazard
    why: Sentence


class Proposals(NamedTuple):
    """The pairs shown, how many there are, and whether only the latest hazards were compared."""

    shown: list[Proposal]
    total: int
    capped: bool


def proposals(session: Session, actor: Actor, wanted: HazardFilter) -> Proposals:
    """Compare the open hazards that a person sees under a filter; pairs that somebody has judged are left out."""
    columns = (Hazard.id, Hazard.item_code, Hazard.description, *PLACE)
    seen = (*conditions(session, actor, wanted), Hazard.state.in_(OPEN_STATES))
    rows = session.execute(select(*columns).where(*seen).order_by(Hazard.id.desc()).limit(COMPARED + 1)).all()
    found = list(pairs(_sketches(reversed(rows[:COMPARED]))))
    judged = _judged(session, {key for one, other, _why in found for key in (one, other)}) if found else set()
    open_pairs = [each for each in found if each[:2] not in judged]
    shown = open_pairs[-SHOWN:][::-1]
    hazards = _hazards(session, actor, {key for one, other, _why in shown for key in (one, other)})
    made = [Proposal(hazards[one], hazards[other], why) for one, other, why in shown]
    return Proposals(made, len(open_pairs), len(rows) > COMPARED)


def resembling(session: Session, actor: Actor, hazard: Hazard) -> list[Proposal]:
    """List the open hazards of the same place that may be the same as this one."""
    if hazard.state not in OPEN_STATES or _place(hazard) is None:
        return []
    same = Hazard.site_id == hazard.site_id if hazard.site_id else Hazard.site_name == hazard.site_name
    query = select(Hazard).where(Hazard.county_id == hazard.county_id, same, Hazard.state.in_(OPEN_STATES))
    query = query.where(visible_to(actor), Hazard.id != hazard.id).order_by(Hazard.id.desc()).limit(SHOWN)
    others = session.scalars(query).all()
    judged = _judged(session, {hazard.id})
    both = [sorted((hazard, other), key=lambda each: each.id) for other in others]
    alike = [(one, other, why) for one, other in both for _one, _other, why in pairs(_sketches((one, other)))]
    return [Proposal(one, other, why) for one, other, why in alike if (one.id, other.id) not in judged]


def keep_both(session: Session, actor: Actor, one: Hazard, other: Hazard, reason: str) -> HazardDistinct:
    """Remember that two hazards are two, so that they are not proposed again. Raises Invalid, Forbidden or Conflict."""
    first, second = sorted((one, other), key=lambda each: each.id)
    if first.id == second.id or first.county_id != second.county_id:
        raise Conflict(mark("请选择同一县（市、区）的两条隐患。"))
    if not all(standing_of(session, actor, each).captures for each in (first, second)):
        raise Forbidden(mark("您只能处理本地区的隐患。"))
    if not reason.strip():
        raise Invalid({"reason": [mark("请写明理由，例如核实的经过。")]})
    if (first.id, second.id) in _judged(session, {first.id}):
        raise Conflict(mark("这两条隐患已判定为不同的隐患。"))
    made = HazardDistinct(
        first_id=first.id, second_id=second.id, reason=reason.strip(), decided_at=clock.now(), decided_by_id=actor.id
    )
    session.add(made)
    session.flush()
    changes = {"distinct_from": [None, second.reference], "reason": [None, made.reason]}
    record(session, actor, "hazard.keep_both", kind="hazard", id=first.id, reference=first.reference,
           region_id=first.region_id, changes=changes)  # fmt: skip
    return made


def _sketches(rows: Iterable[Any]) -> Iterable[Sketch]:
    for row in rows:
        if (place := _place(row)) is not None:
            yield Sketch(row.id, place, row.item_code, row.description)


def _place(row: Any) -> Hashable | None:  # noqa: ANN401 - a hazard or some columns of it
    """Return what names the place of a finding; None where neither an object nor its name is known."""
    if row.site_id is not None:
        return row.county_id, row.site_id
    return (row.county_id, row.site_name) if row.site_name else None


def _judged(session: Session, keys: set[int]) -> set[tuple[int, int]]:
    among = or_(HazardDistinct.first_id.in_(keys), HazardDistinct.second_id.in_(keys))
    return set(session.execute(select(HazardDistinct.first_id, HazardDistinct.second_id).where(among)).tuples())


def _hazards(session: Session, actor: Actor, keys: set[int]) -> dict[int, Hazard]:
    query = select(Hazard).where(Hazard.id.in_(keys), visible_to(actor))
    places = (joinedload(Hazard.county), joinedload(Hazard.region))
    return {hazard.id: hazard for hazard in session.scalars(query.options(*places))}
