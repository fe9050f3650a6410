"""Measurable demands in a text, each with its exact words; what is not asked for in figures is not here."""

from collections.abc import Iterable

from inspect_app.workplans.notices.candidates import Context, Finder
from inspect_app.workplans.notices.counts import amounts, head_counts, ranges, thresholds
from inspect_app.workplans.notices.dates import (
    days,
    deadline_at,
    halves,
    named_days,
    quarters,
    recurring,
    year_ends,
)
from inspect_app.workplans.notices.limits import magnitudes, on_duty, same_day, within
from inspect_app.workplans.notices.masking import masked
from inspect_app.workplans.notices.model import Requirement
from inspect_app.workplans.notices.shares import coverage, shares
from inspect_app.workplans.notices.times import counted, regular, uncounted

FINDERS: tuple[Finder, ...] = (
    recurring,
    days,
    year_ends,
    quarters,
    halves,
    named_days,
    counted,
    within,
    same_day,
    on_duty,
    shares,
    coverage,
    magnitudes,
    amounts,
    head_counts,
    thresholds,
    ranges,
    uncounted,
    regular,
)
"""Earlier finders win where two find the same words."""


def requirements_in(text: str, start: int, end: int, year: int | None) -> tuple[Requirement, ...]:
    """Find the demands between two places of a text; `year` is that of the paper, for days without one."""
    context = Context(masked(text[start:end]), year)
    taken: list[Requirement] = []
    for finder in FINDERS:
        for found in finder(context):
            if not any(found.start < other.end and other.start < found.end for other in taken):
                taken.append(found)
    return tuple(_placed(taken, text, start))


def deadline_in(text: str, start: int, end: int, year: int | None) -> tuple[Requirement, ...]:
    """Read a stretch that holds nothing but a day, as a column for days does."""
    context = Context(masked(text[start:end]), year)
    return tuple(_placed(deadline_at(context, 0, end - start), text, start))


def _placed(found: Iterable[Requirement], text: str, start: int) -> Iterable[Requirement]:
    for each in sorted(found, key=lambda one: one.start):
        place = start + each.start
        quote = text[place : place + len(each.quote)]
        yield Requirement(
            quote, place, each.kind, each.value, each.unit, each.confidence, each.due_on, each.per, each.least,
            each.most, each.day,
        )  # fmt: skip
