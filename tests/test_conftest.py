"""The ground that tests stand on must itself hold."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.core import clock as core_clock
from inspect_app.core.database import db, transaction
from inspect_app.core.workdays import CalendarDay
from tests.applications import Applications, settings_for

DAY = date(2031, 5, 6)


def add_day(day: date = DAY) -> None:
    db.session.add(CalendarDay(on=day, working=True, name="样例"))


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    views = Blueprint("trial", __name__)

    @views.post("/trial/saved")
    def saved() -> str:
        with transaction():
            add_day()
        return ""

    @views.post("/trial/pending")
    def pending() -> str:
        add_day()
        return ""

    @views.post("/trial/flushed")
    def flushed() -> str:
        add_day()
        db.session.flush()
        return ""

    @views.get("/trial/reading")
    def reading() -> str:
        with transaction():
            add_day()
        return ""

    for view in (saved, pending, flushed, reading):
        view.open_to_all = True  # type: ignore[attr-defined]
    fresh_app.register_blueprint(views)
    return fresh_app


def test_a_committed_request_is_seen_by_the_test_at_once(client: FlaskClient, session: Session) -> None:
    assert session.get(CalendarDay, DAY) is None
    assert client.post("/trial/saved").status_code == 200
    assert session.get(CalendarDay, DAY) is not None


@pytest.mark.parametrize("address", ["/trial/pending", "/trial/flushed"])
def test_a_request_that_leaves_work_uncommitted_fails(client: FlaskClient, address: str) -> None:
    with pytest.raises(AssertionError, match="uncommitted"):
        client.post(address)


def test_a_get_that_writes_fails(client: FlaskClient) -> None:
    with pytest.raises(AssertionError, match="wrote"):
        client.get("/trial/reading")


def test_a_test_that_holds_the_write_lock_is_told_before_it_hangs(client: FlaskClient, session: Session) -> None:
    add_day()
    session.flush()
    with pytest.raises(AssertionError, match="commit before"):
        client.post("/trial/saved")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_has_a_database_of_its_own(session: Session, turn: str) -> None:
    assert session.get(CalendarDay, DAY) is None, turn
    with transaction():
        add_day()


def test_what_a_test_sets_is_put_back_for_the_next(applications: Applications, tmp_path: Path) -> None:
    settings = settings_for("sqlite:///:memory:", tmp_path)
    with applications.lend(settings) as lent:
        lent.config["IDLE_MINUTES"], lent.extensions["audit_pace"].waiting = 1, 40
    with applications.lend(settings) as again:
        assert again is lent
        assert (again.config["IDLE_MINUTES"], again.extensions["audit_pace"].waiting) == (30, 0)


def test_who_changes_more_than_settings_is_found_out(applications: Applications, tmp_path: Path) -> None:
    settings = settings_for("sqlite:///:memory:", tmp_path)
    with pytest.raises(AssertionError, match="fresh_app"), applications.lend(settings) as lent:
        lent.static_folder = str(tmp_path)
    with applications.lend(settings) as other:
        assert other is not lent
        with pytest.raises(AssertionError, match="no longer be called"):
            other.add_url_rule("/late", "late", lambda: "")


def test_the_clock_stands_still(clock: datetime) -> None:
    assert core_clock.now() == clock
    assert core_clock.today() == date(2026, 6, 15)
    later = datetime(2026, 7, 1, tzinfo=UTC)
    with core_clock.set_to(later):
        assert core_clock.now() == later
