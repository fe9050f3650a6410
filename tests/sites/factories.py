"""Sites for tests, made through the service."""

from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.sites import service
from inspect_app.sites.models import Site

WUSU, SHAWAN = "654202", "654203"
TOWNSHIP = "654202100"


def region(session: Session, code: str = WUSU) -> Region:
    """Find a region of the seeded tree."""
    return by_code(session, code)


def make_site(session: Session, code: str = TOWNSHIP, **over: Any) -> Site:  # noqa: ANN401 - fields of any kind
    """Register a school in a township of 乌苏市."""
    values: dict[str, Any] = {
        "name": "晨光小学（示例）",
        "category": "C03",
        "region_id": region(session, code).id,
        "responsible_unit": "晨光小学",
        "contact_person": "甲校长",
        "address": "晨光路 1 号",
    }
    return service.register(session, SYSTEM, **{**values, **over})
