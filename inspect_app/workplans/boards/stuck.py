"""Who is stuck (谁卡住了): what is late, whose it is, and since when. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from inspect_app.workplans.boards.owed import Owed
from inspect_app.workplans.words import Look

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Stuck:
    """Something that its unit has not reported, or not again, though its day is over; `days` since it lies there."""

    owed: Owed
    look: Look
    since: date
    days: int


def stuck_among(owed: Iterable[Owed], today: date) -> list[Stuck]:
    """List what is late and lies with its unit, longest first.

    What was sent back lies there since the later of its due day and the day it was sent back.
    """
    found = [_stuck(each, look, today) for each in owed if (look := each.look(today)) in LATE and today > each.due_on]
    return sorted(found, key=lambda each: (-each.days, each.owed.due_on, each.owed.id))


def grouped(stuck: Iterable[Stuck], by: Callable[[Owed], K]) -> dict[K, list[Stuck]]:
    """Put what is stuck together, the group first whose longest is longest; the order within stays."""
    found: dict[K, list[Stuck]] = defaultdict(list)
    for each in stuck:
        found[by(each.owed)].append(each)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][0].days, -len(pair[1]))))


def _stuck(each: Owed, look: Look, today: date) -> Stuck:
    since = each.due_on
    if look is Look.RETURNED:
        since = max(since, each.returned_on() or since)
    return Stuck(each, look, since, (today - since).days)


LATE = (Look.OVERDUE, Look.RETURNED)
