"""What assessments take from earthquakes, counted by hand (domain reference §6.2 M8, §6.3.8)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.earning import share_earned
from inspect_app.assessments.rules import Deduct, Fact, Fault, Rate
from inspect_app.assessments.sources import of_quakes
from inspect_app.assessments.sources.source import Asked
from inspect_app.core import clock as time
from inspect_app.core.database import transaction
from inspect_app.quakes import anomalies, service
from inspect_app.quakes.anomalies import Sighting
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.queries import by_code
from tests.quakes.factories import INSTANT, TACHENG, WUSU, ZHANGYE, after, make_quake, make_report

LATER = INSTANT + timedelta(days=30)
NAMES = tuple(of_quakes.ASKED)


def figures(session: Session, *codes: str, start: date = date(2026, 1, 1), end: date = date(2026, 12, 31)) -> Asked:
    return Asked([by_code(session, code).id for code in codes], start, end)


def fact(session: Session, name: str, code: str) -> Fact | None:
    asked = figures(session, code)
    found = of_quakes.gather(session, [name], asked)[name].get(by_code(session, code).id)
    if found is not None:
        for part, expected in (("numerator", found.numerator), ("denominator", found.denominator)):
            if part == "numerator" or name != of_quakes.FAULTS:
                assert sum(Decimal(row.amount) for row in of_quakes.rows(session, name, asked, part)) == expected
    return found


def two_events(session: Session) -> None:
    """Report one event after 12 minutes and another after 21, as the example does."""
    make_report(session, make_quake(session), ReportKind.FIRST, 12)
    make_report(session, make_quake(session, occurred_at=INSTANT + timedelta(days=9)), ReportKind.FIRST, 21)


def test_twelve_and_twenty_one_minutes_make_one_and_a_half_points(session: Session) -> None:
    two_events(session)
    with time.set_to(LATER):
        found = fact(session, "first_reports", ZHANGYE)
        faults = fact(session, "report_faults", ZHANGYE)
    assert found == Fact(1, 2, as_of=date(2026, 7, 15))
    assert Decimal(3) * Decimal(float(share_earned(Rate(), found) or 0)) == Decimal("1.5")
    assert faults == Fact(Decimal("0.5"), parts=(("迟报", 1),), as_of=date(2026, 7, 15))
    penalties = Deduct((Fault("迟报", Decimal("0.5")), Fault("漏报", Decimal("1.5"))))
    assert share_earned(penalties, faults, Decimal(2)) == Decimal("0.75")


def test_without_an_earthquake_there_is_no_figure(session: Session) -> None:
    make_quake(session, magnitude=Decimal("2.9"))
    with time.set_to(LATER):
        assert [fact(session, name, ZHANGYE) for name in NAMES] == [None] * len(NAMES)


def test_drills_and_cancelled_events_never_count(session: Session) -> None:
    make_report(session, make_quake(session, exercise=True), ReportKind.FIRST, 99)
    gone = make_quake(session)
    make_report(session, gone, ReportKind.FIRST, 99)
    with after(200):
        service.cancel(session, SYSTEM, gone, "误触发")
    with time.set_to(LATER):
        assert [fact(session, name, ZHANGYE) for name in NAMES] == [None] * len(NAMES)


def test_what_is_running_is_not_owed_yet_and_what_is_overdue_counts_as_late(session: Session) -> None:
    make_quake(session)
    with after(14):
        assert fact(session, "first_reports", ZHANGYE) is None
        assert fact(session, "report_faults", ZHANGYE) is None
    with after(16):
        assert fact(session, "first_reports", ZHANGYE) == Fact(0, 1, as_of=date(2026, 6, 15))
        assert fact(session, "report_faults", ZHANGYE) == Fact(
            Decimal("0.5"), parts=(("迟报", 1),), as_of=date(2026, 6, 15)
        )


def test_a_place_without_minutes_has_no_figure_of_time(session: Session) -> None:
    make_report(session, make_quake(session, "6403", "640302"), ReportKind.FIRST, 5000)
    with time.set_to(LATER):
        assert fact(session, "first_reports", "640302") is None
        assert fact(session, "report_faults", "640302") is None


def test_all_three_reports_make_an_event_complete(session: Session) -> None:
    whole, half = make_quake(session, TACHENG), make_quake(session, TACHENG, occurred_at=INSTANT + timedelta(days=1))
    for kind, minutes in ((ReportKind.FIRST, 10), (ReportKind.FOLLOWUP, 60), (ReportKind.FINAL, 90)):
        make_report(session, whole, kind, minutes)
        if kind is not ReportKind.FOLLOWUP:
            make_report(session, half, kind, minutes)
    make_quake(session, TACHENG, occurred_at=INSTANT + timedelta(days=2))
    with time.set_to(LATER):
        assert fact(session, "reports_complete", TACHENG) == Fact(1, 2, as_of=date(2026, 7, 15))


def test_a_county_answers_for_its_own_reports_only(session: Session) -> None:
    quake = make_quake(session, TACHENG, WUSU)
    make_report(session, quake, ReportKind.FIRST, 10)
    with time.set_to(LATER):
        assert fact(session, "first_reports", TACHENG) == Fact(1, 1, as_of=date(2026, 7, 15))
        assert fact(session, "first_reports", WUSU) == Fact(0, 1, as_of=date(2026, 7, 15))
        assert fact(session, "first_reports", "654221") is None


def test_anomalies_that_stayed_overnight_are_told_from_those_that_did_not(session: Session) -> None:
    county = by_code(session, WUSU)
    with transaction(), time.set_to(INSTANT.replace(hour=23, minute=30)):
        county = by_code(session, WUSU)
        made = [anomalies.receive(session, SYSTEM, Sighting(county, "井水翻花", f"某村{n}组")) for n in range(3)]
        assert {each.due_at for each in made} == {INSTANT.replace(day=16, hour=0)}
        with time.set_to(INSTANT.replace(hour=23, minute=59, second=59)):
            anomalies.verify(session, SYSTEM, made[0], "natural", "灌溉回灌。")
        with time.set_to(INSTANT.replace(day=16, hour=0)):
            anomalies.verify(session, SYSTEM, made[1], "natural", "灌溉回灌。")
    with time.set_to(LATER):
        assert fact(session, "anomalies_verified_same_day", WUSU) == Fact(1, 3, as_of=date(2026, 7, 15))


def test_what_came_after_the_period_had_not_come_yet(session: Session) -> None:
    late = INSTANT.replace(month=12, day=31, hour=23, minute=55)
    quake = make_quake(session, occurred_at=late)
    make_report(session, quake, ReportKind.FIRST, 10)
    with time.set_to(INSTANT.replace(year=2027)):
        assert fact(session, "first_reports", ZHANGYE) is None, "on New Year's Eve at midnight it was still running"
        found = of_quakes.gather(
            session, NAMES, figures(session, ZHANGYE, start=date(2027, 1, 1), end=date(2027, 12, 31))
        )
    assert not any(found.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_source_says_what_it_is(name: str) -> None:
    source = next(each for each in of_quakes.SOURCES if each.name == name)
    assert source.title
    assert source.unit
    assert source.counts is (name == of_quakes.FAULTS)
