"""Taking the figures of a bulletin: two queries however many counties there are, then every row judged once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from inspect_app.bulletins.definition import Followed
from inspect_app.bulletins.measures import MEASURES, RATES, HazardRow, Span, VisitRow
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.core import clock
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of

Pair = tuple[str, str]
Rows = Mapping[str, Mapping[int, Sequence[Pair]]]


@dataclass(frozen=True)
class Scope:
    """What is counted: counties of a region over some days, following up what; `campaign_id` where one is told of."""

    region: Region
    counties: Sequence[Region]
    span: Span
    followed: Followed
    campaign_id: int | None = None


def scope_of(session: Session, bulletin: Bulletin, followed: Followed, today: date) -> Scope:
    """Return what the figures of a bulletin count when they are taken on a day."""
    start, end = bulletin.starts_on, bulletin.ends_on
    since = date(start.year, 1, 1) if followed is Followed.YEAR else start
    span = Span(start, min(end, today), since, today)
    return Scope(bulletin.region, counties_of(session, bulletin.region_id), span, followed, bulletin.campaign_id)


def scope_then(session: Session, bulletin: Bulletin, query: Mapping[str, Any], today: date) -> Scope:
    """Return the scope that a frozen query names, judged on another day."""
    start, end, since = (date.fromisoformat(query[name]) for name in ("start", "end", "since"))
    counties = counties_of(session, bulletin.region_id)
    return Scope(
        bulletin.region, counties, Span(start, end, since, today), Followed(query["followed"]), query["campaign"]
    )


def take(session: Session, bulletin: Bulletin, scope: Scope) -> list[BulletinFigure]:
    """Take every figure anew and keep them under the next number of gathering, the whole region's first."""
    bulletin.gathering += 1
    bulletin.gathered_at = clock.now()
    rows = rows_of(session, scope)
    made = [_figure(bulletin, scope, number, each) for number, each in enumerate(_figures(scope, rows), start=1)]
    session.add_all(made)
    session.flush()
    return made


def take_over(session: Session, old: Bulletin, new: Bulletin) -> None:
    """Let a correction begin with the figures of what it corrects, as they were taken then."""
    new.gathering, new.gathered_at = 1, old.gathered_at
    kept = select(BulletinFigure).where(BulletinFigure.bulletin_id == old.id, BulletinFigure.gathering == old.gathering)
    for each in session.scalars(kept.order_by(BulletinFigure.number)).all():
        session.add(
            BulletinFigure(
                bulletin_id=new.id, gathering=1, number=each.number, name=each.name, region_id=each.region_id,
                numerator=each.numerator, denominator=each.denominator, rows=each.rows, query=each.query,
                taken_at=each.taken_at,
            )
        )  # fmt: skip
    session.flush()


def rows_of(session: Session, scope: Scope) -> Rows:
    """Return for each measure and county the rows it takes, as (reference, state), in order of reference."""
    found: dict[str, dict[int, list[Pair]]] = {name: {county.id: [] for county in scope.counties} for name in MEASURES}
    for row in _hazards(session, scope):
        for name, measure in MEASURES.items():
            if measure.hazards and measure.hazards(row, scope.span):
                found[name][row.county_id].append((row.reference, row.state))
    for visit in _visits(session, scope):
        for name, measure in MEASURES.items():
            if measure.visits and measure.visits(visit, scope.span):
                found[name][visit.county_id].append((visit.reference, visit.state))
    return found


@dataclass(frozen=True)
class _Counted:
    """A figure before it is kept."""

    name: str
    region: Region
    numerator: int
    denominator: int | None = None
    rows: Sequence[Pair] = ()


def _figures(scope: Scope, rows: Rows) -> Iterator[_Counted]:
    for region in (scope.region, *scope.counties):
        whole = region is scope.region
        counties = scope.counties if whole else [region]
        counted = {name: sum(len(rows[name][county.id]) for county in counties) for name in MEASURES}
        for name in MEASURES:
            yield _Counted(name, region, counted[name], rows=() if whole else rows[name][region.id])
        for name, rate in RATES.items():
            yield _Counted(name, region, counted[rate.numerator], counted[rate.denominator])


def _figure(bulletin: Bulletin, scope: Scope, number: int, counted: _Counted) -> BulletinFigure:
    return BulletinFigure(
        bulletin_id=bulletin.id, gathering=bulletin.gathering, number=number, name=counted.name, region=counted.region,
        numerator=counted.numerator, denominator=counted.denominator, rows=[list(pair) for pair in counted.rows],
        query=_query(scope, counted.name, counted.region), taken_at=bulletin.gathered_at or clock.now(),
    )  # fmt: skip


def _query(scope: Scope, name: str, region: Region) -> dict[str, Any]:
    """Write down what was asked, so that anybody can ask it again."""
    span = scope.span
    return {
        "name": name,
        "says": MEASURES[name].says if name in MEASURES else RATES[name].says,
        "region": region.code,
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
        "since": span.since.isoformat(),
        "on": span.today.isoformat(),
        "followed": scope.followed.value,
        "campaign": scope.campaign_id,
    }


def _hazards(session: Session, scope: Scope) -> Iterator[HazardRow]:
    """Read the hazards that any measure may take, and mark the ones that are followed up."""
    span, of_campaign = scope.span, _of_campaign(scope)
    followed = of_campaign if scope.campaign_id else Hazard.found_on.between(span.since, span.end)
    columns = (
        Hazard.reference, Hazard.county_id, Hazard.state, Hazard.grade, Hazard.found_on, Hazard.due_on,
        Hazard.closed_on, Hazard.looked_back_on, Hazard.rebounded,
    )  # fmt: skip
    wanted = followed if scope.campaign_id else or_(followed, _touched(span))
    query = select(*columns, followed.label("followed")).where(
        Hazard.county_id.in_([county.id for county in scope.counties]), wanted
    )
    for row in session.execute(query.order_by(Hazard.reference)).tuples():
        reference, county, state, grade, found, due, closed, looked, rebounded, is_followed = row
        yield HazardRow(
            reference, county, state, grade or "", found, due, closed, looked, rebounded, bool(is_followed)
        )  # fmt: skip


def _touched(span: Span) -> ColumnElement[bool]:
    """Return the condition that something of a hazard falls into the period, or that nobody knows when it was found."""
    days = (Hazard.closed_on, Hazard.due_on, Hazard.looked_back_on)
    undated = and_(Hazard.found_on.is_(None), Hazard.state.in_(OPEN_STATES))
    return or_(undated, *(day.between(span.start, span.end) for day in days))


def _of_campaign(scope: Scope) -> ColumnElement[bool]:
    visits = select(Inspection.reference).where(
        Inspection.campaign_id == scope.campaign_id, Inspection.state.in_(DONE_STATES)
    )
    return and_(Hazard.origin == "inspection", Hazard.origin_reference.in_(visits))


def _visits(session: Session, scope: Scope) -> Iterator[VisitRow]:
    """Read the visits submitted in the period: those of the campaign, or all but what counties checked themselves."""
    span = scope.span
    wanted = Inspection.campaign_id == scope.campaign_id if scope.campaign_id else Inspection.kind != SELF_CHECK
    query = select(Inspection.reference, Inspection.county_id, Inspection.state, Inspection.submitted_on).where(
        Inspection.county_id.in_([county.id for county in scope.counties]),
        Inspection.state.in_(DONE_STATES),
        Inspection.submitted_on.between(span.start, span.end),
        wanted,
    )
    for row in session.execute(query.order_by(Inspection.reference)).tuples():
        yield VisitRow(*row)
