"""Where the facts of indicators come from: each asked once for all counties, each with the page of its rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact
from inspect_app.core import clock
from inspect_app.hazards import facts as hazards
from inspect_app.inspections import facts as inspections

Gather = Callable[[Session, Collection[int], date, date], dict[int, Fact]]


@dataclass(frozen=True)
class Source:
    """A named fact: `gather` answers for many counties at once, `endpoint` lists the rows behind the figures."""

    gather: Gather
    endpoint: str


def _ratio(ask: Callable[[Session, Collection[int], date, date], Mapping[int, tuple[int, int]]]) -> Gather:
    return lambda session, counties, start, end: {
        county: Fact(*figures) for county, figures in ask(session, counties, start, end).items()
    }


def _count(ask: Callable[[Session, Collection[int], date, date], Mapping[int, int]]) -> Gather:
    return lambda session, counties, start, end: {
        county: Fact(figure) for county, figure in ask(session, counties, start, end).items()
    }


def _as_of_today(
    ask: Callable[[Session, Collection[int], date, date, date], Mapping[int, tuple[int, int]]],
) -> Gather:
    return _ratio(lambda session, counties, start, end: ask(session, counties, start, end, clock.today()))


SOURCES: Mapping[str, Source] = {
    "special_inspections": Source(_count(inspections.special_inspections), "inspections.index"),
    "coverage": Source(_ratio(inspections.coverage), "inspections.index"),
    "self_checks": Source(_as_of_today(inspections.self_checks), "inspections.index"),
    "self_check_differences": Source(_ratio(inspections.self_check_differences), "inspections.index"),
    "closed_on_time": Source(_as_of_today(hazards.closed_on_time), "hazards.index"),
    "major_cleared": Source(_as_of_today(hazards.major_cleared), "hazards.index"),
    "rebounds": Source(_as_of_today(hazards.rebounds), "hazards.index"),
}


def gather(
    session: Session, names: Iterable[str], county_ids: Collection[int], period: Period
) -> dict[int, dict[str, Fact]]:
    """Gather the named facts of every county; a county that a source does not mention has figures of zero."""
    found: dict[int, dict[str, Fact]] = {county: {} for county in county_ids}
    for name in names:
        figures = SOURCES[name].gather(session, county_ids, period.start, period.end)
        for county in county_ids:
            found[county][name] = figures.get(county, Fact(0))
    return found
