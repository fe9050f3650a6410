"""How far records answer what is owed: a count, what it is compared with, and where its rows are. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


class Demand(Protocol):
    """What is asked for, as WorkDue keeps it."""

    needed: int | None
    share: Decimal | None
    per: str | None


@dataclass(frozen=True)
class Met:
    """What records show for something owed: `count` of `whole` (None for a plain count) against `needed` or `share`.

    `met` is None where no number is set to compare with. `endpoint` and `arguments` lead to the rows, `title` says
    which records they are.
    """

    title: str
    count: Decimal
    whole: Decimal | None
    needed: int | None
    share: Decimal | None
    met: bool | None
    endpoint: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def is_met(demand: Demand, count: Decimal, whole: Decimal | None, each: int | None) -> bool | None:
    """Compare a figure with what is asked; None where nothing is set, or where the figure tells something else.

    `each` is the number that every counted place reaches: it answers a demand for just as many of each, of all places.
    """
    if demand.per is not None or each is not None:
        return count >= whole if whole and demand.per is not None and each == demand.needed else None
    if demand.share is not None:
        return count >= demand.share * whole if whole else None
    return None if demand.needed is None else count >= demand.needed
