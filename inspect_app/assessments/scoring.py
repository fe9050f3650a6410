"""From facts to a score that explains itself: pure, exact, frozen in and frozen out (domain reference §6.2, §6.3).

Points are fractions, so a grade bound is met or missed exactly; rounding belongs to whoever shows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import (
    CappedCount,
    Grade,
    Indicator,
    InverseRate,
    Module,
    Rate,
    Rule,
    Scheme,
    Veto,
)
from inspect_app.assessments.wording import why_lost, why_not_applicable, why_vetoed
from inspect_app.core.labels import Sentence


@dataclass(frozen=True)
class Fact:
    """Figures behind an indicator; a plain count has no denominator of its own (the rule's target takes its place)."""

    numerator: int | Decimal
    denominator: int | Decimal = 0


@dataclass(frozen=True)
class Line:
    """What one indicator gave. `points` is None when it does not apply; `full` then is 0, its marks being shared out.

    `weight` is what the scheme gives the indicator, `full` what it carries after sharing out.
    """

    module: str
    indicator: Indicator
    numerator: int | Decimal
    denominator: int | Decimal
    points: Fraction | None
    full: Fraction
    why: Sentence

    @property
    def lost(self) -> Fraction:
        """Points short of what this line carries."""
        return self.full - (self.points or 0)

    @property
    def share(self) -> Fraction | None:
        """Points as a share of what this line carries, None when it does not apply."""
        return None if self.points is None or not self.full else self.points / self.full


@dataclass(frozen=True)
class Score:
    """Points out of the full marks that apply; both None and 0 when nothing applies. `lines` add up to `points`."""

    scheme: str
    version: int
    points: Fraction | None
    full: Fraction
    grade: Grade | None
    lines: tuple[Line, ...]
    vetoes: tuple[tuple[Veto, Sentence], ...] = ()

    @property
    def share(self) -> Fraction | None:
        """Points as a share of the full marks that apply."""
        return None if self.points is None else self.points / self.full

    def module_points(self, code: str) -> Fraction | None:
        """Points of one module, None when nothing of it applies."""
        points = [line.points for line in self.lines if line.module == code and line.points is not None]
        return sum(points, Fraction(0)) if points else None


def share_earned(rule: Rule, fact: Fact) -> Fraction | None:
    """Return the share of the full marks (0 to 1) that a fact earns, None when the denominator is zero."""
    if isinstance(rule, CappedCount):
        return _within_one(Fraction(fact.numerator) / Fraction(rule.target))
    if not fact.denominator:
        return None
    rate = _within_one(Fraction(fact.numerator) / Fraction(fact.denominator))
    match rule:
        case Rate():
            return rate
        case InverseRate(cutoff, times):
            return Fraction(0) if rate > Fraction(cutoff) else _within_one(1 - times * rate)


def score(scheme: Scheme, facts: Mapping[str, Fact]) -> Score:
    """Score the facts of one county; a fact that is absent does not apply."""
    lines = tuple(line for module in scheme.modules for line in _module_lines(module, facts))
    applying = [line for line in lines if line.points is not None]
    full = sum((line.full for line in applying), Fraction(0))
    points = sum((line.points for line in applying if line.points is not None), Fraction(0)) if applying else None
    vetoes = tuple((veto, why_vetoed(veto)) for veto in scheme.vetoes if _raised(veto, facts))
    grade = None if points is None else _grade(scheme, points / full, [veto for veto, _ in vetoes])
    return Score(scheme.code, scheme.version, points, full, grade, lines, vetoes)


def _module_lines(module: Module, facts: Mapping[str, Fact]) -> Iterable[Line]:
    shares = {each.code: _share(each, facts) for each in module.indicators}
    applying = sum(each.full for each in module.indicators if shares[each.code] is not None)
    for indicator in module.indicators:
        share = shares[indicator.code]
        full = Fraction(0) if share is None else Fraction(indicator.full * module.full) / Fraction(applying)
        yield _line(module, indicator, facts.get(indicator.fact, Fact(0)), share, full)


def _share(indicator: Indicator, facts: Mapping[str, Fact]) -> Fraction | None:
    fact = facts.get(indicator.fact)
    return None if fact is None else share_earned(indicator.rule, fact)


def _line(module: Module, indicator: Indicator, fact: Fact, share: Fraction | None, full: Fraction) -> Line:
    rule = indicator.rule
    denominator = rule.target if isinstance(rule, CappedCount) else fact.denominator
    points = None if share is None else full * share
    return Line(
        module=module.code,
        indicator=indicator,
        numerator=fact.numerator,
        denominator=denominator,
        points=points,
        full=full,
        why=why_not_applicable(indicator)
        if points is None
        else why_lost(indicator, fact.numerator, denominator, points, full),
    )


def _within_one(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _raised(veto: Veto, facts: Mapping[str, Fact]) -> bool:
    return veto.fact in facts and facts[veto.fact].numerator > 0


def _grade(scheme: Scheme, share: Fraction, vetoes: Iterable[Veto]) -> Grade:
    reached = next(band.grade for band in scheme.grades if share * 100 >= Fraction(band.at_least))
    ranked = list(Grade)
    return max([reached, *(veto.grade_at_most for veto in vetoes)], key=ranked.index)
