"""What each county was asked in a month, and what several returns ask alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.registers.definition import ColumnType
from inspect_app.registers.loading import registers
from inspect_app.registers.models import RegisterImport
from inspect_app.returns.expecting.rules import Every, Period, period_of
from inspect_app.returns.fields import LABELS, Field
from inspect_app.returns.lifecycle import DISCARDED
from inspect_app.returns.models import IssuedWorkbook, ReturnBatch

LEDGER = "hazards"
NEEDED = frozenset({Field.TOWNSHIP, Field.COUNTY})
TOGETHER = frozenset({ColumnType.REGION, ColumnType.VILLAGE})


@dataclass(frozen=True)
class Load:
    """What one county was asked in a month. `known` cells were filled in before the workbook was issued."""

    returns: int = 0
    issued: int = 0
    filled: int = 0
    changed: int = 0
    asked: int = 0
    known: int = 0

    @property
    def repeated(self) -> int:
        """Filled cells that said nothing new: they need not have been asked for."""
        return self.filled - self.changed


@dataclass(frozen=True)
class Twice:
    """A heading that several returns ask for; `sources` are register codes, "hazards" is the ledger."""

    heading: str
    sources: tuple[str, ...]


def month_of(text: str) -> Period:
    """Return the month written as 2026-06; anything else is the present month."""
    try:
        day = datetime.strptime(text, "%Y-%m").replace(tzinfo=clock.LOCAL).date()
    except ValueError:
        day = clock.today()
    return period_of(Every.MONTH, day)


def loads(session: Session, county_ids: Collection[int], month: Period) -> Mapping[int, Load]:
    """Sum what came from, and went to, each of these counties in a month; a county without either is absent."""
    start, end = clock.start_of(month.start), clock.start_of(month.end + timedelta(days=1))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for county_id, numbers in _numbers(session, county_ids, start, end):
        found[county_id].update({name: number for name, number in numbers.items() if name in Load.__annotations__})
    return {county_id: Load(**sums) for county_id, sums in found.items()}


def asked_twice() -> list[Twice]:
    """Return the headings that the ledger and the registers ask for more than once, the most often asked first.

    What tells where a thing lies is asked everywhere by need and not listed.
    """
    sources: dict[str, list[str]] = defaultdict(list)
    for field, label in LABELS.items():
        if field not in NEEDED:
            sources[label].append(LEDGER)
    for code, register in registers().items():
        for column in register.columns:
            if column.type not in TOGETHER and column.code not in register.key:
                sources[column.heading].append(code)
    found = [Twice(heading, tuple(asking)) for heading, asking in sources.items() if len(asking) > 1]
    return sorted(found, key=lambda each: (-len(each.sources), each.heading))


def _numbers(
    session: Session, county_ids: Collection[int], start: datetime, end: datetime
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for model in (ReturnBatch, RegisterImport):
        came = select(model.county_id, model.burden).where(
            model.county_id.in_(county_ids), model.received_at >= start, model.received_at < end,
            model.state != DISCARDED,
        )  # fmt: skip
        for county_id, burden in session.execute(came).tuples():
            yield county_id, {"returns": 1, **(burden or {})}
    went = select(IssuedWorkbook.county_id, IssuedWorkbook.burden).where(
        IssuedWorkbook.county_id.in_(county_ids), IssuedWorkbook.issued_at >= start, IssuedWorkbook.issued_at < end
    )
    for county_id, burden in session.execute(went).tuples():
        yield county_id, {"issued": 1, **(burden or {})}
