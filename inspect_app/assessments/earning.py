"""What a fact earns by a rule: a share of the full marks. Pure, exact."""

from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.rules import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Fact,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Rate,
    Reached,
    ResponseTime,
    Rule,
    YesNo,
    exact,
)

ALWAYS_APPLY = (YesNo, CappedCount, InverseCount, Deduct, Manual)


def share_earned(rule: Rule, fact: Fact, full: Decimal = Decimal(1)) -> Fraction | None:
    """Return the share of the full marks (0 to 1) that a fact earns, None when there was nothing to count.

    `full` are the marks of the indicator in the scheme: rules that take off points need them.
    """
    if not applies(rule, fact):
        return None
    return min(max(_share(rule, fact, Fraction(full)), Fraction(0)), Fraction(1))


def applies(rule: Rule, fact: Fact) -> bool:
    """Tell whether there was anything to count: a rate of nothing, no task or no report does not apply."""
    if isinstance(rule, ALWAYS_APPLY) or (isinstance(rule, Linear | Bands) and rule.of is Measure.FIGURE):
        return True
    if isinstance(rule, Deadline | ResponseTime | Reached) and fact.values:
        return True
    return fact.denominator > 0


def measured(rule: Linear | Bands, fact: Fact) -> Fraction:
    """Return what linear and stepped bands look at."""
    figure = Fraction(fact.numerator)
    return figure if rule.of is Measure.FIGURE else figure / Fraction(fact.denominator)


def counted(rule: Rule, fact: Fact) -> Fact:
    """Return the figures that a rule on single values comes to: how many values are good, out of all of them."""
    match rule:
        case ResponseTime(within) if fact.values:
            good = sum(Fraction(value) <= exact(within) for value in fact.values)
        case Reached(at_least) if fact.values:
            good = sum(Fraction(value) >= exact(at_least) for value in fact.values)
        case _:
            return fact
    return Fact(good, len(fact.values), parts=fact.parts, as_of=fact.as_of)


def taken_off(rule: Deadline | Deduct, fact: Fact) -> Fraction:
    """Return the points that lateness or faults cost, before the floor."""
    if isinstance(rule, Deadline):
        late = sum((max(Fraction(each), Fraction(0)) for each in fact.values), Fraction(0))
        return exact(rule.per_day) * (late if fact.values else Fraction(fact.numerator))
    cost = {fault.fault: exact(fault.points) for fault in rule.faults}
    parts = fact.parts or ((rule.faults[0].fault, fact.numerator),)
    return sum((Fraction(count) * cost.get(fault, Fraction(0)) for fault, count in parts), Fraction(0))


def _share(rule: Rule, fact: Fact, full: Fraction) -> Fraction:
    match rule:
        case Linear(zero_at, full_at):
            return (measured(rule, fact) - exact(zero_at)) / (exact(full_at) - exact(zero_at))
        case Bands():
            return _step_points(rule, measured(rule, fact)) / full
        case Deadline() | Deduct():
            return 1 - taken_off(rule, fact) / full
        case Rate() | InverseRate() | AllOrNothing() | ResponseTime() | Reached():
            return _of_rate(rule, counted(rule, fact))
        case YesNo() | CappedCount() | InverseCount() | Manual():
            return _of_figure(rule, Fraction(fact.numerator), full)


def _of_figure(rule: YesNo | CappedCount | InverseCount | Manual, figure: Fraction, full: Fraction) -> Fraction:
    match rule:
        case YesNo():
            return Fraction(figure > 0)
        case CappedCount(target):
            return figure / exact(target)
        case InverseCount(zero_at):
            return 1 - figure / exact(zero_at)
        case Manual():
            return figure / full


def _of_rate(rule: Rate | InverseRate | AllOrNothing | ResponseTime | Reached, fact: Fact) -> Fraction:
    match rule:
        case Rate() | ResponseTime() | Reached():
            return _rate(fact)
        case InverseRate(cutoff, times):
            return Fraction(0) if _rate(fact) > exact(cutoff) else 1 - times * _rate(fact)
        case AllOrNothing():
            return Fraction(fact.numerator >= fact.denominator)


def _rate(fact: Fact) -> Fraction:
    return min(max(Fraction(fact.numerator) / Fraction(fact.denominator), Fraction(0)), Fraction(1))


def _step_points(rule: Bands, value: Fraction) -> Fraction:
    reached = rule.below
    for step in rule.steps:
        if value > exact(step.bound) or (step.included and value == exact(step.bound)):
            reached = step.points
    return exact(reached)
