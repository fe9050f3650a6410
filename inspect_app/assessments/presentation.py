"""Scores as tables for pages: what stands in each cell, how strong its colour is, and why it is a dash."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import GRADE_LABELS, Grade, Indicator, Module, Scheme
from inspect_app.assessments.evaluation import CountyScore, Evaluation
from inspect_app.assessments.scoring import Line, Score
from inspect_app.assessments.wording import rounded
from inspect_app.core.labels import Sentence, mark

GRADE_MARKS = {
    Grade.EXCELLENT: ("●", "done"),
    Grade.GOOD: ("◕", "work"),
    Grade.FAIR: ("◑", "wait"),
    Grade.FAILED: ("▲", "late"),
}
NOTHING_APPLIES = mark("期内没有任何应计的数量，不评分，也不计入上级汇总。")


@dataclass(frozen=True)
class Pill:
    """A grade by word, shape and colour."""

    label: str
    mark: str
    tone: str


@dataclass(frozen=True)
class HeatCell:
    """Points with their share of the full marks; both None when nothing applies, and `why` says so."""

    points: Decimal | None
    share: float | None
    why: str | Sentence


@dataclass(frozen=True)
class HeatRow:
    """A county in the heat table."""

    code: str
    name: str
    rank: int | None
    cells: tuple[HeatCell, ...]
    total: Decimal | None
    grade: Pill | None


@dataclass(frozen=True)
class HeatTable:
    """Counties, best first, by modules, or by indicators when the scheme has one module only."""

    heads: tuple[tuple[str, Decimal], ...]
    rows: tuple[HeatRow, ...]
    full: Decimal
    joint: Decimal | None
    left_out: tuple[str, ...]


def pill(grade: Grade | str | None) -> Pill | None:
    """Return how a grade is shown, None for none."""
    return Pill(GRADE_LABELS[Grade(grade)], *GRADE_MARKS[Grade(grade)]) if grade else None


def heat_table(evaluation: Evaluation) -> HeatTable:
    """Lay out an evaluation."""
    heads = _heads(evaluation.scheme)
    share = evaluation.together.share
    return HeatTable(
        heads=tuple((head.title, head.full) for head in heads),
        rows=tuple(_row(each, heads) for each in evaluation.ranked),
        full=evaluation.scheme.full,
        joint=None if share is None else rounded(share * Fraction(evaluation.scheme.full)),
        left_out=tuple(county.name for county in evaluation.left_out),
    )


def _heads(scheme: Scheme) -> Sequence[Module | Indicator]:
    return scheme.modules if len(scheme.modules) > 1 else scheme.indicators


def _row(each: CountyScore, heads: Sequence[Module | Indicator]) -> HeatRow:
    score = each.score
    return HeatRow(
        code=each.county.code,
        name=each.county.name,
        rank=each.rank,
        cells=tuple(_cell(score, head) for head in heads),
        total=None if score.points is None else rounded(score.points),
        grade=pill(score.grade),
    )


def _cell(score: Score, head: Module | Indicator) -> HeatCell:
    if isinstance(head, Indicator):
        return _line_cell(next(line for line in score.lines if line.indicator.code == head.code))
    points = score.module_points(head.code)
    if points is None:
        return HeatCell(None, None, NOTHING_APPLIES)
    full = sum(line.full for line in score.lines if line.module == head.code)
    return HeatCell(rounded(points), float(points / full), "")


def _line_cell(line: Line) -> HeatCell:
    if line.points is None or line.share is None:
        return HeatCell(None, None, line.why)
    return HeatCell(rounded(line.points), float(line.share), line.why)
