"""What an obligation makes fall due in a place in a year. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.places import Asked, Place, doubts, why_not
from inspect_app.workplans.library.spans import DAY, Span, day_in, day_of, spans_of
from inspect_app.workplans.library.words import TRIGGER_LABELS, Kind, Moves, Of, Period, Role

if TYPE_CHECKING:
    from inspect_app.core.workdays import Calendar


@dataclass(frozen=True)
class Due:
    """One thing owed: `dated` is False where nobody named a day and the end of the period stands in for it.

    `needed` is how many (of each `per`, or of the aspects), `share` which part of all; None where no number is set.
    A due day that moves past a holiday may lie after the period.
    """

    number: int
    starts_on: date
    ends_on: date
    due_on: date
    dated: bool
    needed: int | None
    at_most: int | None
    share: Decimal | None
    per: Of | None
    by: Role


@dataclass(frozen=True)
class Dues:
    """The instances of a year in their order, or why there are none; `doubts` are conditions nobody knows about."""

    instances: tuple[Due, ...]
    why_none: Sentence | None = None
    doubts: tuple[Sentence, ...] = ()


def dues(obligation: Obligation, place: Place, year: int, calendar: "Calendar") -> Dues:
    """Compute what falls due in one place in one year."""
    asked = Asked(obligation, place, year)
    why = why_not(obligation, place) or _undated(asked)
    if why is not None:
        return Dues((), why)
    made = (_due(asked, number, span, calendar) for number, span in enumerate(_spans(asked), start=1))
    return Dues(tuple(made), None, doubts(obligation, place))


def _undated(asked: Asked) -> Sentence | None:
    measure = asked.obligation.measure
    if measure.trigger:
        return say(mark("不按日期到期：%(trigger)s后才产生。"), trigger=TRIGGER_LABELS[measure.trigger])
    named = measure.number("due_on")
    if named is not None and named.yearly and asked.text("due_on") is None:
        return say(mark("%(year)s 年的日期还没有确定，请在参数中填写。"), year=asked.year)
    return None


def _spans(asked: Asked) -> tuple[Span, ...]:
    if asked.obligation.kind is Kind.TIMES:
        return spans_of(asked.obligation.measure.period or Period.YEAR, asked.year)
    day = asked.text("due_on")
    return ((date(asked.year, 1, 1), day_of(day, asked.year)),) if day else spans_of(Period.YEAR, asked.year)


def _due(asked: Asked, number: int, span: Span, calendar: "Calendar") -> Due:
    measure, day = asked.obligation.measure, asked.count("due_day")
    return Due(
        number=number,
        starts_on=span[0],
        ends_on=span[1],
        due_on=_moved(day_in(span, day) if day else span[1], measure.moves, span, calendar),
        dated=day is not None or asked.text("due_on") is not None,
        needed=_needed(asked),
        at_most=asked.count("at_most"),
        share=asked.exact("share"),
        per=measure.per,
        by=asked.obligation.actor,
    )


def _needed(asked: Asked) -> int | None:
    measure = asked.obligation.measure
    all_aspects = asked.obligation.kind is Kind.SHARE and measure.of is Of.ASPECTS
    return len(measure.aspects) if all_aspects else asked.count("at_least")


def _moved(day: date, moves: Moves | None, span: Span, calendar: "Calendar") -> date:
    step = DAY if moves is Moves.AFTER else -DAY
    while moves is not None and not calendar.is_working(day):
        day += step
    return max(day, span[0])
