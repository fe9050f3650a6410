"""Reading the inventory: one visibility rule, filters, keyset pages that cost the same however many rows there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, load_only

from inspect_app.access.actor import Actor
from inspect_app.access.scope import level_of
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.rules import FINAL_STATES, LATE_STATES, NO_DUE_DATE, OPEN_STATES
from inspect_app.hazards.search import Look, look_up
from inspect_app.hazards.words import State
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible

__all__ = ["Found", "HazardFilter", "HazardPage", "by_reference", "conditions", "count", "linked", "page", "visible_to"]

COUNT_LIMIT = 2_000
FEW = 1_000
LAST_DUE_DATE = NO_DUE_DATE - timedelta(days=1)
CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})")
BELOW_COUNTY = (Level.TOWNSHIP, Level.VILLAGE)
LISTED = (
    Hazard.reference, Hazard.county_id, Hazard.region_id, Hazard.site_name, Hazard.category, Hazard.description,
    Hazard.grade, Hazard.state, Hazard.due_on, Hazard.found_on, Hazard.responsible_unit_name, Hazard.urgency,
)  # fmt: skip


@dataclass(frozen=True)
class HazardPage:
    """Rows of one page, and the cursor of the next one (None on the last)."""

    rows: Sequence[Hazard]
    after: str | None


@dataclass(frozen=True)
class Found:
    """How many rows a filter finds; `capped` when there are more than were counted."""

    number: int
    capped: bool = False


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the hazards this person may see."""
    return visible(actor, Hazard.county_id, Hazard.region_id)


def by_reference(session: Session, actor: Actor, reference: str) -> Hazard:
    """Find a hazard; NotFound when it does not exist for this person."""
    found = session.scalar(select(Hazard).where(Hazard.reference == reference, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def linked(session: Session, actor: Actor, hazard: Hazard) -> list[Hazard]:
    """List the hazards that a hazard came from, is a part of, came back as, was merged into or took in, if visible."""
    others = select(Hazard).where(visible_to(actor)).order_by(Hazard.id)
    keys = [key for key in (hazard.reopened_from_id, hazard.merged_into_id, hazard.parent_id) if key]
    back = (Hazard.reopened_from_id, Hazard.merged_into_id, Hazard.parent_id)
    ways = (Hazard.id.in_(keys), *(column == hazard.id for column in back))
    found = [session.scalars(others.where(way)).all() for way in ways[0 if keys else 1 :]]
    return [other for group in found for other in group]


def conditions(
    session: Session, actor: Actor, wanted: HazardFilter, *, look: Look | None = None, walking: bool = False
) -> list[ColumnElement[bool]]:
    """Return what a row must satisfy to be shown to this person under a filter (see `search` for look and walking)."""
    places = [*_seen(actor, walking=walking), *_place(wanted, walking=walking)]
    words = (look or look_up(session, wanted.text)).said(walking=walking)
    return [*places, *_sorts(wanted), *_span(wanted), *_days(wanted), *words]


def page(session: Session, actor: Actor, wanted: HazardFilter, after: str | None = None, size: int = 50) -> HazardPage:
    """Return one page; `after` is the cursor of the page before (an unreadable one starts from the beginning).

    Rows carry the columns a list shows, with county and region; other columns are loaded when asked for.
    """
    look = look_up(session, wanted.text)
    return _page(session, actor, wanted, look, after, size, few=_are_few(session, actor, wanted, look))


def page_and_count(
    session: Session, actor: Actor, wanted: HazardFilter, after: str | None = None, size: int = 50
) -> tuple[HazardPage, Found]:
    """Return a page and how many there are, with what both need asked once."""
    look = look_up(session, wanted.text)
    total = count(session, actor, wanted, look)
    if not total.number:
        return HazardPage([], None), total
    few = _are_few(session, actor, wanted, look, total)
    return _page(session, actor, wanted, look, after, size, few=few), total


def _page(
    session: Session, actor: Actor, wanted: HazardFilter, look: Look, after: str | None, size: int, *, few: bool
) -> HazardPage:
    places = (joinedload(Hazard.county).load_only(Region.name), joinedload(Hazard.region).load_only(Region.name))
    asked = conditions(session, actor, wanted, look=look, walking=not few)
    query = select(Hazard).where(*asked).options(load_only(*LISTED), *places)
    if wanted.by == "found":
        rows = _latest_found(session, query, after, size + 1)
    else:
        rows = session.scalars(_urgent(query, after, few=few).limit(size + 1)).all()
    more = len(rows) > size
    return HazardPage(rows[:size], _cursor(rows[size - 1], wanted.by) if more else None)


def first_references(session: Session, actor: Actor, wanted: HazardFilter, limit: int) -> list[str]:
    """Return the references of the most urgent hazards that a filter finds."""
    look = look_up(session, wanted.text)
    few = _are_few(session, actor, wanted, look)
    query = select(Hazard.reference).where(*conditions(session, actor, wanted, look=look, walking=not few))
    return list(session.scalars(_urgent(query, None, few=few).limit(limit)))


def count(session: Session, actor: Actor, wanted: HazardFilter, look: Look | None = None) -> Found:
    """Count what a filter finds: from the kept counters where they can tell, else row by row up to a limit."""
    tops = [key for key in (None if actor.role is None else actor.view_region_id, wanted.region_id) if key]
    if wanted.is_counted() and not any(level_of(key) in BELOW_COUNTY for key in tops):
        return Found(session.scalar(_from_counters(actor, wanted)) or 0)
    some = select(Hazard.id).where(*conditions(session, actor, wanted, look=look)).limit(COUNT_LIMIT + 1).subquery()
    number = session.scalar(select(func.count()).select_from(some)) or 0
    return Found(min(number, COUNT_LIMIT), capped=number > COUNT_LIMIT)


def _below(region_id: int) -> Any:  # noqa: ANN401 - a select of keys
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)


def _seen(actor: Actor, *, walking: bool) -> list[ColumnElement[bool]]:
    """Return the visibility rule, for a person of one county with that county named plainly for the indexes' sake."""
    top = None if actor.role is None else actor.view_region_id
    if top is None or level_of(top) != Level.COUNTY:
        return [visible(actor, Hazard.county_id + 0 if walking else Hazard.county_id, Hazard.region_id)]
    return [visible(actor, Hazard.county_id + 0, Hazard.region_id), Hazard.county_id == top]


def _place(wanted: HazardFilter, *, walking: bool) -> list[ColumnElement[bool]]:
    """Return the region asked for; who walks along the order must not be led to sort all of many counties instead."""
    if wanted.region_id is None:
        return []
    level = level_of(wanted.region_id)
    if level == Level.COUNTY:
        return [Hazard.county_id == wanted.region_id]
    if level in BELOW_COUNTY:
        return [Hazard.region_id.in_(_below(wanted.region_id))]
    return [(Hazard.county_id + 0 if walking else Hazard.county_id).in_(_below(wanted.region_id))]


def _span(wanted: HazardFilter) -> list[ColumnElement[bool]]:
    """Bound the sorting number by what is asked for: the index skips the rest.

    Where the states are all open or all ended; and from the first due date on, since it is the due date of what is open
    and a later number for anything else.
    """
    first = [] if wanted.due_from is None else [Hazard.urgency >= wanted.due_from.toordinal()]
    if wanted.states and wanted.states <= OPEN_STATES:
        return [*first, Hazard.urgency <= NO_DUE_DATE.toordinal()]
    ended = bool(wanted.states) and wanted.states <= FINAL_STATES
    return [*first, Hazard.urgency > NO_DUE_DATE.toordinal()] if ended else first


def _sorts(wanted: HazardFilter) -> list[ColumnElement[bool]]:
    asked = [
        (wanted.states, Hazard.state.in_(wanted.states)),
        (wanted.grades, _grade(wanted.grades)),
        (wanted.categories, Hazard.category.in_(wanted.categories)),
        (wanted.origin, Hazard.origin == wanted.origin),
        (wanted.batch_id is not None, Hazard.batch_id == wanted.batch_id),
        (wanted.site_id is not None, Hazard.site_id == wanted.site_id),
        (wanted.rebounded is not None, Hazard.rebounded.is_(wanted.rebounded)),
        (wanted.listed is not None, Hazard.listed.is_(wanted.listed)),
        (wanted.on_time is True, Hazard.closed_on <= Hazard.due_on),
        (wanted.on_time is False, or_(Hazard.closed_on.is_(None), Hazard.closed_on > Hazard.due_on)),
        (wanted.overdue, _late()),
        (wanted.item_code, Hazard.item_code == wanted.item_code),
    ]
    return [condition for given, condition in asked if given]


def _grade(grades: frozenset[str]) -> ColumnElement[bool]:
    known = Hazard.grade.in_([grade for grade in grades if grade])
    return or_(known, Hazard.grade.is_(None)) if "" in grades else known


def _late() -> ColumnElement[bool]:
    """Say overdue by the sorting number, which is the due date of what is open: the index answers."""
    return and_(Hazard.urgency < clock.today().toordinal(), Hazard.state != State.SUSPENDED)


def _days(wanted: HazardFilter) -> list[ColumnElement[bool]]:
    ranges: list[tuple[Any, date | None, date | None]] = [
        (Hazard.due_on, wanted.due_from, wanted.due_to),
        (Hazard.found_on, wanted.found_from, wanted.found_to),
        (Hazard.looked_back_on, wanted.looked_back_from, wanted.looked_back_to),
        (Hazard.review_on, None, wanted.review_to),
        (Hazard.closed_on, None, wanted.closed_to),
    ]
    since = [column >= first for column, first, _last in ranges if first]
    until = [column <= last for column, _first, last in ranges if last]
    left = [or_(Hazard.closed_on.is_(None), Hazard.closed_on > wanted.open_on)] if wanted.open_on else []
    return since + until + left


def _are_few(session: Session, actor: Actor, wanted: HazardFilter, look: Look, total: Found | None = None) -> bool:
    """Tell whether rows are better found by words, or by place and state, and sorted, than met along the order."""
    if wanted.text:
        return look.few
    placed = actor.role is not None or wanted.region_id is not None
    if not (placed and wanted.is_counted() and (wanted.states or wanted.overdue)):
        return False
    return (total or count(session, actor, wanted, look)).number <= FEW


def _urgent(query: Any, after: str | None, *, few: bool) -> Any:  # noqa: ANN401 - a select of hazards
    if place := CURSOR.fullmatch(after or ""):
        query = query.where(tuple_(Hazard.urgency, Hazard.id) > (int(place[1]), int(place[2])))
    return query.order_by(Hazard.urgency + 0 if few else Hazard.urgency, Hazard.id)


def _latest_found(session: Session, query: Any, after: str | None, limit: int) -> Sequence[Hazard]:  # noqa: ANN401
    """Read dated rows, then undated ones: two ranges of one index, where a single order over nulls would be sorted."""
    dated = query.where(Hazard.found_on.is_not(None)).order_by(Hazard.found_on.desc(), Hazard.id.desc())
    undated = query.where(Hazard.found_on.is_(None)).order_by(Hazard.id.desc())
    place = CURSOR.fullmatch(after or "")
    if place and int(place[1]):
        day = date.fromordinal(min(int(place[1]), NO_DUE_DATE.toordinal()))
        dated = dated.where(tuple_(Hazard.found_on, Hazard.id) < (day, int(place[2])))
    elif place:
        return session.scalars(undated.where(Hazard.id < int(place[2])).limit(limit)).all()
    rows = session.scalars(dated.limit(limit)).all()
    return rows if len(rows) == limit else [*rows, *session.scalars(undated.limit(limit - len(rows)))]


def _cursor(last: Hazard, by: str) -> str:
    number = (last.found_on.toordinal() if last.found_on else 0) if by == "found" else last.urgency
    return f"{number}.{last.id}"


def _from_counters(actor: Actor, wanted: HazardFilter) -> Any:  # noqa: ANN401 - a select of one number
    kept = HazardCount
    asked = [
        (wanted.region_id is not None, kept.county_id.in_(_below(wanted.region_id or 0))),
        (wanted.states, kept.state.in_(wanted.states)),
        (wanted.grades, kept.grade.in_(wanted.grades)),
        (wanted.overdue, kept.state.in_(LATE_STATES) & (kept.due_on < clock.today())),
        (wanted.due_from, kept.due_on >= (wanted.due_from or NO_DUE_DATE)),
        (wanted.due_from or wanted.due_to, kept.due_on <= (wanted.due_to or LAST_DUE_DATE)),
    ]
    return select(func.sum(kept.count)).where(
        visible(actor, kept.county_id, kept.county_id), *(condition for given, condition in asked if given)
    )
