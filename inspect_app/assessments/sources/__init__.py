"""Where the facts of indicators come from: each asked once for all counties, each with the page of its rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.assessments.period import Period
from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources import (
    of_hazards,
    of_opinions,
    of_quakes,
    of_registers,
    of_returns,
    of_visits,
    of_workplans,
)
from inspect_app.assessments.sources.source import Asked, Gather, Source
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region

__all__ = ["Asked", "Source", "gather", "sources"]


@cache
def sources() -> Mapping[str, Source]:
    """Return every fact that an indicator may use; those of registers begin with `registers.`."""
    known = (
        of_visits.SOURCES, of_hazards.SOURCES, of_returns.SOURCES, of_workplans.SOURCES, of_quakes.SOURCES,
        of_opinions.SOURCES, of_registers.declared(),
    )  # fmt: skip
    return {source.name: source for family in known for source in family}


def gather(
    session: Session, names: Iterable[str], region_ids: Collection[int], period: Period
) -> dict[int, dict[str, Fact]]:
    """Gather the named facts of every county, or every township, as of the end of the period.

    What is not known of a region, and what townships have no figure of, is left out. The number of queries does not
    depend on how many regions there are.
    """
    wanted = [sources()[name] for name in names]
    found: dict[int, dict[str, Fact]] = {key: {} for key in region_ids}
    below = _townships(session, region_ids)
    for of_townships, keys in ((False, set(region_ids) - below), (True, below)):
        if keys:
            asked = Asked(sorted(keys), period.start, period.end, of_townships)
            _gather_into(session, [each for each in wanted if each.by_township or not of_townships], asked, found)
    return found


def _gather_into(session: Session, wanted: Collection[Source], asked: Asked, found: dict[int, dict[str, Fact]]) -> None:
    together: dict[Gather, list[Source]] = defaultdict(list)
    for source in wanted:
        together[source.gather].append(source)
    for ask, family in together.items():
        figures = ask(session, [source.name for source in family], asked)
        for source in family:
            for key in asked.region_ids:
                if key in figures[source.name] or not source.absent_is_unknown:
                    found[key][source.name] = figures[source.name].get(key, Fact(0, as_of=asked.as_of))


def _townships(session: Session, region_ids: Collection[int]) -> set[int]:
    return set(session.scalars(select(Region.id).where(Region.id.in_(region_ids), Region.level == Level.TOWNSHIP)))
