"""What registers, visits and hazards say of counties: set by set, whatever the number of dues."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy.orm import Session

from inspect_app.hazards.facts import FACTS as HAZARDS
from inspect_app.inspections import facts as visits
from inspect_app.registers import facts as registers
from inspect_app.registers.definition import Fact, Measure
from inspect_app.registers.figures import Ground, Said, figure_of
from inspect_app.workplans.records.definition import Record
from inspect_app.workplans.records.loading import OF_HAZARDS, REGISTERS, VISITS

K = TypeVar("K")
Figure = tuple[Decimal, Decimal | None]


@dataclass(frozen=True)
class Question:
    """What a record says of one county between two days, both inclusive; `until` is the due day or today."""

    record: Record
    region_id: int
    start: date
    until: date


Answers = Mapping[Question, Figure]


def answers(session: Session, questions: Collection[Question], today: date) -> Answers:
    """Answer many questions; the queries grow with the periods and the records in use, not with the counties."""
    found: dict[Question, Figure] = {}
    for origin, ask in ASK.items():
        found |= ask(session, [each for each in questions if each.record.origin == origin], today)
    return found


def _of_registers(session: Session, questions: Collection[Question], today: date) -> dict[Question, Figure]:
    dated = [each for each in questions if _day_of(each.record)]
    standing = [each for each in questions if not _day_of(each.record)]
    return _happened(session, dated, today) | _stood(session, standing)


def _happened(session: Session, questions: Collection[Question], today: date) -> dict[Question, Figure]:
    """What happened in a period, as it is known today."""
    codes = {registers.fact_of(each.record.fact)[0].code for each in questions}
    if not codes:
        return {}
    said = registers.said_by_county(session, {each.region_id for each in questions}, today, codes)
    found = {}
    for each in questions:
        register, fact = registers.fact_of(each.record.fact)
        entries = said.get((register.code, each.region_id))
        if entries is not None:
            inside = _inside(entries, _day_of(each.record), each)
            figure = figure_of(register, _of_any_year(fact), inside, Ground(each.until, {}))
            found[each] = figure.numerator, figure.denominator
    return found


def _stood(session: Session, questions: Collection[Question]) -> dict[Question, Figure]:
    """What stood on a day."""
    found = {}
    for day, several in _by(questions, lambda each: each.until).items():
        names = {each.record.fact for each in several}
        figures = registers.gathered(session, {each.region_id for each in several}, day, names)
        for each in several:
            figure = figures[each.record.fact].get(each.region_id)
            if figure is not None:
                _register, fact = registers.fact_of(each.record.fact)
                found[each] = figure[0], figure[1] if fact.denominator is not None else None
    return found


def _of_visits(session: Session, questions: Collection[Question], today: date) -> dict[Question, Figure]:
    found: dict[Question, Figure] = {}
    for (name, start, until), several in _by(
        questions, lambda each: (each.record.fact, each.start, each.until)
    ).items():
        keys = {each.region_id for each in several}
        if name == visits.Fact.SPECIAL_INSPECTIONS:
            counts = visits.special_inspections(session, keys, start, until)
            found |= {each: (Decimal(counts.get(each.region_id, 0)), None) for each in several}
            continue
        of_coverage = name == visits.Fact.COVERAGE
        shares = (
            visits.coverage(session, keys, start, until)
            if of_coverage
            else visits.self_checks(session, keys, start, until, today)
        )
        found |= {each: _pair(shares[each.region_id]) for each in several if each.region_id in shares}
    return found


def _of_hazards(session: Session, questions: Collection[Question], today: date) -> dict[Question, Figure]:
    found: dict[Question, Figure] = {}
    for (name, start, until), several in _by(
        questions, lambda each: (each.record.fact, each.start, each.until)
    ).items():
        shares = HAZARDS[name](session, {each.region_id for each in several}, start, until, today, of_townships=False)
        found |= {each: _pair(shares[each.region_id]) for each in several if each.region_id in shares}
    return found


ASK: Mapping[str, Callable[[Session, Collection[Question], date], dict[Question, Figure]]] = {
    REGISTERS: _of_registers,
    VISITS: _of_visits,
    OF_HAZARDS: _of_hazards,
}


def _pair(share: tuple[int | Decimal, int | Decimal]) -> Figure:
    return Decimal(share[0]), Decimal(share[1])


def _kind(each: Question) -> tuple[str, date, date]:
    return each.record.fact, each.start, each.until


def _day_of(record: Record) -> str:
    """Return the column with the day of what happened, for a figure of the year; an empty text for any other."""
    _register, fact = registers.fact_of(record.fact)
    return next((each.column for each in fact.numerator.where if each.this_year), "")


def _of_any_year(fact: Fact) -> Fact:
    below = fact.denominator
    return replace(fact, numerator=_ever(fact.numerator), denominator=below and _ever(below))


def _ever(measure: Measure) -> Measure:
    return replace(measure, where=tuple(each for each in measure.where if not each.this_year))


def _inside(entries: Iterable[Said], column: str, each: Question) -> list[Said]:
    start, until = each.start.isoformat(), each.until.isoformat()
    return [one for one in entries if start <= str(one.values.get(column) or "") <= until]


def _by(questions: Iterable[Question], key: Callable[[Question], K]) -> Mapping[K, list[Question]]:
    found: dict[K, list[Question]] = defaultdict(list)
    for each in questions:
        found[key(each)].append(each)
    return found
