"""How many hazards there are, by county, grade, state and due date: kept beside the rows, read by every page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, Text, delete, func, select, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.rules import FINAL_STATES, LATE_STATES, NO_DUE_DATE, OPEN_STATES
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS, State
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible

CHUNK = 5_000
COUNT = cast("Table", HazardCount.__table__)
BELOW_COUNTY = (Level.TOWNSHIP, Level.VILLAGE)


class Slot(NamedTuple):
    """Where a hazard is counted."""

    county_id: int
    grade: str
    state: str
    due_on: date


@dataclass(frozen=True)
class Summary:
    """Counts of a set of hazards. `by_state` and `by_grade` add up to `total`; grade "" is unknown."""

    by_state: Mapping[str, int]
    by_grade: Mapping[str, int]
    overdue: int
    overdue_by_grade: Mapping[str, int]

    @property
    def total(self) -> int:
        """All hazards, whatever became of them."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Hazards that are not ended."""
        return sum(count for state, count in self.by_state.items() if state in OPEN_STATES)

    @property
    def ended(self) -> int:
        """Hazards closed, transferred, merged or unfounded."""
        return sum(count for state, count in self.by_state.items() if state in FINAL_STATES)

    @property
    def closed(self) -> int:
        """Hazards struck off."""
        return self.by_state.get(State.CLOSED, 0)


def slot_of(hazard: Hazard) -> Slot:
    """Return where a hazard is counted now."""
    return Slot(hazard.county_id, hazard.grade or "", hazard.state, hazard.due_on or NO_DUE_DATE)


def move(session: Session, before: Slot | None, after: Slot | None) -> None:
    """Count one hazard from one slot to another; None stands for not being there."""
    if before == after:
        return
    changes: Counter[Slot] = Counter()
    if before:
        changes[before] -= 1
    if after:
        changes[after] += 1
    move_many(session, changes)


def move_many(session: Session, changes: Mapping[Slot, int]) -> None:
    """Add to (or take from) many slots in grouped writes, in one fixed order so that writers never lock crosswise."""
    rows = [{**slot._asdict(), "count": change} for slot, change in sorted(changes.items()) if change]
    statement = _upsert(session.get_bind().dialect.name)
    for start in range(0, len(rows), CHUNK):
        session.execute(statement, rows[start : start + CHUNK])
    for slot, change in changes.items():
        if change < 0:
            session.execute(delete(COUNT).where(*_at(slot), COUNT.c.count == 0))


def _upsert(dialect: str) -> Any:  # noqa: ANN401 - the insert of either dialect
    statement: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(COUNT)
    added = {"count": COUNT.c.count + statement.excluded["count"]}
    return statement.on_conflict_do_update(index_elements=list(COUNT.primary_key.columns), set_=added)


def counts(session: Session, scope: Actor | Region, today: date) -> Summary:
    """Count what a person sees, or what lies at or below a region."""
    county, region = (
        (_seen_counters(scope), _level_of(session, scope.view_region_id))
        if isinstance(scope, Actor)
        else (HazardCount.county_id.in_(_below(scope.id)), scope.level)
    )
    if region not in BELOW_COUNTY:
        return _summary(session.execute(_grouped(today).where(county)).tuples())
    rows = (
        visible(scope, Hazard.county_id, Hazard.region_id)
        if isinstance(scope, Actor)
        else Hazard.region_id.in_(_below(scope.id))
    )
    return _summary(session.execute(_grouped_rows(today).where(rows)).tuples())


def counts_by_county(session: Session, county_ids: Iterable[int], today: date) -> dict[int, Summary]:
    """Count each of many counties in one query; a county without hazards has a summary of zeros."""
    keys = list(county_ids)
    query = _grouped(today).add_columns(HazardCount.county_id).group_by(HazardCount.county_id)
    found: dict[int, list[tuple[str, str | None, int, int]]] = {key: [] for key in keys}
    for state, grade, count, late, county in session.execute(query.where(HazardCount.county_id.in_(keys))):
        found[county].append((state, grade, count, late))
    return {county: _summary(rows) for county, rows in found.items()}


def verify(session: Session, region: Region | None = None) -> list[str]:
    """Compare the counters, of one region's counties or all, with the rows; a Chinese sentence for each difference."""
    kept = {Slot(*key): count for *key, count in session.execute(_inside(select(COUNT), COUNT.c.county_id, region))}
    columns = (Hazard.county_id, type_coerce(Hazard.grade, Text), Hazard.state, Hazard.due_on)
    counted = select(*columns, func.count()).group_by(*columns)
    rows = session.execute(_inside(counted, Hazard.county_id, region))
    real = {Slot(county, grade or "", state, due or NO_DUE_DATE): n for county, grade, state, due, n in rows}
    names = dict(session.execute(select(Region.id, Region.name)).tuples().all())
    return [
        f"{names[slot.county_id]} {GRADE_LABELS.get(slot.grade, '等级不详')} {STATE_LABELS[slot.state]} {slot.due_on}："
        f"汇总为 {kept.get(slot, 0)}，实际为 {real.get(slot, 0)}。"
        for slot in sorted(kept.keys() | real.keys())
        if kept.get(slot, 0) != real.get(slot, 0)
    ]


def _inside(query: Any, county: Any, region: Region | None) -> Any:  # noqa: ANN401 - a select and its column
    return query if region is None else query.where(county.in_(_below(region.id)))


def _at(slot: Slot) -> list[ColumnElement[bool]]:
    return [COUNT.c[name] == value for name, value in slot._asdict().items()]


def _below(region_id: int) -> Any:  # noqa: ANN401 - a scalar select
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)


def _seen_counters(actor: Actor) -> ColumnElement[bool]:
    return visible(actor, HazardCount.county_id, HazardCount.county_id)


def _level_of(session: Session, region_id: int | None) -> Level | None:
    region = session.get(Region, region_id) if region_id else None
    return region.level if region else None


def _grouped(today: date) -> Any:  # noqa: ANN401 - a select of state, grade, count, overdue
    late = HazardCount.state.in_(LATE_STATES) & (HazardCount.due_on < today)
    return select(
        HazardCount.state,
        HazardCount.grade,
        func.sum(HazardCount.count),
        func.coalesce(func.sum(HazardCount.count).filter(late), 0),
    ).group_by(HazardCount.state, HazardCount.grade)


def _grouped_rows(today: date) -> Any:  # noqa: ANN401 - a select of state, grade, count, overdue
    late = Hazard.state.in_(LATE_STATES) & (Hazard.due_on < today)
    grade = type_coerce(Hazard.grade, Text)
    return select(Hazard.state, grade, func.count(), func.count().filter(late)).group_by(Hazard.state, grade)


def _summary(rows: Iterable[tuple[str, str | None, int, int]]) -> Summary:
    by_state: Counter[str] = Counter()
    by_grade: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for state, grade, count, overdue in rows:
        by_state[str(state)] += int(count)
        by_grade[grade or ""] += int(count)
        late[grade or ""] += int(overdue)
    return Summary(dict(by_state), dict(by_grade), sum(late.values()), {key: n for key, n in late.items() if n})
