"""What counties sent on time and what went back, for many counties at once, with rows that add up."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock as core_clock
from inspect_app.core.counted import Thing, total
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.registers.importing.service import report_nothing
from inspect_app.registers.loading import registers
from inspect_app.returns import facts, service
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive, send
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("clock")
START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)
NAMES = {"returns_on_time": facts.returns_on_time, "returns_sent_back": facts.returns_sent_back}


def figure(session: Session, name: str, end: date = END, today: date = TODAY) -> tuple[int, int]:
    """Return the figure of 乌苏市 after checking that its rows add up to it."""
    keys = [by_code(session, code).id for code in ("654202", "654203")]
    found = NAMES[name](session, keys, START, end, today)
    for part, number in zip(("numerator", "denominator"), found[keys[0]], strict=True):
        assert total(facts.rows(session, name, keys[0], START, end, today, part)) == number
    return found[keys[0]]


def sent(path: Path, on: date) -> None:
    """Send a ledger of one hazard on a day."""
    row = ledger_row(on.month, 发现日期=on, 整改时限=date(2026, 12, 1))
    with core_clock.set_to(datetime(on.year, on.month, on.day, 9, 0, tzinfo=core_clock.LOCAL)):
        send(path / f"{on}.xlsx", [row], report_on=on)


def test_months_that_fell_due_count_and_those_on_time_are_kept(session: Session, tmp_path: Path) -> None:
    """February and March came in time, April never, May before it was due; January fell due in February."""
    assert figure(session, "returns_on_time") == (0, 5)
    sent(tmp_path, date(2026, 3, 5))
    sent(tmp_path, date(2026, 4, 2))
    sent(tmp_path, date(2026, 5, 20))
    assert figure(session, "returns_on_time") == (3, 5)
    assert figure(session, "returns_on_time", date(2026, 3, 31)) == (1, 2)


def test_what_is_due_after_the_period_is_not_asked_for_in_it(session: Session) -> None:
    """The ledger of December and the registers of the second half year fall due in January."""
    key, later = by_code(session, "654202").id, date(2027, 3, 1)
    assert facts.returns_on_time(session, [key], START, END, later) == {key: (0, 14)}
    rows = facts.rows(session, "returns_on_time", key, START, END, later, "denominator")
    assert {row.thing for row in rows} == {Thing.DUTY}
    assert "hazards-2026-12-654202" not in {row.reference for row in rows}


def test_a_register_that_was_reported_for_its_half_year_is_kept(session: Session) -> None:
    with transaction(), core_clock.set_to(datetime(2026, 7, 3, 9, 0, tzinfo=core_clock.LOCAL)):
        county = by_code(session, "654202")
        report_nothing(session, SYSTEM, registers()["drills"], county, date(2026, 6, 30))
    on = date(2026, 7, 31)
    rows = facts.rows(session, "returns_on_time", county.id, START, END, on, "numerator")
    assert [row.reference for row in rows] == ["drills-2026H1-654202"]


def test_refused_rows_and_unread_files_went_back(session: Session, tmp_path: Path) -> None:
    send(tmp_path / "好.xlsx", [ledger_row(1)])
    bad = [ledger_row(2), ledger_row(3, 整改时限="2026-02-30")]
    waiting = receive(write_ledger(tmp_path / "坏.xlsx", bad))
    assert figure(session, "returns_sent_back") == (1, 2)
    with transaction():
        service.discard(session, SYSTEM, waiting, version=waiting.version)
    assert figure(session, "returns_sent_back") == (1, 2)
    held = receive(write_ledger(tmp_path / "放弃.xlsx", [ledger_row(4)]))
    with transaction():
        service.discard(session, SYSTEM, held, version=held.version)
    assert figure(session, "returns_sent_back") == (1, 2)
    assert figure(session, "returns_sent_back", date(2026, 6, 14)) == (0, 0)


def test_queries_do_not_grow_with_counties(session: Session) -> None:
    keys = [by_code(session, code).id for code in ("654202", "654203", "654221", "620702")]
    for ask in NAMES.values():
        with statements() as one:
            ask(session, keys[:1], START, END, TODAY)
        session.expunge_all()
        with statements() as many:
            ask(session, keys, START, END, TODAY)
        assert len(one) == len(many)
