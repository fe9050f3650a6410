"""The rows behind a figure, found for one region: what is counted, and what of it counts as reached."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.period import Period
from inspect_app.assessments.sources import Asked, Source, sources
from inspect_app.core.counted import Counted, total
from inspect_app.core.errors import NotFound
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, covers

NUMERATOR, DENOMINATOR = "numerator", "denominator"
ASSESSED = (Level.COUNTY, Level.TOWNSHIP)


@dataclass(frozen=True)
class Behind:
    """The rows of one part of a fact; `missing` are those still to be reached, None where none can be named."""

    source: Source
    region: Region
    period: Period
    part: str
    rows: Sequence[Counted]
    missing: Sequence[Counted] | None

    @property
    def total(self) -> Decimal:
        """The figure itself."""
        return total(self.rows)


def behind(session: Session, actor: Actor, name: str, code: str, period: Period, part: str) -> Behind:
    """Find the rows behind a part of a figure; NotFound for an unknown fact and for a region out of sight."""
    source = sources().get(name)
    if source is None or source.rows is None:
        raise NotFound
    region = region_in_scope(session, actor, code)
    asked = Asked([region.id], period.start, period.end, region.level is Level.TOWNSHIP)
    part = NUMERATOR if source.counts or part != DENOMINATOR else DENOMINATOR
    reached = source.rows(session, name, asked, NUMERATOR)
    if source.counts:
        return Behind(source, region, period, part, reached, None)
    whole = source.rows(session, name, asked, DENOMINATOR)
    gaps = _missing(reached, whole) if source.gaps else None
    return Behind(source, region, period, part, reached if part == NUMERATOR else whole, gaps)


def region_in_scope(session: Session, actor: Actor, code: str) -> Region:
    """Find an assessed county or township by its code; one out of sight is not found."""
    try:
        region = by_code(session, code)
    except NotFound as absent:
        raise NotFound from absent
    seen = actor.role is None or (actor.view_region_id is not None and covers(session, actor.view_region_id, region.id))
    if region.level not in ASSESSED or not seen:
        raise NotFound
    return region


def _missing(reached: Sequence[Counted], whole: Sequence[Counted]) -> list[Counted]:
    """Leave the rows that count below the line and add less above it."""
    added: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in reached:
        added[row.thing, row.reference] += Decimal(row.amount)
    return [row for row in whole if row.amount and added[row.thing, row.reference] < row.amount]
