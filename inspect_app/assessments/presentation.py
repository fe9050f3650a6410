"""Scores as tables for pages: what stands in each cell, how strong its colour is, and why it is a dash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import GRADE_LABELS, Grade, Indicator, Module, Scheme
from inspect_app.assessments.leaders.board import Board, Standing
from inspect_app.assessments.leaders.movement import NOT_KNOWN, Move
from inspect_app.assessments.scoring import Line, LineState, Score
from inspect_app.assessments.wording import rounded
from inspect_app.core.labels import Sentence, mark

GRADE_MARKS = {
    Grade.EXCELLENT: ("●", "done"),
    Grade.GOOD: ("◕", "work"),
    Grade.FAIR: ("◑", "wait"),
    Grade.FAILED: ("▲", "late"),
}
NOTHING_APPLIES = mark("期内没有任何应计的数量，不评分，也不计入上级汇总。")
MODULE_EMPTY = mark("本模块没有应计的数量，不涉及，不计入总分。")
MODULE_PENDING = mark("本模块的指标待评，暂不计分。")


@dataclass(frozen=True)
class Pill:
    """A grade by word, shape and colour."""

    label: str
    mark: str
    tone: str


@dataclass(frozen=True)
class HeatCell:
    """Points with their share of the marks that apply; both None when nothing does, and `why` says so."""

    code: str
    points: Decimal | None
    share: float | None
    why: str | Sentence


@dataclass(frozen=True)
class HeatRow:
    """A county in the heat table; `pending` counts the indicators that still wait for figures."""

    code: str
    name: str
    rank: int | None
    move: Move
    cells: tuple[HeatCell, ...]
    total: Decimal | None
    full: Decimal
    share: float | None
    grade: Pill | None
    pending: int


@dataclass(frozen=True)
class HeatTable:
    """Counties, best first, by modules, or by indicators when the scheme has one module only.

    `joint` is their joint share of the marks that apply.
    """

    heads: tuple[tuple[str, Decimal], ...]
    rows: tuple[HeatRow, ...]
    full: Decimal
    joint: float | None
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class GradeCount:
    """How many counties reached a grade; `names` lists them. Without a grade: no score."""

    grade: Pill | None
    names: tuple[str, ...]


def pill(grade: Grade | str | None) -> Pill | None:
    """Return how a grade is shown, None for none."""
    return Pill(GRADE_LABELS[Grade(grade)], *GRADE_MARKS[Grade(grade)]) if grade else None


def heat_table(board: Board, moves: Mapping[str, Move] | None = None) -> HeatTable:
    """Lay out a board, with the movement of each county by its code."""
    heads = heads_of(board.scheme)
    share = board.together.share if board.together else None
    known = moves or {}
    return HeatTable(
        heads=tuple((head.title, head.full) for head in heads),
        rows=tuple(_row(each, heads, known.get(each.place.code, NOT_KNOWN)) for each in board.standings),
        full=board.scheme.full,
        joint=None if share is None else float(share),
        left_out=tuple(county.name for county in board.left_out),
    )


def distribution(board: Board) -> list[GradeCount]:
    """Count the grades of a board, best first; those without a score last, where there are any."""
    grades: list[Grade | None] = [*Grade, None]
    names = {grade: tuple(_named(board, grade)) for grade in grades}
    return [GradeCount(pill(grade), names[grade]) for grade in grades if grade is not None or names[grade]]


def heads_of(scheme: Scheme) -> Sequence[Module | Indicator]:
    """Return what the columns of a scheme stand for."""
    return scheme.modules if len(scheme.modules) > 1 else scheme.indicators


def cell(score: Score, head: Module | Indicator) -> HeatCell:
    """Return the points of a module or of an indicator."""
    if isinstance(head, Indicator):
        return _line_cell(score.line(head.code))
    lines = [line for line in score.lines if line.module == head.code]
    points = score.module_points(head.code)
    if points is None:
        waits = any(line.state is LineState.PENDING for line in lines)
        return HeatCell(head.code, None, None, MODULE_PENDING if waits else MODULE_EMPTY)
    full = sum((line.full for line in lines), Fraction(0))
    return HeatCell(head.code, score.module_shown(head.code), float(points / full) if full else None, "")


def _named(board: Board, grade: Grade | None) -> Sequence[str]:
    return [each.place.name for each in board.standings if each.score.grade == grade]


def _row(each: Standing, heads: Sequence[Module | Indicator], move: Move) -> HeatRow:
    score = each.score
    return HeatRow(
        code=each.place.code,
        name=each.place.name,
        rank=each.rank,
        move=move,
        cells=tuple(cell(score, head) for head in heads),
        total=None if score.points is None else rounded(score.points),
        full=rounded(score.full),
        share=None if score.share is None else float(score.share),
        grade=pill(score.grade),
        pending=len(score.pending),
    )


def _line_cell(line: Line) -> HeatCell:
    if line.shown is None or line.share is None:
        return HeatCell(line.indicator.code, None, None, line.why)
    return HeatCell(line.indicator.code, line.shown.points, float(line.share), line.why)
