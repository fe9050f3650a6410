"""What a county said of itself beside what the inspectors found, item by item. Pure.

Only what both sides answered is compared; an item that one side left out, or was asked in other words, stands apart and
is never taken as agreement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_app.checklists.definition import Item
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.scoring import Result
from inspect_app.core.labels import mark


class Difference(StrEnum):
    """How two answers to an item stand to each other."""

    SAME = "same"
    OTHER_ANSWER = "other_answer"
    MISSED = "missed"
    STRICTER = "stricter"
    OTHER_SCOPE = "other_scope"


DIFFERENCE_LABELS = {
    Difference.SAME: mark("一致"),
    Difference.OTHER_ANSWER: mark("结果相同，答案不同"),
    Difference.MISSED: mark("自查称合格，检查不合格"),
    Difference.STRICTER: mark("自查称不合格，检查合格"),
    Difference.OTHER_SCOPE: mark("一方判为不涉及"),
}
AGREEING = frozenset({Difference.SAME, Difference.OTHER_ANSWER})


class Apart(StrEnum):
    """Why an item is not compared."""

    OWN_ONLY = "own_only"
    OFFICIAL_ONLY = "official_only"
    ASKED_OTHERWISE = "asked_otherwise"


APART_LABELS = {
    Apart.OWN_ONLY: mark("只有自查作答"),
    Apart.OFFICIAL_ONLY: mark("只有检查作答"),
    Apart.ASKED_OTHERWISE: mark("两次的问法不同"),
}


@dataclass(frozen=True)
class Told:
    """What one side answered to an item, its result, and the facts in words."""

    item: Item
    value: Mapping[str, Any]
    result: str
    why: tuple[Reason, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether somebody answered: an item that was not asked has no answer of its own."""
        return self.result != Result.UNANSWERED and (self.result != Result.NOT_APPLICABLE or bool(self.value))


@dataclass(frozen=True)
class Row:
    """An item that both sides answered."""

    own: Told
    official: Told
    difference: Difference

    @property
    def differs(self) -> bool:
        """Whether the results differ, not merely the words or figures behind them."""
        return self.difference not in AGREEING


@dataclass(frozen=True)
class Lone:
    """An item that is not compared; `told` is the official side where both answered."""

    told: Told
    why: Apart


@dataclass(frozen=True)
class Comparison:
    """One list, both sides."""

    rows: tuple[Row, ...]
    apart: tuple[Lone, ...]

    @property
    def compared(self) -> int:
        """How many items both sides answered."""
        return len(self.rows)

    @property
    def differing(self) -> int:
        """How many of them came out differently."""
        return sum(row.differs for row in self.rows)

    @property
    def missed(self) -> int:
        """How many of those the county called fine and the inspectors failed."""
        return sum(row.difference is Difference.MISSED for row in self.rows)


def compare(own: Iterable[Told], official: Iterable[Told]) -> Comparison:
    """Put the two sides beside each other by item code, in the order of the official list."""
    ours = {told.item.code: told for told in own if told.answered}
    theirs = {told.item.code: told for told in official if told.answered}
    both = [(ours[code], told) for code, told in theirs.items() if code in ours]
    rows = tuple(Row(one, other, _difference(one, other)) for one, other in both if _same_question(one, other))
    apart = [Lone(other, Apart.ASKED_OTHERWISE) for one, other in both if not _same_question(one, other)]
    apart += [Lone(told, Apart.OFFICIAL_ONLY) for code, told in theirs.items() if code not in ours]
    apart += [Lone(told, Apart.OWN_ONLY) for code, told in ours.items() if code not in theirs]
    return Comparison(rows, tuple(apart))


def _same_question(own: Told, official: Told) -> bool:
    return (own.item.text, own.item.parts) == (official.item.text, official.item.parts)


def _difference(own: Told, official: Told) -> Difference:
    if own.result == official.result:
        return Difference.SAME if own.value == official.value else Difference.OTHER_ANSWER
    if Result.NOT_APPLICABLE in {own.result, official.result}:
        return Difference.OTHER_SCOPE
    return Difference.MISSED if own.result == Result.PASSED else Difference.STRICTER
