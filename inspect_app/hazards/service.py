"""Changes to the inventory: each leaves its trace in the audit trail and moves the counters, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Stale
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_reference
from inspect_app.hazards.changes import note as note_change
from inspect_app.hazards.circumstances import around, standing_of
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.drafts import COLUMN_NAMES, HazardDraft
from inspect_app.hazards.editing import check_values, editable_columns
from inspect_app.hazards.effects import apply_effects
from inspect_app.hazards.elements import missing_elements, parts_of
from inspect_app.hazards.inputs import cleaned, cleaned_columns
from inspect_app.hazards.lifecycle import HAZARD_LIFE, optional_facts
from inspect_app.hazards.listening import tell
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import FINAL_STATES, last_move, urgency
from inspect_app.hazards.slots import Slot, move, slot_of
from inspect_app.hazards.text_index import take_in_new
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import covers, resolve_unit

__all__ = ["HazardDraft", "mark_listed", "register", "standing_of", "take_step", "update"]


def register(session: Session, actor: Actor, draft: HazardDraft) -> Hazard:
    """Enter a finding: registered when its elements are complete (§5.3), else a draft 待补全 that waits for them.

    Raises Forbidden outside the person's region, Invalid for dates that cannot be true in a finding typed by hand.
    """
    check_places(session, actor, {draft.county_id: {draft.region_id}})
    if draft.origin == "manual":
        check_values(draft, draft.columns(), clock.today(), load_limits())
    return _enter(session, actor, draft)


def check_places(session: Session, actor: Actor, places: Mapping[int, set[int]]) -> None:
    """Refuse findings (county -> regions) where the person enters no data, or whose region lies in another county."""
    for county_id, region_ids in places.items():
        inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == county_id)
        lying = session.scalars(inside.where(RegionPath.descendant_id.in_(region_ids)))
        top = actor.capture_region_id
        held = actor.role is None or (
            actor.can(Permission.REGISTER_HAZARD)
            and top is not None
            and (covers(session, top, county_id) or all(covers(session, top, each) for each in region_ids))
        )
        if set(lying) != region_ids or not held:
            raise Forbidden(mark("您不能在这个区域登记隐患。"))


def prefix_for(county_code: str, draft: HazardDraft) -> str:
    """Return the part of the reference before its number: county, year of finding, category of the object."""
    year = (draft.found_on or clock.today()).year
    return f"YH-{county_code}-{year}-{draft.category or 'QT'}"


def take_step(
    session: Session,
    actor: Actor,
    hazard: Hazard,
    action: str,
    facts: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Hazard:
    """Take a step of the life; `facts` hold what the step needs and may hold its optional facts (see `inputs.INPUTS`).

    Raises Invalid for unfit facts, and what `core.lifecycle.advance` raises. `version` is that of the page.
    """
    lock(session, hazard)
    before = slot_of(hazard), _columns(hazard)
    step = HAZARD_LIFE.step(action, hazard.state)
    allowed = frozenset((*(step.needs if step else facts), *optional_facts(action)))
    person = standing_of(session, actor, hazard)
    given = cleaned(facts, allowed) if step else {}
    known = {**given, **around(session, actor, hazard, action, given)}
    attempt = Attempt(hazard, known, person, clock.now(), clock.today())
    advance(HAZARD_LIFE, action, attempt, version=version)
    apply_effects(action, attempt)
    if "responsible_unit_name" in known.get("corrections", {}):
        hazard.responsible_unit_id = unit_id_of(session, hazard.county_id, hazard.responsible_unit_name)
    _settle(session, actor, hazard, f"hazard.{action}", before)
    note_change(session, hazard)
    _follow(session, actor, hazard, action, known)
    tell(session, actor, hazard, action)
    return hazard


def mark_listed(session: Session, actor: Actor, hazard: Hazard, level: str) -> None:
    """Note that a hazard is listed (挂牌督办) at a level, or with "" that it is no longer; whoever lists it decides."""
    lock(session, hazard)
    before = slot_of(hazard), _columns(hazard)
    hazard.listed, hazard.listed_level = bool(level), level
    hazard.version += 1
    _settle(session, actor, hazard, "hazard.list" if level else "hazard.delist", before)


def update(session: Session, actor: Actor, hazard: Hazard, changes: Mapping[str, Any], version: int) -> Hazard:
    """Change editable columns (see `editing`); an ended hazard is read-only. Raises Stale, Forbidden or Invalid."""
    lock(session, hazard)
    if version != hazard.version:
        raise Stale
    person = standing_of(session, actor, hazard)
    values = cleaned_columns(changes)
    if not values.keys() <= set(editable_columns(hazard, person)):
        raise Forbidden(mark("这条隐患的这些内容现在不能由您修改。"))
    fresh = {name: value for name, value in values.items() if getattr(hazard, name) != value}
    check_values(hazard, fresh, clock.today(), person.limits)
    before = slot_of(hazard), _columns(hazard)
    for name, value in fresh.items():
        setattr(hazard, name, value)
    if "responsible_unit_name" in fresh:
        hazard.responsible_unit_id = unit_id_of(session, hazard.county_id, hazard.responsible_unit_name)
    if fresh:
        hazard.version += 1
        _settle(session, actor, hazard, "hazard.update", before)
    return hazard


def unit_id_of(session: Session, county_id: int, name: str) -> int | None:
    """Return the unit that a name means in a county, None when it is unknown or ambiguous: the name itself is kept."""
    found = resolve_unit(session, county_id, name) if name else []
    return found[0].id if len(found) == 1 else None


def _enter(session: Session, actor: Actor, draft: HazardDraft) -> Hazard:
    now, today = clock.now(), clock.today()
    prefix = prefix_for(session.get_one(Region, draft.county_id).code, draft)
    hazard = Hazard(
        **draft.columns(),
        uuid=str(uuid4()),
        reference=next_reference(session, prefix),
        state=HAZARD_LIFE.initial,
        version=1,
        original_due_on=draft.due_on,
        urgency=urgency(HAZARD_LIFE.initial, draft.due_on, None, today),
        created_at=now,
        updated_at=now,
    )
    session.add(hazard)
    session.flush()
    record(session, actor, "hazard.enter", kind="hazard", id=hazard.id, reference=hazard.reference,
           region_id=hazard.region_id, changes=_entered(draft))  # fmt: skip
    take_in_new(session.connection())
    move(session, None, slot_of(hazard))
    if not missing_elements(hazard):
        take_step(session, actor, hazard, "register", {})
    return hazard


def _follow(session: Session, actor: Actor, hazard: Hazard, action: str, known: Mapping[str, Any]) -> None:
    """Enter the hazards that a step gives rise to."""
    if action == "look_back" and known["rebounded"]:
        _reopen(session, actor, hazard, known["finding"])
    if action == "split":
        for part in dict.fromkeys(parts_of(known["parts"])):
            _enter(session, actor, _part_of(hazard, part))


def _part_of(hazard: Hazard, description: str) -> HazardDraft:
    """Draft a part with the due date of the whole; its funds are still to be said, or they would count twice."""
    return _child(hazard, "split", description=description, parent_id=hazard.id, fund_amount=None)


def _reopen(session: Session, actor: Actor, hazard: Hazard, finding: str) -> Hazard:
    """Enter what came back as a linked child; the closed record stays as it is (§5.2)."""
    found = {"found_on": clock.today(), "found_by": actor.name, "found_by_id": actor.id}
    draft = _child(hazard, "look_back", **found, due_on=None, reopened_from_id=hazard.id, remark=finding)
    return _enter(session, actor, draft)


def _child(hazard: Hazard, origin: str, **own: Any) -> HazardDraft:  # noqa: ANN401 - any column
    """Draft a hazard that takes over what is known of another one, but not what was done about that one."""
    names = set(COLUMN_NAMES) - NOT_INHERITED
    known = {name: getattr(hazard, name) for name in names}
    return HazardDraft(**{**known, "origin": origin, "origin_reference": hazard.reference, **own})


def _settle(session: Session, actor: Actor, hazard: Hazard, action: str, before: tuple[Slot, dict[str, Any]]) -> None:
    """Bring sorting number, counters and audit trail in line with a row that has changed."""
    slot, was = before
    hazard.updated_at = clock.now()
    hazard.urgency = urgency(hazard.state, hazard.due_on, hazard.review_on, _ended_on(hazard))
    session.flush()
    move(session, slot, slot_of(hazard))
    changes = {name: [plain(was[name]), plain(value)] for name, value in _columns(hazard).items() if was[name] != value}
    record(session, actor, action, kind="hazard", id=hazard.id, reference=hazard.reference,
           region_id=hazard.region_id, changes=changes)  # fmt: skip


def _ended_on(hazard: Hazard) -> date:
    """Return the day an ended hazard ended, whatever was corrected since; today for others."""
    if hazard.closed_on or hazard.state not in FINAL_STATES:
        return hazard.closed_on or clock.today()
    return clock.local(last_move(hazard.events).at).date()


NOT_INHERITED = {"progress", "fingerprint", "listed", "listed_level", "parent_id", "reopened_from_id"}
KEPT_ELSEWHERE = {"version", "urgency", "updated_at", "created_at", "fingerprint"}


def _columns(hazard: Hazard) -> dict[str, Any]:
    names = Hazard.__table__.columns.keys()
    return {name: getattr(hazard, name) for name in names if name not in KEPT_ELSEWHERE}


def _entered(draft: HazardDraft) -> dict[str, list[Any]]:
    return {name: [None, plain(value)] for name, value in draft.columns().items() if value not in (None, "", False)}
