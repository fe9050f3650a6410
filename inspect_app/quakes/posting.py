"""What another system posts of an earthquake, as JSON, and what it is answered."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.quakes.models import Quake
from inspect_app.quakes.service import PLACES, Told
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.tablet.api import schema as s
from inspect_app.tablet.api.reading import read, time_of

SHAPE = s.record(
    {
        "external_id": s.text(100, shortest=1, about="posting the same one again changes nothing"),
        "occurred_at": s.instant(),
        "longitude": s.number(-180, 180),
        "latitude": s.number(-90, 90),
        "place": s.text(200, shortest=1),
        "magnitude": s.number(0, 10),
        "source": s.text(100, shortest=1),
    },
    {
        "depth_km": s.number(0, 800),
        "county": s.text(12, about="code of the county of the centre, where it lies in the region"),
        "exercise": s.boolean(),
    },
)


def told_of(session: Session, body: bytes, desk: Region) -> Told:
    """Read what was posted; numbers are rounded to the places that are kept. Raises Invalid by field."""
    given = read(SHAPE, body)
    at = time_of(given, "occurred_at")
    if at is None:
        raise Invalid({"occurred_at": [mark("请填写发震时刻。")]})
    exact = {name: _rounded(given, name) for name in ("longitude", "latitude", "magnitude")}
    depth = _rounded(given, "depth_km") if "depth_km" in given else None
    return Told(
        region=desk, occurred_at=at, place=given["place"], source=given["source"], depth_km=depth,
        county=_county(session, given.get("county", "")), exercise=given.get("exercise", False),
        external_id=given["external_id"].strip(), **exact,
    )  # fmt: skip


def answer_of(quake: Quake, *, again: bool) -> dict[str, Any]:
    """Say under which reference it stands and which clocks run."""
    return {
        "reference": quake.reference,
        "state": quake.state,
        "again": again,
        "received_at": quake.received_at.isoformat(),
        "clocks": [
            {"code": each.code, "region": each.region.code, "due_at": each.due_at and each.due_at.isoformat()}
            for each in quake.clocks
            if each.cancelled_at is None
        ],
    }


def _rounded(given: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(str(given[name])).quantize(Decimal(1).scaleb(-PLACES[name]), ROUND_HALF_UP)


def _county(session: Session, code: str) -> Region | None:
    if not code:
        return None
    try:
        return by_code(session, code)
    except NotFound:
        raise Invalid({"county": [mark("没有这个县级区划代码。")]}) from None
