"""Visits for tests, brought to their states through the services."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.evidence.service import prepare_photo
from inspect_app.inspections import proofs, queries, service
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import make_site, region

GOOD: Mapping[str, Mapping[str, Any]] = {
    "C03-01": {"numerator": "4", "denominator": "4"},
    "C03-02": {"numerator": "3", "denominator": "3"},
    "C03-03": {"na": True},
    "C03-04": {"na": True},
    "C03-05": {"value": "no"},
    "C03-06": {"value": "na"},
    "C03-07": {"value": "no"},
    "C03-08": {"value": "yes"},
    "C03-09": {"value": "yes"},
    "C03-10": {"value": "yes"},
    "C03-11": {"value": "no"},
    "C03-12": {"value": "9"},
    "C03-13": {"value": "95"},
    "C03-14": {"value": "yes"},
    "C03-15": {"value": "na"},
    "C03-16": {"value": "no"},
}
WITH_PHOTO = ("C03-08", "C03-09", "C03-10")
WUSU = "654202"


def make_team(session: Session, code: str = WUSU, size: int = 2) -> list[User]:
    """Make inspectors of a county."""
    return [make_user(session, Role.INSPECTOR, region(session, code)) for _ in range(size)]


def make_visit(session: Session, *, team: Sequence[User] = (), site: Site | None = None, **over: Any) -> Inspection:  # noqa: ANN401
    """Plan a special inspection of a school for today."""
    values: dict[str, Any] = {
        "site": site or make_site(session),
        "kind": "special",
        "planned_on": clock.today(),
        "inspector_ids": [user.id for user in team or make_team(session)],
        "checklist_codes": ["C03"],
    }
    return service.plan(session, SYSTEM, **{**values, **over})


def lead_of(inspection: Inspection) -> Actor:
    """Return the leading inspector as an actor."""
    return actor_of(inspection.inspectors[0].user)


def picture(shade: int = 40, size: tuple[int, int] = (64, 48)) -> bytes:
    """Draw a small photo."""
    stream = io.BytesIO()
    Image.new("RGB", size, (shade, 120, 90)).save(stream, "JPEG")
    return stream.getvalue()


def fill(session: Session, inspection: Inspection, **over: Mapping[str, Any]) -> Inspection:
    """Start a visit and answer every item, with the photos that are asked for; `over` by item code with _ for -."""
    actor = lead_of(inspection)
    if inspection.state == "planned":
        service.start(session, actor, inspection)
    known = queries.answers_of(session, inspection)
    for code, value in {**GOOD, **{key.replace("_", "-"): value for key, value in over.items()}}.items():
        version = known[code].version if code in known else 0
        service.answer(session, actor, inspection, code, value, version=version)
    for number, code in enumerate(WITH_PHOTO):
        prepared = prepare_photo(io.BytesIO(picture(number)), f"{code}.jpg")
        proofs.attach_proof(session, actor, inspection, code, prepared)
    return inspection


def submitted(session: Session, inspection: Inspection | None = None, **over: Mapping[str, Any]) -> Inspection:
    """Bring a visit to its submission."""
    inspection = fill(session, inspection or make_visit(session), **over)
    return service.submit(session, lead_of(inspection), inspection, site_person="甲校长")
