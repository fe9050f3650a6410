"""The coverage of a region in a year, as page, workbook and command tell it: one computation for all three."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections import coverage_lists
from inspect_app.inspections.coverage import MONTHS, Coverage, Share, coverage, months
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, covers
from inspect_app.sites.models import Site

WEEK = 7
PLACES = 4


@dataclass(frozen=True)
class YearCoverage:
    """All figures of a region and its counties from 1 January to `end`; `months` has twelve counts a county."""

    region: Region
    year: int
    start: date
    end: date
    whole: Coverage
    counties: Sequence[tuple[Region, Coverage]]
    months: Mapping[int, Sequence[int]]

    def months_of(self, county: Region) -> Sequence[int]:
        """Return the counts of the twelve months of a county."""
        return self.months.get(county.id, (0,) * MONTHS)

    @property
    def weeks_left(self) -> int:
        """Whole weeks until the end of the year; 0 once it is over."""
        return max(0, (date(self.year, 12, 31) - self.end).days // WEEK)


@dataclass(frozen=True)
class Uncovered:
    """What nobody has visited yet, and the township-level units that no denominator counts."""

    counties: Sequence[Region]
    townships: Sequence[Region]
    sites: Sequence[Site]
    excluded: Sequence[Region]


def year_of(session: Session, region: Region, year: int) -> YearCoverage:
    """Compute the coverage of a year, as far as it has gone; Invalid for a year that has not begun."""
    today = clock.today()
    if not 2000 <= year <= today.year:  # noqa: PLR2004 - no records are older
        raise Invalid({"year": [mark("年份应在 2000 年至今年之间。")]})
    start, end = date(year, 1, 1), min(date(year, 12, 31), today)
    counties = counties_of(session, region.id)
    found = coverage(session, [region.id, *(each.id for each in counties)], start, end)
    return YearCoverage(
        region,
        year,
        start,
        end,
        found[region.id],
        [(each, found[each.id]) for each in counties],
        months(session, region.id, year),
    )


def uncovered(session: Session, known: YearCoverage, limit: int | None = None) -> Uncovered:
    """List what is still uncovered; `limit` bounds the sites, of which there may be thousands."""
    where = (session, known.region.id, known.start, known.end)
    return Uncovered(
        coverage_lists.uncovered_counties(*where),
        coverage_lists.uncovered_townships(*where),
        coverage_lists.uncovered_sites(*where, limit=limit),
        coverage_lists.excluded_townships(session, known.region.id, known.end),
    )


def check_in_sight(session: Session, actor: Actor, region: Region) -> None:
    """Answer for a region out of sight as for one that is not there."""
    if actor.role is None:
        return
    if actor.view_region_id is None or not covers(session, actor.view_region_id, region.id):
        raise NotFound


def as_json(known: YearCoverage, missing: Uncovered) -> dict[str, Any]:
    """Return the figures as the command prints them."""
    return {
        "region": known.region.code,
        "name": known.region.name,
        "year": known.year,
        "until": known.end.isoformat(),
        "weeks_left": known.weeks_left,
        **_figures(known.whole),
        "by_county": [
            {"code": county.code, "name": county.name, **_figures(found), "months": list(known.months_of(county))}
            for county, found in known.counties
        ],
        "uncovered": {
            "counties": [each.code for each in missing.counties],
            "townships": [each.code for each in missing.townships],
            "sites": [each.reference for each in missing.sites],
        },
        "excluded_townships": [each.code for each in missing.excluded],
    }


def _figures(found: Coverage) -> dict[str, Any]:
    return {
        "special_inspections": found.special_inspections,
        "counties": _share(found.counties),
        "townships": _share(found.townships),
        "sites": _share(found.sites.all),
        "key_objects": _share(found.sites.key_objects),
        "sites_by_category": {code: _share(share) for code, share in found.sites.by_category.items()},
    }


def _share(share: Share) -> dict[str, Any]:
    rate = None if share.rate is None else str(round(share.rate, PLACES).normalize() or Decimal(0))
    return {"covered": share.done, "all": share.whole, "rate": rate}
