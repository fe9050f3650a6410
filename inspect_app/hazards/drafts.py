"""What a finder knows of a hazard when it enters the inventory."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from inspect_app.hazards.words import Grade, MeasureType


class HazardDraft(NamedTuple):
    """Columns of a hazard as its finder fills them; what is unknown stays at its default.

    `category` is the checklist code of the object (C03), part of the reference; `found_on` None means unknown.
    A tuple, since a return brings a hundred thousand of them: the columns of all are then one `zip` away.
    """

    county_id: int
    region_id: int
    origin: str
    description: str
    origin_reference: str = ""
    item_code: str = ""
    inspection_kind: str = ""
    site_id: int | None = None
    site_name: str = ""
    category: str = ""
    location: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    found_on: date | None = None
    found_unit: str = ""
    found_by: str = ""
    found_by_id: int | None = None
    hazard_kind: str = ""
    grade: Grade | None = None
    severity: int | None = None
    native_grade: str = ""
    basis: str = ""
    requirement: str = ""
    responsible_unit_id: int | None = None
    responsible_unit_name: str = ""
    responsible_person: str = ""
    responsible_leader: str = ""
    supervising_unit_id: int | None = None
    supervising_unit_name: str = ""
    supervising_person: str = ""
    measures: str = ""
    measure_type: MeasureType | None = None
    fund_amount: Decimal | None = None
    fund_source: str = ""
    due_on: date | None = None
    interim_control: str = ""
    emergency_plan: str = ""
    progress: str = ""
    listed: bool = False
    listed_level: str = ""
    reopened_from_id: int | None = None
    parent_id: int | None = None
    remark: str = ""
    fingerprint: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the columns by name."""
        return self._asdict()


COLUMN_NAMES = HazardDraft._fields
