"""Scores that were kept: the newest before a day, the last of each month, the last of each year."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import Grade, Scheme
from inspect_app.assessments.leaders.trends import Point
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.core.clock import local, start_of
from inspect_app.regions.models import RegionPath


@dataclass(frozen=True)
class KeptLine:
    """Points of an indicator and what it carried then; points None where it did not apply."""

    points: Decimal | None
    full: Decimal

    @property
    def share(self) -> Fraction | None:
        """Points as a share of what the line carried."""
        return None if self.points is None or not self.full else Fraction(self.points) / Fraction(self.full)


@dataclass(frozen=True)
class Kept:
    """What was kept of a county, `of` a month (2026-05) or a day; `share` is of the marks that applied.

    `lines` by the code of the indicator.
    """

    county_id: int
    at: datetime
    of: str
    version: int
    points: Decimal | None
    share: Fraction | None
    grade: Grade | None
    lines: Mapping[str, KeptLine]


def newest(session: Session, scheme: Scheme, period: str, county_ids: Collection[int], before: date) -> dict[int, Kept]:
    """Return what this version of a scheme said last of each county, up to a day or for the month before it."""
    early = ScoreSnapshot.computed_at < start_of(before + timedelta(days=1))
    last = select(func.max(ScoreSnapshot.id)).where(
        ScoreSnapshot.scheme_code == scheme.code,
        ScoreSnapshot.scheme_version == scheme.version,
        ScoreSnapshot.period == period,
        ScoreSnapshot.county_id.in_(county_ids),
        or_(early, ScoreSnapshot.kept_for == month_before(before)),
    )
    rows = session.scalars(select(ScoreSnapshot).where(ScoreSnapshot.id.in_(last.group_by(ScoreSnapshot.county_id))))
    return {row.county_id: kept_of(row) for row in rows}


@dataclass(frozen=True)
class Latest:
    """The newest kept score of a county, as the mean of what it belongs to asks for it."""

    county_id: int
    at: datetime
    share: Fraction | None
    grade: Grade | None


def latest_below(session: Session, scheme: str, period: str, region_id: int | None) -> list[Latest]:
    """List what was kept last of every county below a region (of all without one), without its lines."""
    last = select(func.max(ScoreSnapshot.id)).where(ScoreSnapshot.scheme_code == scheme, ScoreSnapshot.period == period)
    if region_id is not None:
        inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
        last = last.where(ScoreSnapshot.county_id.in_(inside))
    columns = select(
        ScoreSnapshot.county_id,
        ScoreSnapshot.computed_at,
        ScoreSnapshot.score,
        ScoreSnapshot.full,
        ScoreSnapshot.grade,
    )
    rows = session.execute(columns.where(ScoreSnapshot.id.in_(last.group_by(ScoreSnapshot.county_id)))).tuples()
    return [
        Latest(key, at, Fraction(score) / Fraction(full) if score is not None and full else None, _grade(grade))
        for key, at, score, full, grade in rows
    ]


def months(session: Session, scheme: str, county_ids: Collection[int], since: date) -> list[Point]:
    """List the share kept last for each month and county; what had no score is left out."""
    rows = session.execute(_scores(scheme, county_ids).where(ScoreSnapshot.computed_at >= start_of(since))).tuples()
    return _last(
        (kept_for or f"{local(at):%Y-%m}", key, score, full, version)
        for key, _year, at, kept_for, score, full, version in rows
    )


def year_ends(session: Session, scheme: str, county_ids: Collection[int]) -> list[Point]:
    """List the share kept last for each year and county; what had no score is left out."""
    rows = session.execute(_scores(scheme, county_ids)).tuples()
    return _last((year, key, score, full, version) for key, year, _at, _kept_for, score, full, version in rows)


def month_before(day: date) -> str:
    """Return the month before that of a day, as keepings are named (2026-05)."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def kept_of(row: ScoreSnapshot) -> Kept:
    """Read a snapshot."""
    lines = {line["indicator"]: KeptLine(_decimal(line["points"]), Decimal(str(line["full"]))) for line in row.lines}
    carried = sum((line.full for line in lines.values() if line.points is not None), Decimal(0))
    share = None if row.score is None or not carried else Fraction(row.score) / Fraction(carried)
    of = row.kept_for or local(row.computed_at).date().isoformat()
    return Kept(row.county_id, row.computed_at, of, row.scheme_version, row.score, share, _grade(row.grade), lines)


def _scores(
    scheme: str, county_ids: Collection[int]
) -> Select[tuple[int, str, datetime, str | None, Decimal | None, Decimal, int]]:
    columns = select(
        ScoreSnapshot.county_id,
        ScoreSnapshot.period,
        ScoreSnapshot.computed_at,
        ScoreSnapshot.kept_for,
        ScoreSnapshot.score,
        ScoreSnapshot.full,
        ScoreSnapshot.scheme_version,
    )
    wanted = columns.where(ScoreSnapshot.scheme_code == scheme, ScoreSnapshot.county_id.in_(county_ids))
    return wanted.order_by(ScoreSnapshot.id)


def _last(rows: Iterable[tuple[str, int, Decimal | None, Decimal, int]]) -> list[Point]:
    found = {(label, key): (score, full, version) for label, key, score, full, version in rows}
    return [
        Point(label, key, Fraction(score) / Fraction(full), version)
        for (label, key), (score, full, version) in sorted(found.items())
        if score is not None and full
    ]


def _grade(text: str) -> Grade | None:
    return Grade(text) if text else None


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
