"""The fields of a site's card that people fill in."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class SiteFields(TypedDict, total=False):
    """What `sites.service` takes: units by name (known at once or newly made), `region_id` the finest region known."""

    name: str
    category: str
    region_id: int
    address: str
    longitude: Decimal | None
    latitude: Decimal | None
    coordinate_system: str
    credit_code: str | None
    responsible_unit: str
    supervising_unit: str
    contact_person: str
    key_object: bool
    built_year: int | None
    structure: str
    floors: int | None
    area_m2: Decimal | None
    fortification_category: str | None
    fortification_intensity: int | None
    pga_g: Decimal | None
    appraised_on: date | None
    appraisal_result: str | None
    retrofitted_on: date | None
    remaining_service_years: int | None
    active: bool


BLANK: SiteFields = {
    "name": "",
    "category": "",
    "address": "",
    "longitude": None,
    "latitude": None,
    "coordinate_system": "CGCS2000",
    "credit_code": None,
    "responsible_unit": "",
    "supervising_unit": "",
    "contact_person": "",
    "key_object": False,
    "built_year": None,
    "structure": "",
    "floors": None,
    "area_m2": None,
    "fortification_category": None,
    "fortification_intensity": None,
    "pga_g": None,
    "appraised_on": None,
    "appraisal_result": None,
    "retrofitted_on": None,
    "remaining_service_years": None,
    "active": True,
}
