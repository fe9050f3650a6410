"""What people fill in when they draw up a campaign."""

from datetime import date
from typing import TypedDict

from inspect_app.campaigns.rules import Aim


class CampaignFields(TypedDict, total=False):
    """What `campaigns.service` takes: units by name, the leading one apart, regions by key, lists by code."""

    title: str
    kind: str
    document_number: str
    starts_on: date
    ends_on: date
    region_ids: list[int]
    lead_unit: str
    cooperating_units: list[str]
    categories: list[str]
    checklist_codes: list[str]
    key_counties: bool
    key_objects: bool
    aim: Aim
    requirements: str
