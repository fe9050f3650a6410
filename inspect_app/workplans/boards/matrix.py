"""The matrix of tasks and units: the worst look of each cell, where it is going, sums that add up. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspect_app.core.labels import mark
from inspect_app.workplans.boards.owed import Owed, Place, as_on, worst
from inspect_app.workplans.words import Look, Part

MONTH = timedelta(days=30)
Key = tuple[int | None, Place]


class Group(StrEnum):
    """What sums are made of; every look belongs to one of them."""

    DONE = "done"
    REPORTED = "reported"
    LATE = "late"
    OPEN = "open"
    WAIVED = "waived"


GROUPS = {
    Group.DONE: mark("已认可"),
    Group.REPORTED: mark("待审核"),
    Group.LATE: mark("逾期或退回"),
    Group.OPEN: mark("未到期"),
    Group.WAIVED: mark("免报"),
}
GROUP_OF = {
    Look.ACCEPTED: Group.DONE,
    Look.ACCEPTED_LATE: Group.DONE,
    Look.FULFILLED: Group.DONE,
    Look.REPORTED: Group.REPORTED,
    Look.REPORTED_LATE: Group.REPORTED,
    Look.OVERDUE: Group.LATE,
    Look.RETURNED: Group.LATE,
    Look.NOT_DUE: Group.OPEN,
    Look.DUE_SOON: Group.OPEN,
    Look.WAIVED: Group.WAIVED,
}
STANDING = {Group.LATE: 0, Group.OPEN: 1, Group.REPORTED: 2, Group.DONE: 3}
BETTER, SAME, WORSE = "better", "same", "worse"
TRENDS = {BETTER: ("↑", mark("好转")), SAME: ("→", mark("持平")), WORSE: ("↓", mark("变差"))}


@dataclass(frozen=True)
class Milestone:
    """A reporting date."""

    id: int
    number: int
    title: str
    due_on: date


@dataclass(frozen=True)
class Wish:
    """What a board is narrowed to; None narrows nothing. `number` is that of a reporting date."""

    number: int | None = None
    part: Part | None = None
    topic: str | None = None
    group: Group | None = None
    task_id: int | None = None
    owner: Place | None = None


@dataclass(frozen=True)
class Cell:
    """What one unit owes in one task: its worst look, how many, and where that is going (None: nothing to compare)."""

    look: Look
    sums: Counter[Group]
    trend: str | None

    @property
    def total(self) -> int:
        """Count what is owed."""
        return self.sums.total()


@dataclass(frozen=True)
class Matrix:
    """Cells by task and unit with the sums of rows, of columns and of all; what is owed is counted once in each."""

    cells: Mapping[Key, Cell]
    rows: Mapping[int | None, Counter[Group]]
    columns: Mapping[Place, Counter[Group]]
    whole: Counter[Group]
    compared_with: date | None


def chosen(owed: Iterable[Owed], wish: Wish, dates: Sequence[Milestone], today: date) -> list[Owed]:
    """Leave what a wish asks for.

    An obligation belongs to the reporting date up to which it falls due, so that a half-year shows all of its work.
    """
    return [each for each in owed if _wanted(each, wish, dates) and _in_group(each, wish, today)]


def matrix_of(owed: Sequence[Owed], wish: Wish, dates: Sequence[Milestone], today: date) -> Matrix:
    """Build the matrix of what a wish leaves, as it is today and against the reporting date or the month before."""
    shown = chosen(owed, wish, dates, today)
    day = compared_day(wish, dates, today)
    before = _standings(_earlier(owed, shown, wish, dates), day) if day else {}
    by_key: dict[Key, list[Owed]] = defaultdict(list)
    for each in shown:
        by_key[each.task_id, each.owner].append(each)
    cells = {key: _cell(found, before.get(key), today) for key, found in by_key.items()}
    rows: dict[int | None, Counter[Group]] = defaultdict(Counter)
    columns: dict[Place, Counter[Group]] = defaultdict(Counter)
    whole: Counter[Group] = Counter()
    for (task_id, owner), cell in cells.items():
        rows[task_id] += cell.sums
        columns[owner] += cell.sums
        whole += cell.sums
    return Matrix(cells, rows, columns, whole, day)


def compared_day(wish: Wish, dates: Sequence[Milestone], today: date) -> date | None:
    """Return the day with which arrows compare: after the reporting date before the chosen one, else a month ago."""
    previous = _previous(wish, dates)
    day = previous.due_on + timedelta(days=1) if previous else today - MONTH
    return day if day < today else None


def _wanted(each: Owed, wish: Wish, dates: Sequence[Milestone]) -> bool:
    return (
        (wish.number is None or number_of(each, dates) == wish.number)
        and wish.part in (None, each.part)
        and wish.topic in (None, each.topic)
        and (wish.task_id is None or wish.task_id == (each.task_id or 0))
        and wish.owner in (None, each.owner)
    )


def _in_group(each: Owed, wish: Wish, today: date) -> bool:
    return wish.group in (None, GROUP_OF[each.look(today)])


def number_of(each: Owed, dates: Sequence[Milestone]) -> int | None:
    """Return the number of the reporting date that something owed belongs to; None after the last one."""
    if each.date_id is not None:
        return next((on.number for on in dates if on.id == each.date_id), None)
    return next((on.number for on in sorted(dates, key=lambda on: on.due_on) if each.due_on <= on.due_on), None)


def _previous(wish: Wish, dates: Sequence[Milestone]) -> Milestone | None:
    earlier = [on for on in dates if wish.number is not None and on.number < wish.number]
    return max(earlier, key=lambda on: on.number, default=None)


def _earlier(owed: Sequence[Owed], shown: Sequence[Owed], wish: Wish, dates: Sequence[Milestone]) -> Collection[Owed]:
    """Return what arrows compare with: what was owed at the reporting date before, or the same things a month ago."""
    previous = _previous(wish, dates)
    if previous is None:
        return shown
    kept = Wish(previous.number, wish.part, wish.topic)
    return [each for each in owed if _wanted(each, kept, dates)]


def _standings(owed: Iterable[Owed], day: date) -> dict[Key, int]:
    found: dict[Key, list[Look]] = defaultdict(list)
    for each in owed:
        found[each.task_id, each.owner].append(as_on(each, day).look(day))
    standings = {key: _standing(looks) for key, looks in found.items()}
    return {key: value for key, value in standings.items() if value is not None}


def _standing(looks: Iterable[Look]) -> int | None:
    look = worst(looks)
    return None if look is None else STANDING.get(GROUP_OF[look])


def _cell(found: Sequence[Owed], before: int | None, today: date) -> Cell:
    looks = [each.look(today) for each in found]
    look, now = worst(looks) or Look.NOT_DUE, _standing(looks)
    return Cell(look, Counter(GROUP_OF[each] for each in looks), _trend(before, now))


def _trend(before: int | None, now: int | None) -> str | None:
    if before is None or now is None:
        return None
    return SAME if before == now else BETTER if now > before else WORSE
