"""Where a visit stands while it is filled: every item judged, what is still open, and what it will lead to. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspect_app.checklists.definition import Answer, Checklist, Evidence, Item, Severity
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.rules import problems
from inspect_app.checklists.scoring import Line, Result, SheetScore, score


@dataclass(frozen=True)
class ItemTally:
    """One item: its result, what still keeps it from being submitted, and what its failure leads to."""

    item: Item
    result: Result
    why: tuple[Reason, ...]
    problems: tuple[str, ...]
    veto: bool

    @property
    def consequence(self) -> Severity | None:
        """The hazard or note that a failed item becomes."""
        return self.item.severity if self.result is Result.FAILED else None

    @property
    def open(self) -> bool:
        """Whether it must be completed before the visit can be submitted."""
        return self.result is Result.UNANSWERED or bool(self.problems)


@dataclass(frozen=True)
class SheetTally:
    """One list of the visit."""

    checklist: Checklist
    score: SheetScore
    items: tuple[ItemTally, ...]


@dataclass(frozen=True)
class Tally:
    """All lists of a visit."""

    sheets: tuple[SheetTally, ...]

    @property
    def items(self) -> tuple[ItemTally, ...]:
        """Every item of every list, in order."""
        return tuple(each for sheet in self.sheets for each in sheet.items)

    @property
    def open_items(self) -> tuple[ItemTally, ...]:
        """What must be completed before submitting."""
        return tuple(each for each in self.items if each.open)

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return sum(each.result is not Result.UNANSWERED for each in self.items)

    @property
    def vetoes(self) -> int:
        """How many items decide their sheet by failing."""
        return sum(len(sheet.score.vetoed_by) for sheet in self.sheets)

    def leading_to(self, severity: Severity) -> int:
        """Count the failed items of a severity."""
        return sum(each.consequence is severity for each in self.items)

    def item(self, code: str) -> ItemTally:
        """Return the item with this code; StopIteration when no list has it."""
        return next(each for each in self.items if each.item.code == code)


def tally(
    checklists: Sequence[Checklist],
    answers: Mapping[str, Answer],
    attached: Mapping[str, Collection[Evidence]],
    on: date,
) -> Tally:
    """Judge the answers by item code; `attached` tells which kinds of proof hang on an item."""
    return Tally(tuple(_sheet(checklist, answers, attached, on) for checklist in checklists))


def _sheet(
    checklist: Checklist, answers: Mapping[str, Answer], attached: Mapping[str, Collection[Evidence]], on: date
) -> SheetTally:
    result = score(checklist, answers, on)
    lines = zip(checklist.items, result.lines, strict=True)
    items = (
        _item(item, line, problems(item, answers.get(item.code, {}), attached.get(item.code, ()), on), result)
        for item, line in lines
    )
    return SheetTally(checklist, result, tuple(items))


def _item(item: Item, line: Line, sentences: tuple[str, ...], result: SheetScore) -> ItemTally:
    return ItemTally(item, line.result, line.why, sentences, veto=item.code in result.vetoed_by)
