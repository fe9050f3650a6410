"""What waits for somebody is told to those who remind people; drills and done things are not."""

from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.core.waiting import told
from inspect_app.quakes import anomalies
from inspect_app.quakes.anomalies import Sighting
from inspect_app.quakes.queries import anomalies_waiting, clocks_waiting, open_count, to_verify
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.queries import by_code
from tests.quakes.factories import INSTANT, TACHENG, WUSU, after, make_quake, person, report_for


def test_a_report_that_is_owed_waits_for_its_place(session: Session) -> None:
    quake = make_quake(session, TACHENG, WUSU)
    make_quake(session, TACHENG, WUSU, exercise=True)
    waiting = clocks_waiting(session)
    places = {by_code(session, code).id for code in (TACHENG, WUSU)}
    assert {(each.reference, each.county_id, each.on) for each in waiting} == {
        (quake.reference, place, date(2026, 6, 15)) for place in places
    }
    report_for(session, quake, TACHENG, ReportKind.FIRST, 5)
    assert {each.county_id for each in clocks_waiting(session)} == places, "now the follow-up is owed"


def test_an_anomaly_waits_until_it_is_verified(session: Session) -> None:
    with transaction(), after(0):
        clerk, other = person(session, Role.COUNTY_CLERK, WUSU), person(session, Role.COUNTY_CLERK, "654221")
        found = anomalies.receive(session, SYSTEM, Sighting(by_code(session, WUSU), "井水翻花", "某村"))
        assert [each.reference for each in anomalies_waiting(session)] == [found.reference]
        assert (to_verify(session, clerk), to_verify(session, other)) == (1, 0)
        anomalies.verify(session, clerk, found, "natural", "灌溉所致。")
        assert (anomalies_waiting(session), to_verify(session, clerk)) == ([], 0)


def test_reminders_know_both_sorts(app: Flask) -> None:
    assert "quakes" in app.extensions["definition_readers"]
    assert {"quake_reports", "anomalies"} <= told().keys()


def test_open_events_are_counted_for_those_who_see_them(session: Session) -> None:
    make_quake(session, TACHENG, WUSU, occurred_at=INSTANT)
    counts = [open_count(session, person(session, Role.COUNTY_CLERK, code)) for code in (WUSU, "654221")]
    assert counts == [1, 0]
