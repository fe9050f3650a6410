"""What happens to 500 hazards in a year: the table of twenty, computed by hand, and four hundred and eighty by rule.

The working days of 2026 stand here once more, copied from the State Council's arrangement and independent of the
calendar library, so that the test does not ask the code what the code should do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.chasing.days import day, days_of

REST = {
    *days_of(day("1-1"), day("1-3")), *days_of(day("2-15"), day("2-23")), *days_of(day("4-4"), day("4-6")),
    *days_of(day("5-1"), day("5-5")), *days_of(day("6-19"), day("6-21")), *days_of(day("9-25"), day("9-27")),
    *days_of(day("10-1"), day("10-7")),
}  # fmt: skip
WORKED = {day(text) for text in ("1-4", "2-14", "2-28", "5-9", "9-20", "10-10")}
R, L, I, C, G = "reminder", "urging_letter", "interview", "circular", "listing"  # noqa: E741 - columns of the table
AFTER = {R: 1, L: 3, I: 7, C: 15, G: 30}
LAST = day("12-31")


def works(on: date) -> bool:
    return on in WORKED or (on.weekday() < 5 and on not in REST)


def working(on: date) -> date:
    while not works(on):
        on += timedelta(days=1)
    return on


@dataclass(frozen=True)
class Fate:
    """A hazard: when it falls due, what happens to it when, and which rungs fall on which day of the year."""

    due: date
    rungs: dict[str, date]
    steps: tuple[tuple[date, str, dict[str, Any]], ...] = ()
    major: bool = False
    looked_back: dict[int, date] = field(default_factory=dict)


def rungs(**days: str) -> dict[str, date]:
    return {code: day(text) for code, text in days.items()}


def then(*steps: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> tuple[tuple[date, str, dict[str, Any]], ...]:
    return tuple((day(step[0]), step[1], step[2] if len(step) > 2 else {}) for step in steps)


def closing(on: str) -> tuple[tuple[date, str, dict[str, Any]], ...]:
    actions = ("report_done", "start_recheck", "pass_to_acceptance", "pass_acceptance", "close")
    return then(*((on, action) for action in actions))


# Computed by hand from a calendar on paper: due dates around every holiday, and every way off the ladder.
TABLE = (
    # an ordinary Monday: each rung on its day
    Fate(day("1-5"), rungs(reminder="1-6", urging_letter="1-8", interview="1-12", circular="1-20", listing="2-4")),
    # before the Spring Festival (15 to 23 February): letter and interview meet on the 24th, the higher one counts
    Fate(day("2-12"), rungs(reminder="2-13", interview="2-24", circular="2-27", listing="3-16")),
    # the reminder on Saturday 14 February and the circular on Saturday 28 February, both worked
    Fate(day("2-13"), rungs(reminder="2-14", interview="2-24", circular="2-28", listing="3-16")),
    # before Tomb-Sweeping (4 to 6 April), the listing in the Labour Day week
    Fate(day("4-3"), rungs(urging_letter="4-7", interview="4-10", circular="4-20", listing="5-6")),
    # before Labour Day (1 to 5 May)
    Fate(day("4-30"), rungs(urging_letter="5-6", interview="5-7", circular="5-15", listing="6-1")),
    # the reminder on Saturday 9 May, worked
    Fate(day("5-8"), rungs(reminder="5-9", urging_letter="5-11", interview="5-15", circular="5-25", listing="6-8")),
    Fate(day("6-1"), rungs(reminder="6-2", urging_letter="6-4", interview="6-8", circular="6-16", listing="7-1")),
    # before the Dragon Boat Festival (19 to 21 June)
    Fate(day("6-18"), rungs(urging_letter="6-22", interview="6-25", circular="7-3", listing="7-20")),
    # the reminder on Sunday 20 September, worked; interview after Mid-Autumn, circular after National Day
    Fate(day("9-19"), rungs(reminder="9-20", urging_letter="9-22", interview="9-28", circular="10-8", listing="10-19")),
    # before National Day (1 to 7 October): three rungs meet on the 8th
    Fate(day("9-30"), rungs(interview="10-8", circular="10-15", listing="10-30")),
    # the reminder on Saturday 10 October, worked
    Fate(
        day("10-9"),
        rungs(reminder="10-10", urging_letter="10-12", interview="10-16", circular="10-26", listing="11-9"),
    ),
    # the year ends on the way up
    Fate(day("12-20"), rungs(reminder="12-21", urging_letter="12-23", interview="12-28")),
    Fate(day("12-31"), {}),
    # extended in time: the ladder begins at the new date, whose listing falls on Saturday 9 May, worked
    Fate(
        day("3-10"), rungs(reminder="4-10", urging_letter="4-13", interview="4-16", circular="4-24", listing="5-9"),
        then(("3-5", "request_extension", {"extend_to": day("4-9")}), ("3-6", "approve_extension")),
    ),
    # asked for in time and refused two days late: waiting for an answer stops nothing
    Fate(
        day("3-10"), rungs(reminder="3-11", urging_letter="3-13", interview="3-17", circular="3-25", listing="4-9"),
        then(("3-5", "request_extension", {"extend_to": day("4-9")}), ("3-12", "refuse_extension")),
    ),
    # closed the day before: never chased; look backs on a plain day, after National Day, and in the year after
    Fate(
        day("7-7"), {}, closing("7-6"), major=True,
        looked_back={30: day("8-5"), 90: day("10-8"), 180: day("2027-1-4")},
    ),
    # closed on the Monday on which the letter would have fallen: the reminder only; the 90th day is a Sunday
    Fate(
        day("8-5"), rungs(reminder="8-6"), closing("8-10"), major=True,
        looked_back={30: day("9-9"), 90: day("11-9"), 180: day("2027-2-8")},
    ),
    # under interim control from the tenth day on
    Fate(day("11-2"), rungs(reminder="11-3", urging_letter="11-5", interview="11-9"), then(("11-12", "suspend"))),
    # reported as done in time, found undone nine days later: chased again from the rung that has been reached
    Fate(
        day("7-15"), rungs(interview="7-24", circular="7-30", listing="8-14"),
        then(("7-15", "report_done"), ("7-23", "start_recheck"), ("7-24", "fail_recheck")),
    ),
    # the clock stopped for thirty days: the due date moves to 8 July
    Fate(
        day("6-8"), rungs(reminder="7-9", urging_letter="7-13", interview="7-15", circular="7-23", listing="8-7"),
        then(("6-3", "pause_clock", {"pause_until": day("7-3")})),
    ),
)  # fmt: skip


def by_rule(number: int) -> Fate:
    """Return what happens to one of the many, and what the rules say of it."""
    due = day("1-4") + timedelta(days=number * 7 % 330)
    plain = falling(due)
    match number % 48:
        case 1:  # extended by twenty days
            later = due + timedelta(days=20)
            asked = due - timedelta(days=3)
            return Fate(due, falling(later), ((asked, *request(later)), (asked, "approve_extension", {})))
        case 2:  # refused on the day before
            asked, refused = due - timedelta(days=3), due - timedelta(days=1)
            return Fate(due, plain, ((asked, *request(due + timedelta(days=20))), (refused, "refuse_extension", {})))
        case 3:  # controlled from the tenth day on
            until = due + timedelta(days=10)
            return Fate(due, {code: on for code, on in plain.items() if on < until}, ((until, "suspend", {}),))
        case _:
            return Fate(due, plain)


def request(until: date) -> tuple[str, dict[str, Any]]:
    return "request_extension", {"extend_to": until}


def falling(due: date) -> dict[str, date]:
    """Return the days of the year on which rungs fall; of several on one day the highest counts."""
    found = {working(due + timedelta(days=after)): code for code, after in AFTER.items()}
    return {code: on for on, code in found.items() if on <= LAST}


def fates() -> Iterator[Fate]:
    yield from TABLE
    yield from (by_rule(number) for number in range(500 - len(TABLE)))
