"""Where the facts of indicators come from: each asked once for all counties, each with the page of its rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact
from inspect_app.core import clock
from inspect_app.hazards import facts as hazards
from inspect_app.inspections import facts as inspections
from inspect_app.registers import facts as registers

Gather = Callable[[Session, Collection[int], date, date], dict[int, Fact]]


@dataclass(frozen=True)
class Source:
    """A named fact: `gather` answers for many counties at once, `endpoint` lists the rows behind the figures.

    A county that `gather` leaves out has figures of zero, or with `absent_is_unknown` none at all.
    """

    gather: Gather
    endpoint: str
    absent_is_unknown: bool = False


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


def _of_register(name: str) -> Source:
    """Return a declared figure of a register, as of the last day of the period that has come."""

    def ask(session: Session, counties: Collection[int], _start: date, end: date) -> dict[int, Fact]:
        figures = registers.gathered(session, counties, min(end, clock.today()), [name])[name]
        return {county: Fact(*parts) for county, parts in figures.items()}

    return Source(ask, "registers.counted", absent_is_unknown=True)


@cache
def sources() -> Mapping[str, Source]:
    """Return every fact that an indicator may use; those of registers begin with `registers.`."""
    declared = {f"{REGISTERS}{name}": _of_register(name) for name in registers.labels()}
    return {**OWN, **declared}


REGISTERS = "registers."
OWN: Mapping[str, Source] = {
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
    """Gather the named facts of every county; what is not known of a county is left out."""
    found: dict[int, dict[str, Fact]] = {county: {} for county in county_ids}
    for name in names:
        source = sources()[name]
        figures = source.gather(session, county_ids, period.start, period.end)
        for county in county_ids:
            if county in figures or not source.absent_is_unknown:
                found[county][name] = figures.get(county, Fact(0))
    return found
