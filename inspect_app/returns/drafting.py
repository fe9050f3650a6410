"""From a row of a return to the finding it enters into the inventory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.words import Grade
from inspect_app.returns.plan import Creation

ORIGIN = "return"
GRADES = {grade.value: grade for grade in Grade}


@dataclass(frozen=True)
class Directory:
    """What names of a file stand for in its county: townships by code, units by any name, objects by name."""

    county_id: int
    reference: str
    townships: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    sites: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def draft_of(creation: Creation, directory: Directory) -> HazardDraft:
    """Return the finding of a row; what has no key in the county (place, object, unit) is kept by its name."""
    row = creation.row
    site_id, category = directory.sites.get(row.site or "", (None, ""))
    return HazardDraft(
        county_id=directory.county_id,
        region_id=directory.townships.get(row.township_code or "", directory.county_id),
        origin=ORIGIN,
        origin_reference=directory.reference,
        description=row.description,
        site_id=site_id,
        site_name=row.site or "",
        category=category,
        location="" if row.township_code else row.township or "",
        found_on=row.found_on,
        grade=GRADES.get(row.grade or ""),
        responsible_unit_id=directory.units.get(row.responsible_unit),
        responsible_unit_name=row.responsible_unit,
        responsible_person=row.responsible_person or "",
        measures=row.measures or "",
        due_on=row.due_on,
        progress=creation.progress,
        remark=creation.row.remark or "",
        fingerprint=creation.fingerprint,
    )
