"""Two earthquakes in a county, one of them reported late, and an anomaly: something behind every figure of them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.quakes.anomalies import Sighting, receive, verify
from inspect_app.quakes.models import Quake
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.models import Region
from tests.quakes.factories import TACHENG, make_quake, make_report

FIRST, SECOND = (datetime(2026, 6, day, 10, 0, tzinfo=clock.LOCAL) for day in (1, 8))


def shake(session: Session, county: Region) -> None:
    """Let the county report one earthquake whole and in time, and the first of another after fifty minutes."""
    whole = make_quake(session, TACHENG, county.code, occurred_at=FIRST)
    for kind, minutes in ((ReportKind.FIRST, 12), (ReportKind.FOLLOWUP, 60), (ReportKind.FINAL, 600)):
        _reported(session, whole, county, kind, minutes)
    make_report(session, whole, ReportKind.FINAL, 700)
    _reported(session, make_quake(session, TACHENG, county.code, occurred_at=SECOND), county, ReportKind.FIRST, 50)
    with clock.set_to(FIRST):
        anomaly = receive(session, SYSTEM, Sighting(county, "井水翻花", "某村"))
    with clock.set_to(FIRST + timedelta(hours=3)):
        verify(session, SYSTEM, anomaly, "natural", "灌溉回灌。")


def _reported(session: Session, quake: Quake, county: Region, kind: ReportKind, minutes: int) -> None:
    clocks = (each for each in quake.clocks if each.kind is kind and each.region_id == county.id)
    own = next((each for each in clocks if each.done_at is None), None)
    make_report(session, quake, kind, minutes, clock_id=own.id if own else None)
