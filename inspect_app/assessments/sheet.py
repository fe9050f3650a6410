"""What a score is: lines that explain every point, what lies outside the full marks, vetoes and the grade. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from inspect_app.assessments.definition import Extra, Grade, Indicator, Veto
from inspect_app.assessments.rules import Fact
from inspect_app.core.labels import Sentence


class LineState(StrEnum):
    """Whether a line counts; what waits for figures that people enter is left out until they come."""

    COUNTED = "counted"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"


@dataclass(frozen=True)
class Change:
    """Points that people put in the place of the computed ones, with the reason; None: the line does not apply."""

    points: Decimal | None
    reason: str


@dataclass(frozen=True)
class Shown:
    """Points and full marks of a line in two places, as pages show them.

    With those of the other lines they add up to the shown total and the shown full marks (`as_json.parts`).
    """

    points: Decimal
    full: Decimal

    @property
    def lost(self) -> Decimal:
        """What is shown as lost: the difference of the two."""
        return max(self.full - self.points, Decimal(0))


@dataclass(frozen=True)
class Line:
    """What one indicator gave. `points` is None when it does not count; `full` then is 0, its marks being shared out.

    The indicator has the numbers of the region in its rule. `computed` are the points before people changed them.
    """

    module: str
    indicator: Indicator
    numerator: int | Decimal
    denominator: int | Decimal
    points: Fraction | None
    full: Fraction
    why: Sentence
    state: LineState = LineState.COUNTED
    fact: Fact | None = None
    computed: Fraction | None = None
    change: Change | None = None
    shown: Shown | None = None

    @property
    def lost(self) -> Fraction:
        """Points short of what this line carries."""
        return self.full - (self.points or 0)

    @property
    def share(self) -> Fraction | None:
        """Points as a share of what this line carries, None when it does not count."""
        return None if self.points is None or not self.full else self.points / self.full


@dataclass(frozen=True)
class ExtraLine:
    """What one deduction or bonus gave: `claimed` before the caps, `points` as counted, never negative."""

    extra: Extra
    count: int | Decimal
    claimed: Fraction
    points: Fraction
    why: Sentence


@dataclass(frozen=True)
class Score:
    """Points out of the full marks that apply; both None and 0 when nothing applies.

    `lines` + `bonuses` - `deductions` - `zeroed` add up to `points`, which stay between 0 and `full`. `zeroed` is what
    a veto took, `pending` the codes that wait for figures, `notes` say why the grade is not the one of the bands.
    """

    scheme: str
    version: int
    points: Fraction | None
    full: Fraction
    grade: Grade | None
    lines: tuple[Line, ...]
    vetoes: tuple[tuple[Veto, Sentence], ...] = ()
    deductions: tuple[ExtraLine, ...] = ()
    bonuses: tuple[ExtraLine, ...] = ()
    zeroed: Fraction = Fraction(0)
    pending: tuple[str, ...] = ()
    notes: tuple[Sentence, ...] = ()
    conversion_full: Decimal | None = None

    @property
    def share(self) -> Fraction | None:
        """Points as a share of the full marks that apply."""
        return None if self.points is None else self.points / self.full

    @property
    def provisional(self) -> bool:
        """Tell whether lines still wait for figures; such a score cannot be published."""
        return bool(self.pending)

    @property
    def converted(self) -> Fraction | None:
        """Points in the scale of the higher body (domain reference §6.3 rule 6), None without such a scale."""
        if self.share is None or self.conversion_full is None:
            return None
        return self.share * Fraction(self.conversion_full)

    def module_points(self, code: str) -> Fraction | None:
        """Points of one module, None when nothing of it counts."""
        points = [line.points for line in self.lines if line.module == code and line.points is not None]
        return sum(points, Fraction(0)) if points else None

    def module_shown(self, code: str) -> Decimal | None:
        """Points of one module as pages show them: the sum of those of its lines; None when nothing of it counts."""
        shown = [line.shown.points for line in self.lines if line.module == code and line.shown is not None]
        return sum(shown, Decimal(0)) if shown else None

    def line(self, code: str) -> Line:
        """Return the line of an indicator; StopIteration when there is none."""
        return next(line for line in self.lines if line.indicator.code == code)


def exact_parts(score: Score) -> list[Fraction | None]:
    """Return what makes up a score: lines, deductions (negative), bonuses, and what a veto took (negative)."""
    lines: list[Fraction | None] = [line.points for line in score.lines]
    lines += [-each.points for each in score.deductions]
    lines += [each.points for each in score.bonuses]
    return [*lines, -score.zeroed] if score.zeroed else lines
