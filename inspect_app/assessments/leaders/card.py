"""The scorecard of a county: modules with their lines, what was taken off or added, and what lost most."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.assessments.as_json import parts, stored_points
from inspect_app.assessments.definition import CappedCount, Module
from inspect_app.assessments.leaders.board import Standing
from inspect_app.assessments.leaders.movement import RED
from inspect_app.assessments.presentation import NOTHING_APPLIES, HeatCell, Pill, cell, pill
from inspect_app.assessments.scoring import CENTS, ExtraLine, Line, LineState, Score
from inspect_app.assessments.wording import rounded

Address = Callable[[str, str], str]
TARGETED = (CappedCount,)


@dataclass(frozen=True)
class CardLine:
    """One line of the scheme; `points` None where it does not count. Addresses are "" where no rows stand behind."""

    line: Line
    points: Decimal | None
    full: Decimal
    share: float | None
    lost: Decimal
    red: bool
    target: bool
    numerator_href: str
    denominator_href: str

    @property
    def waits(self) -> bool:
        """Tell whether figures are still to come."""
        return self.line.state is LineState.PENDING


@dataclass(frozen=True)
class CardModule:
    """A module with its lines."""

    module: Module
    sum: HeatCell
    lines: tuple[CardLine, ...]


@dataclass(frozen=True)
class CardExtra:
    """What was taken off (below zero) or added outside the full marks, with its rows where there are any."""

    extra: ExtraLine
    points: Decimal
    href: str


@dataclass(frozen=True)
class Card:
    """What a scorecard is drawn from; points of lines and extras add up to `total` as shown.

    `nothing` is the reason where there is no score, `zeroed` what a veto took.
    """

    score: Score
    total: Decimal | None
    full: Decimal
    converted: Decimal | None
    rank: int | None
    grade: Pill | None
    nothing: str
    modules: tuple[CardModule, ...]
    extras: tuple[CardExtra, ...]
    zeroed: Decimal | None

    @property
    def lines(self) -> list[CardLine]:
        """All lines in the order of the scheme."""
        return [line for module in self.modules for line in module.lines]

    @property
    def worst(self) -> list[CardLine]:
        """Lines that lost points, the most first."""
        return sorted((each for each in self.lines if each.lost > 0), key=lambda each: -each.lost)


def scorecard(standing: Standing, modules: Iterable[Module], address: Address) -> Card:
    """Lay out the score of a county; `address` gives the page of the rows behind a part of a named fact."""
    score = standing.score
    points = parts(score, CENTS)
    lines = [_line(line, address) for line in score.lines]
    return Card(
        score=score,
        total=stored_points(score, CENTS),
        full=rounded(score.full),
        converted=None if score.converted is None else rounded(score.converted),
        rank=standing.rank,
        grade=pill(score.grade),
        nothing=NOTHING_APPLIES,
        modules=tuple(_module(module, score, lines) for module in modules),
        extras=tuple(_extras(score, points[len(lines) :], address)),
        zeroed=points[-1] if score.zeroed else None,
    )


def _module(module: Module, score: Score, lines: Iterable[CardLine]) -> CardModule:
    return CardModule(module, cell(score, module), tuple(each for each in lines if each.line.module == module.code))


def _extras(score: Score, points: Sequence[Decimal | None], address: Address) -> Iterable[CardExtra]:
    for each, given in zip((*score.deductions, *score.bonuses), points, strict=False):
        if each.count:
            fact = each.extra.fact
            yield CardExtra(each, given or Decimal(0), address(fact, "numerator") if fact else "")


def _line(line: Line, address: Address) -> CardLine:
    share, fact, shown = line.share, line.indicator.fact, line.shown
    targeted = isinstance(line.indicator.rule, TARGETED)
    return CardLine(
        line=line,
        points=shown.points if shown else None,
        full=shown.full if shown else Decimal(0),
        share=None if share is None else float(share),
        lost=shown.lost if shown else Decimal(0),
        red=share is not None and share < RED,
        target=targeted,
        numerator_href=address(fact, "numerator") if fact else "",
        denominator_href=address(fact, "denominator") if fact and not targeted else "",
    )
