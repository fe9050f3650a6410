"""Earthquakes for tests: M 3.4 on 15 June 2026 at 10:00 in Shanghai, unless told otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock as core_clock
from inspect_app.quakes.anomalies import Sighting, receive
from inspect_app.quakes.clocks import running
from inspect_app.quakes.models import Quake, QuakeReport
from inspect_app.quakes.reporting import Wish, report
from inspect_app.quakes.service import Told, record
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of, make_user

INSTANT = datetime(2026, 6, 15, 10, 0, tzinfo=core_clock.LOCAL)
ZHANGYE, TACHENG, WUZHONG, LITONG, WUSU = "6207", "6542", "6403", "640302", "654202"


@contextmanager
def after(minutes: float, since: datetime = INSTANT) -> Iterator[datetime]:
    """Let it be so many minutes after the earthquake."""
    moment = since + timedelta(minutes=minutes)
    with core_clock.set_to(moment):
        yield moment


def make_quake(session: Session, region: str = ZHANGYE, county: str = "", **over: Any) -> Quake:  # noqa: ANN401
    """Record an earthquake two minutes after it happened, unless the clock is given."""
    values: dict[str, Any] = {
        "occurred_at": INSTANT,
        "longitude": Decimal("100.4"),
        "latitude": Decimal("38.9"),
        "place": "甲县乙乡附近",
        "magnitude": Decimal("3.4"),
        "source": "中国地震台网速报",
        "county": by_code(session, county) if county else None,
        **over,
    }
    with after(2, values["occurred_at"]):
        return record(session, SYSTEM, Told(by_code(session, region), **values))[0]


def make_report(session: Session, quake: Quake, kind: ReportKind, minutes: float, **over: Any) -> QuakeReport:  # noqa: ANN401
    """Report so many minutes after the earthquake."""
    actor = over.pop("actor", SYSTEM)
    with after(minutes, quake.occurred_at):
        return report(session, actor, quake, Wish(kind, over.pop("text", "震感明显，正在核实灾情。"), **over))


def report_for(
    session: Session,
    quake: Quake,
    code: str,
    kind: ReportKind,
    minutes: float,
    **over: Any,  # noqa: ANN401
) -> QuakeReport:
    """Make the report of a kind that a place owes."""
    owed = next(each for each in running(quake, kind) if each.region.code == code)
    return make_report(session, quake, kind, minutes, clock_id=owed.id, **over)


def person(session: Session, role: Role, region: str) -> Actor:
    """Make somebody in a region."""
    return actor_of(make_user(session, role, by_code(session, region)))


def furnish(session: Session, word: str) -> dict[str, str]:
    """Give a county an earthquake that it has reported once, and an anomaly, all of whose texts say a word."""
    begun = core_clock.now() - timedelta(minutes=20)
    quake = make_quake(session, TACHENG, WUSU, occurred_at=begun, place=f"{word}乡附近", source=f"{word}台网")
    report_for(session, quake, WUSU, ReportKind.FIRST, 10, text=f"{word}乡震感明显。")
    sighting = Sighting(by_code(session, WUSU), f"{word}乡井水翻花", f"{word}村", observer=word)
    return {"quake": quake.reference, "anomaly": receive(session, SYSTEM, sighting).reference}
