"""An earthquake near 乌苏市 with sites at known distances, for the tests of emergencies."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core import clock
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.service import Wish, open_emergency
from inspect_app.quakes.lifecycle import RECORDED
from inspect_app.quakes.models import Quake
from inspect_app.regions.queries import by_code
from inspect_app.sites.models import Site
from tests.sites.factories import make_site

CENTRE = Decimal("84.7000000"), Decimal("44.4000000")
DEGREE_KM = Decimal("111.195")


def make_quake(session: Session, magnitude: str = "6.0", **over: Any) -> Quake:  # noqa: ANN401 - any column
    """Keep an earthquake in 乌苏市 at the desk of 塔城地区, an hour ago."""
    prefecture, county = by_code(session, "6542"), by_code(session, "654202")
    at = clock.now() - timedelta(hours=1)
    values: dict[str, Any] = {
        "reference": f"DZ-6542-{session.query(Quake).count() + 1:02d}",
        "state": RECORDED,
        "region": prefecture,
        "county": county,
        "occurred_at": at,
        "received_at": at,
        "longitude": CENTRE[0],
        "latitude": CENTRE[1],
        "place": "乌苏市南部",
        "magnitude": Decimal(magnitude),
        "source": "测试台网",
        **over,
    }
    quake = Quake(**values)
    session.add(quake)
    session.flush()
    return quake


def quake_of(session: Session, reference: str) -> Quake:
    """Find an earthquake."""
    return session.scalars(select(Quake).where(Quake.reference == reference)).one()


def site_at(session: Session, km: int | None, **over: Any) -> Site:  # noqa: ANN401 - any column
    """Register a school so many kilometres north of the epicentre, or without coordinates."""
    north = None if km is None else (CENTRE[1] + Decimal(km) / DEGREE_KM).quantize(Decimal("0.000001"))
    east = None if km is None else CENTRE[0]
    name = f"第{session.query(Site).count() + 1}小学"
    return make_site(session, **{"name": name, "responsible_unit": name, "longitude": east, "latitude": north, **over})


def make_emergency(session: Session, actor: Actor = SYSTEM, quake: Quake | None = None, **over: Any) -> Emergency:  # noqa: ANN401
    """Open an emergency as the office's definition proposes."""
    wish = Wish(**{"least_intensity": 6, "pause_until": date(2026, 6, 30), **over})
    return open_emergency(session, actor, quake or make_quake(session), wish)


@dataclass(frozen=True)
class Inside:
    """Which sites lie where around an earthquake of magnitude 6: 10 km (Ⅶ), 30 km (Ⅵ), 100 km (outside), unknown."""

    near: Site
    far: Site
    outside: Site
    nowhere: Site


def make_sites(session: Session) -> Inside:
    """Register the four."""
    return Inside(*(site_at(session, km) for km in (10, 30, 100, None)))
