"""Where a visit stands while it is filled: every item judged, what is still open, and what it will lead to. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspect_app.checklists.definition import Answer, Checklist, Evidence, Item, Severity
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.relevance import not_asked
from inspect_app.checklists.rules import problems
from inspect_app.checklists.scoring import Result, SheetScore, score
from inspect_app.core.labels import Sentence


@dataclass(frozen=True)
class ItemTally:
    """One item: its result, what still keeps it from being submitted, and what its failure leads to.

    `skipped` says why the item is not asked, None when it is. `given` tells whether anything was answered.
    """

    item: Item
    result: Result
    why: tuple[Reason, ...]
    problems: tuple[str, ...]
    veto: bool
    given: bool = False
    skipped: Sentence | None = None

    @property
    def consequence(self) -> Severity | None:
        """The hazard or note that a failed item becomes."""
        return self.item.severity if self.result is Result.FAILED else None

    @property
    def open(self) -> bool:
        """Whether it must be completed before the visit can be submitted."""
        return self.result is Result.UNANSWERED or bool(self.problems)

    @property
    def counts(self) -> bool:
        """Whether it belongs to what is to be answered: asked, and either required or answered."""
        return self.skipped is None and (self.item.required or self.given)


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
    def asked(self) -> int:
        """How many items are to be answered, as the answers so far decide."""
        return sum(each.counts for each in self.items)

    @property
    def answered(self) -> int:
        """How many of these have an answer."""
        return sum(each.counts and each.result is not Result.UNANSWERED for each in self.items)

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
    skipped = not_asked(checklist, answers, on)
    items = []
    for item, line in zip(checklist.items, result.lines, strict=True):
        answer, reason = answers.get(item.code) or {}, skipped.get(item.code)
        lacking = () if reason else problems(item, answer, attached.get(item.code, ()), on)
        veto = item.code in result.vetoed_by
        items.append(ItemTally(item, line.result, line.why, lacking, veto, given=bool(answer), skipped=reason))
    return SheetTally(checklist, result, tuple(items))
