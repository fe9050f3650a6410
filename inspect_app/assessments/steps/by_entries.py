"""Putting right what registers and cards of objects say is missing, entry by entry."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.assessments.sources import Asked, Source, sources
from inspect_app.assessments.sources.of_registers import PREFIX, SCHOOLS
from inspect_app.assessments.steps.offer import USUAL, Offer, Setting
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted, Thing, total
from inspect_app.core.labels import mark, say
from inspect_app.registers.definition import Measured, Sort
from inspect_app.registers.facts import fact_of

MEND = mark("补上“%(fact)s”：%(name)s")
ONE_MORE = mark("再增加一处：%(fact)s")
OF_SITES = (SCHOOLS, "key_sites_on_file")


def offers(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give a step for each entry, object or place that is below the line and not above it.

    What happened (drills held, calls answered) is past and offered only as something that can be held again
    (`by_occasions`).
    """
    for name in sorted(setting.scheme.facts):
        source = sources()[name]
        if setting.of_township and not source.by_township:
            continue
        if name in OF_SITES or (_stands(name) and source.gaps):
            yield from _named(session, setting, source)
        elif _stands(name) and _of_places(name):
            yield from _unnamed(session, setting, source)


def _named(session: Session, setting: Setting, source: Source) -> Iterator[Offer]:
    reached, whole = _sides(session, setting.asked, source)
    have: dict[str, Decimal] = {}
    for row in reached:
        have[row.reference] = have.get(row.reference, Decimal(0)) + Decimal(row.amount)
    for row in whole:
        short = Decimal(row.amount) - have.get(row.reference, Decimal(0))
        if short > 0:
            title = say(MEND, fact=source.title, name=row.label)
            reference = f"{source.name}-{row.reference}"
            yield Offer(Possible(reference, title, (Move(source.name, short),), USUAL, setting.last), row)


def _unnamed(session: Session, setting: Setting, source: Source) -> Iterator[Offer]:
    """Give as many steps as places are short; which places they are the entries do not say."""
    reached, whole = (total(rows) for rows in _sides(session, setting.asked, source))
    for number in range(1, int(whole - reached) + 1):
        title = say(ONE_MORE, fact=source.title)
        step = Possible(f"{source.name}-{number}", title, (Move(source.name, 1),), USUAL, setting.last)
        yield Offer(step, Counted(Thing.NUMBER, source.name, source.title))


def _sides(session: Session, asked: Asked, source: Source) -> tuple[list[Counted], list[Counted]]:
    return source.listed(session, asked, "numerator"), source.listed(session, asked, "denominator")


def _stands(name: str) -> bool:
    """Tell whether a fact is of a register whose entries stand, so that what they say can be put right."""
    return name.startswith(PREFIX) and fact_of(name.removeprefix(PREFIX))[0].sort is Sort.STANDING


def _of_places(name: str) -> bool:
    _register, fact = fact_of(name.removeprefix(PREFIX))
    return fact.denominator is not None and fact.denominator.of is Measured.REGIONS
