"""Where anybody ever looked: the regions in which a list was answered."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.checklists.models import ChecklistVersion
from inspect_app.inspections.coverage_conditions import done
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.regions.models import RegionPath


def with_list(session: Session, region_ids: Collection[int], code: str, until: date) -> set[int]:
    """Return those of the regions in which a visit with a list was submitted on or before a day, of any kind."""
    query = (
        select(RegionPath.ancestor_id)
        .distinct()
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .join(Sheet, Sheet.inspection_id == Inspection.id)
        .join(ChecklistVersion, ChecklistVersion.id == Sheet.checklist_version_id)
        .where(RegionPath.ancestor_id.in_(region_ids), ChecklistVersion.code == code, *done(date.min, until))
    )
    return set(session.scalars(query))
