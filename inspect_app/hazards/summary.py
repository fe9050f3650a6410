"""How many hazards there are, by county, grade, state and due date: kept beside the rows, read by every page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, case, delete, func, insert, select, type_coerce
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.hazards import monthly
from inspect_app.hazards.changes import told_again
from inspect_app.hazards.models import Hazard, HazardChange, HazardCount, HazardMonth
from inspect_app.hazards.rules import FINAL_STATES, LATE_STATES, NO_DUE_DATE, OPEN_STATES
from inspect_app.hazards.slots import COUNT, Key
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS, State
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible

NOTHING = (0, 0)
BELOW_COUNTY = (Level.TOWNSHIP, Level.VILLAGE)


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


def rebuild(session: Session) -> None:
    """Count everything anew from the rows, and find the telling steps again."""
    for table in (HazardCount, HazardMonth, HazardChange):
        session.execute(delete(table))
    columns = ["county_id", "grade", "state", "due_on", "count", "on_time"]
    session.execute(insert(COUNT).from_select(columns, _counted_again()))
    for (county_id, month), (found, closed) in monthly.counted_again(session).items():
        session.add(HazardMonth(county_id=county_id, month=month, found=found, closed=closed))
    session.execute(told_again())
    session.flush()


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
    names = dict(session.execute(select(Region.id, Region.name)).tuples().all())
    return [*_wrong_counts(session, region, names), *_wrong_months(session, region, names)]


def _wrong_counts(session: Session, region: Region | None, names: Mapping[int, str]) -> Iterator[str]:
    columns = (COUNT.c.county_id, COUNT.c.state, COUNT.c.due_on, COUNT.c.grade, COUNT.c.count, COUNT.c.on_time)
    kept = {Key(*row[:-2]): row[-2:] for row in session.execute(_inside(select(*columns), COUNT.c.county_id, region))}
    real = {
        Key(county, state, due, grade): (number, on_time)
        for county, grade, state, due, number, on_time in session.execute(
            _inside(_counted_again(), Hazard.county_id, region)
        )
    }
    for key in sorted(kept.keys() | real.keys()):
        (count, on_time), (number, really) = kept.get(key, NOTHING), real.get(key, NOTHING)
        where = (
            f"{names[key.county_id]} {GRADE_LABELS.get(key.grade, '等级不详')} {STATE_LABELS[key.state]} {key.due_on}"
        )
        if count != number:
            yield f"{where}：汇总为 {count}，实际为 {number}。"
        if on_time != really:
            yield f"{where} 按期销号：汇总为 {on_time}，实际为 {really}。"


def _wrong_months(session: Session, region: Region | None, names: Mapping[int, str]) -> Iterator[str]:
    rows = _inside(select(HazardMonth), HazardMonth.county_id, region).execution_options(populate_existing=True)
    kept = {(row.county_id, row.month): (row.found, row.closed) for row in session.scalars(rows)}
    inside = () if region is None else (Hazard.county_id.in_(_below(region.id)),)
    real = monthly.counted_again(session, *inside)
    for key in sorted(kept.keys() | real.keys()):
        counted, really = kept.get(key, NOTHING), real.get(key, NOTHING)
        if counted != really:
            where = f"{names[key[0]]} {key[1]:%Y-%m} 发现、销号"
            yield f"{where}：汇总为 {counted[0]}、{counted[1]}，实际为 {really[0]}、{really[1]}。"


def _counted_again() -> Any:  # noqa: ANN401 - a select of county, grade, state, due date, number, on time
    grade = func.coalesce(type_coerce(Hazard.grade, Text), "").label("known_grade")
    due = func.coalesce(Hazard.due_on, NO_DUE_DATE).label("last_day")
    on_time = (Hazard.state == State.CLOSED) & (Hazard.closed_on <= Hazard.due_on)
    number = func.coalesce(func.sum(case((on_time, 1), else_=0)), 0)
    columns = (Hazard.county_id, grade, Hazard.state, due)
    return select(*columns, func.count(), number).group_by(*columns)


def _inside(query: Any, county: Any, region: Region | None) -> Any:  # noqa: ANN401 - a select and its column
    return query if region is None else query.where(county.in_(_below(region.id)))


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
