"""From facts to a score that explains itself: pure, exact, frozen in and frozen out (domain reference §6.2, §6.3).

Points are fractions, so a grade bound is met or missed exactly; rounding belongs to whoever shows them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments import explaining, wording
from inspect_app.assessments.apportioning import apportion, decimal
from inspect_app.assessments.definition import (
    CappedCount,
    Extra,
    Gate,
    Grade,
    Indicator,
    Module,
    Number,
    RegionAs,
    Scheme,
    Veto,
    VetoEffect,
)
from inspect_app.assessments.earning import counted, share_earned
from inspect_app.assessments.rules import Fact, amount, exact
from inspect_app.assessments.sheet import Change, ExtraLine, Line, LineState, Score, Shown, exact_parts
from inspect_app.core.labels import Sentence

__all__ = [
    "Change",
    "ExtraLine",
    "Fact",
    "Line",
    "LineState",
    "RegionAs",
    "Score",
    "Shown",
    "exact_parts",
    "extra_lines",
    "score",
    "share_earned",
]

ANYWHERE = RegionAs("")
CENTS = 2


@dataclass(frozen=True)
class _Judged:
    """An indicator before the marks of its module are shared out: its computed share, or why there is none.

    `state` says whether it counts, which a change by people may turn.
    """

    indicator: Indicator
    fact: Fact | None
    share: Fraction | None
    state: LineState
    why: Sentence | None = None
    change: Change | None = None


@dataclass(frozen=True)
class _Draft:
    """A line before the points of all are known."""

    judged: _Judged
    line: Line


def score(
    scheme: Scheme,
    facts: Mapping[str, Fact],
    region: RegionAs = ANYWHERE,
    changes: Mapping[str, Change] | None = None,
) -> Score:
    """Score the facts of one region; a fact that is absent does not apply, one that people owe is pending.

    `changes` by code of the indicator: points between 0 and what the line carries.
    """
    scheme = scheme.settled_for(region)
    drafts = [each for module in scheme.modules for each in _drafts(scheme, module, facts, region, changes or {})]
    lines = tuple(draft.line for draft in drafts)
    full = sum((line.full for line in lines), Fraction(0))
    base = sum((line.points for line in lines if line.points is not None), Fraction(0))
    deductions = extra_lines(scheme.deductions, scheme.deductions_cap, facts, base)
    low = base - sum(each.points for each in deductions)
    bonuses = extra_lines(scheme.bonuses, scheme.bonuses_cap, facts, full - low)
    raised = tuple((veto, wording.why_vetoed(veto)) for veto in scheme.vetoes if _raised(veto, facts))
    sheet = Score(
        scheme=scheme.code,
        version=scheme.version,
        points=None,
        full=full,
        grade=None,
        lines=lines,
        vetoes=raised,
        deductions=deductions,
        bonuses=bonuses,
        pending=tuple(line.indicator.code for line in lines if line.state is LineState.PENDING),
        conversion_full=scheme.conversion_full,
    )
    return _explained(_graded(scheme, sheet, low), drafts) if full else sheet


def _drafts(
    scheme: Scheme, module: Module, facts: Mapping[str, Fact], region: RegionAs, changes: Mapping[str, Change]
) -> Iterable["_Draft"]:
    judged = [_judge(scheme, each, facts, region, changes.get(each.code)) for each in module.indicators]
    counting = sum((each.indicator.full for each in judged if each.state is LineState.COUNTED), Decimal(0))
    for each in judged:
        carries = each.state is LineState.COUNTED
        full = Fraction(each.indicator.full * module.full) / Fraction(counting) if carries else None
        yield _Draft(each, _line(module, each, full))


def _judge(
    scheme: Scheme, indicator: Indicator, facts: Mapping[str, Fact], region: RegionAs, change: Change | None
) -> _Judged:
    judged = _computed(scheme, indicator, facts, region)
    if change is None:
        return judged
    state = LineState.NOT_APPLICABLE if change.points is None else LineState.COUNTED
    return replace(judged, state=state, change=change)


def _computed(scheme: Scheme, indicator: Indicator, facts: Mapping[str, Fact], region: RegionAs) -> _Judged:
    fact = facts.get(indicator.fact_name)

    def absent(why: Sentence, state: LineState = LineState.NOT_APPLICABLE) -> _Judged:
        return _Judged(indicator, fact, None, state, why)

    if indicator.applies_to and not scheme.group_of(indicator.applies_to).holds(region):
        return absent(wording.why_not_of_group(indicator, scheme.group_of(indicator.applies_to)))
    if fact is None:
        if indicator.manual:
            return absent(wording.why_pending(indicator), LineState.PENDING)
        return absent(wording.why_unknown(indicator))
    share = share_earned(indicator.rule, fact, indicator.full)
    gates = [each for each in indicator.gates if _concerns(scheme, each, region)]
    if share is None or any(gate.fact not in facts for gate in gates):
        return absent(wording.why_not_applicable(indicator) if share is None else wording.why_unknown(indicator))
    shut = next((gate for gate in gates if Fraction(facts[gate.fact].numerator) < exact(gate.at_least)), None)
    if shut is not None:
        return _Judged(indicator, fact, Fraction(0), LineState.COUNTED, wording.why_gated(shut, facts[shut.fact]))
    return _Judged(indicator, fact, share, LineState.COUNTED)


def _concerns(scheme: Scheme, gate: Gate, region: RegionAs) -> bool:
    return not gate.applies_to or scheme.group_of(gate.applies_to).holds(region)


def _line(module: Module, judged: _Judged, full: Fraction | None) -> Line:
    rule = judged.indicator.rule
    fact = counted(rule, judged.fact or Fact(0))
    computed = None if full is None or judged.share is None else full * judged.share
    points = None if full is None else _changed(judged, computed, full)
    return Line(
        module=module.code,
        indicator=judged.indicator,
        numerator=fact.numerator,
        denominator=amount(rule.target) if isinstance(rule, CappedCount) else fact.denominator,
        points=points,
        full=full or Fraction(0),
        why=_why_out(judged),
        state=judged.state,
        fact=judged.fact,
        computed=computed,
        change=judged.change,
    )


def _changed(judged: _Judged, computed: Fraction | None, full: Fraction) -> Fraction | None:
    if judged.change is None or judged.change.points is None:
        return computed
    return min(max(Fraction(judged.change.points), Fraction(0)), full)


def _why_out(judged: _Judged) -> Sentence:
    """Return why a line does not count; for one that counts it is said when all points are known (`_why`)."""
    if judged.change is not None:
        return wording.why_set_aside(judged.change.reason)
    return judged.why or wording.why_not_applicable(judged.indicator)


def _explained(score: Score, drafts: Sequence[_Draft]) -> Score:
    """Give every line that counts its sentence and what is shown of it."""
    fulls = apportion([line.full if line.points is not None else None for line in score.lines], CENTS)
    points = apportion(exact_parts(score), CENTS, fulls)
    lines = (_said(draft, given, full) for draft, given, full in zip(drafts, points, fulls, strict=False))
    return replace(score, lines=tuple(lines))


def _said(draft: _Draft, points: int | None, full: int | None) -> Line:
    if points is None or full is None:
        return draft.line
    shown = Shown(decimal(points, CENTS), decimal(full, CENTS))
    return replace(draft.line, shown=shown, why=_why(draft, shown))


def _why(draft: _Draft, shown: Shown) -> Sentence:
    judged, line = draft.judged, draft.line
    if judged.change is not None:
        return wording.why_changed(line.computed, shown.points, shown.full, judged.change.reason)
    if judged.why is not None:
        return judged.why
    kept = line.points == line.full
    return explaining.why_lost(judged.indicator, judged.fact or Fact(0), shown.full, None if kept else shown.lost)


def extra_lines(
    extras: Iterable[Extra], cap: Decimal | None, facts: Mapping[str, Fact], room: Fraction
) -> tuple[ExtraLine, ...]:
    """Return deductions or bonuses that occurred; where the caps or `room` cut, each is cut in proportion."""
    occurred = [(each, facts[each.fact_name].numerator) for each in extras if each.fact_name in facts]
    claims = [(each, count, Fraction(count) * exact(each.per)) for each, count in occurred if count > 0]
    kept = [_at_most(claimed, each.cap) for each, _count, claimed in claims]
    added = sum(kept, Fraction(0))
    counted = min(_at_most(added, cap), max(room, Fraction(0)))
    return tuple(
        ExtraLine(each, count, claimed, points, wording.why_extra(each, count, claimed, points))
        for (each, count, claimed), own in zip(claims, kept, strict=True)
        for points in [own * counted / added]
    )


def _at_most(points: Fraction, cap: Number | None) -> Fraction:
    return points if cap is None else min(points, exact(cap))


def _raised(veto: Veto, facts: Mapping[str, Fact]) -> bool:
    return veto.fact_name in facts and facts[veto.fact_name].numerator > 0


def _graded(scheme: Scheme, sheet: Score, low: Fraction) -> Score:
    """Finish a sheet: points with bonuses, then the grade; `low` are the points without bonuses."""
    points = low + sum(each.points for each in sheet.bonuses)
    notes: tuple[Sentence, ...] = ()
    grade = _reached(scheme, points / sheet.full)
    worst = scheme.grades[-1].grade
    if _reached(scheme, low / sheet.full) is worst and grade is not worst:
        grade, notes = worst, (wording.why_not_lifted(),)
    grade = max([grade, *(_AT_MOST[veto.effect] for veto, _ in sheet.vetoes)], key=list(Grade).index)
    zeroed = points if any(veto.effect is VetoEffect.ZERO for veto, _ in sheet.vetoes) else Fraction(0)
    return replace(sheet, points=points - zeroed, grade=grade, zeroed=zeroed, notes=notes)


_AT_MOST = {VetoEffect.ZERO: Grade.FAILED, VetoEffect.FAIL: Grade.FAILED, VetoEffect.NO_EXCELLENT: Grade.GOOD}


def _reached(scheme: Scheme, share: Fraction) -> Grade:
    return next(band.grade for band in scheme.grades if share * 100 >= Fraction(band.at_least))
