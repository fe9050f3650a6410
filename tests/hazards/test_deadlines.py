from dataclasses import dataclass
from datetime import date

import pytest

from inspect_app.core.workdays import Calendar
from inspect_app.hazards.deadlines import ask_until, deadline_of, firm_reason, latest_due, proposed_due
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.words import Grade, MeasureType

MONDAY = date(2026, 9, 21)
HOLIDAYS = {date(2026, 9, 25): False, **{date(2026, 10, day): False for day in range(1, 8)}, date(2026, 9, 20): True}
CALENDAR = Calendar({**HOLIDAYS, date(2026, 10, 10): True}, date(2026, 12, 31))


@dataclass
class Finding:
    grade: Grade | None = Grade.GENERAL
    category: str = "C03"
    native_grade: str = ""
    item_code: str = ""
    measure_type: MeasureType | None = None
    found_on: date | None = MONDAY
    due_on: date | None = None
    listed: bool = False
    paused_days: int = 0


@pytest.mark.parametrize(
    ("finding", "due_on"),
    [
        (Finding(), date(2026, 10, 21)),
        (Finding(grade=Grade.MAJOR), date(2026, 12, 20)),
        (Finding(category="C08"), date(2026, 10, 19)),
        (Finding(measure_type=MeasureType.MANAGEMENT), date(2026, 10, 12)),
        (Finding(grade=None, category=""), date(2026, 10, 21)),
    ],
)
def test_the_table_proposes_natural_or_working_days(finding: Finding, due_on: date) -> None:
    assert proposed_due(finding, MONDAY, load_limits().deadlines, CALENDAR) == due_on


def test_no_row_no_proposal() -> None:
    assert proposed_due(Finding(), MONDAY, (), CALENDAR) is None
    assert deadline_of(Finding(), ()) is None


def test_the_last_day_moves_by_what_the_clock_stood_still() -> None:
    limits = load_limits()
    assert latest_due(Finding(), MONDAY, limits.deadlines, limits.longest_days) == date(2027, 9, 21)
    paused = Finding(paused_days=10)
    assert latest_due(paused, MONDAY, limits.deadlines, limits.longest_days) == date(2027, 10, 1)


def test_a_listed_one_asks_twenty_working_days_ahead() -> None:
    due = Finding(due_on=date(2026, 11, 2))
    assert ask_until(due, 3, 20, CALENDAR) == date(2026, 10, 30)
    due.listed = True
    assert ask_until(due, 3, 20, CALENDAR) == date(2026, 9, 29)
    assert ask_until(Finding(), 3, 20, CALENDAR) is None


@pytest.mark.parametrize(
    ("finding", "waits"),
    [
        (Finding(native_grade="D级危房"), False),
        (Finding(native_grade=" c 级", category="C04"), False),
        (Finding(native_grade="B级"), True),
        (Finding(native_grade="D级", category="C05"), True),
        (Finding(item_code="C03-05"), False),
        (Finding(item_code="C04-07", category="C04"), False),
        (Finding(item_code="C03-08"), True),
    ],
)
def test_rooms_in_use_get_no_more_time(finding: Finding, *, waits: bool) -> None:
    assert (firm_reason(finding, load_limits().never_extended) == "") == waits
