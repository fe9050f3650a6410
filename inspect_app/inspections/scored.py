"""What objects scored on a list: of each object the latest visit of the period counts, as the kinds of coverage say."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.checklists.models import ChecklistVersion
from inspect_app.inspections.coverage_conditions import counting
from inspect_app.inspections.coverage_definition import load_counting
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site

ORDINARY, SHELTERS = "C02", "C11"
PASS_MARK = Decimal(80)


class Scored(NamedTuple):
    """What an object scored (0-100) on the latest visit with the list."""

    visit: str
    site: str
    score: Decimal
    vetoed: bool

    @property
    def passed(self) -> bool:
        """Tell whether the object reached the mark of domain reference §6.2 (M3) without a veto."""
        return self.score >= PASS_MARK and not self.vetoed


def scored(
    session: Session, region_ids: Collection[int], code: str, start: date, end: date
) -> Mapping[int, list[Scored]]:
    """Return the objects at or below each region that were scored on a list in the period, by reference."""
    query = (
        select(
            RegionPath.ancestor_id, Site.id, Inspection.reference, Site.name, Sheet.score, Sheet.vetoed,
        )
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .join(Sheet, Sheet.inspection_id == Inspection.id)
        .join(ChecklistVersion, ChecklistVersion.id == Sheet.checklist_version_id)
        .join(Site, Site.id == Inspection.site_id)
        .where(RegionPath.ancestor_id.in_(region_ids), ChecklistVersion.code == code, Sheet.score.is_not(None))
        .where(*counting(load_counting().sites, start, end))
        .order_by(Site.reference, Inspection.submitted_at, Inspection.id)
    )  # fmt: skip
    latest: dict[int, dict[int, Scored]] = {key: {} for key in region_ids}
    for key, site, visit, name, score, vetoed in session.execute(query).tuples():
        if score is not None:
            latest[key][site] = Scored(visit, name, score, vetoed)
    return {key: list(found.values()) for key, found in latest.items()}


def projects_passed(
    session: Session, region_ids: Collection[int], start: date, end: date
) -> dict[int, tuple[int, int]]:
    """Count the ordinary projects of each region that passed, and those visited."""
    found = scored(session, region_ids, ORDINARY, start, end)
    return {key: (sum(each.passed for each in rows), len(rows)) for key, rows in found.items()}


def shelter_scores(
    session: Session, region_ids: Collection[int], start: date, end: date
) -> dict[int, tuple[Decimal, int]]:
    """Add up what the shelters of each region scored, and count those visited: their quotient is the mean."""
    found = scored(session, region_ids, SHELTERS, start, end)
    return {key: (added(rows), len(rows)) for key, rows in found.items()}


def added(rows: Iterable[Scored]) -> Decimal:
    """Add up scores."""
    return sum((each.score for each in rows), Decimal(0))
