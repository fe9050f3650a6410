"""Every rule by hand: the points that figures earn out of the full marks, None where nothing was to be counted."""

from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.assessments.earning import share_earned
from inspect_app.assessments.rules import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Fact,
    Fault,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Parameter,
    Rate,
    Reached,
    ResponseTime,
    Rule,
    Step,
    YesNo,
    settled,
)

D = Decimal
FULL_AT_95 = Linear(D(80), D(95), Measure.MEAN)
GROWTH = Bands((Step(D("0.1"), D("0.5")), Step(D("0.2"), D(1), included=False)))
LATE_BANDS = Bands((Step(D(1), D(2)), Step(D(5), D(0))), Measure.FIGURE, below=D(3))
REPORTS = Deduct((Fault("迟报", D(1)), Fault("谎报", D(2)), Fault("漏报", D(3)), Fault("瞒报", D(4))))
DEFAULT_REPORTS = Deduct((Fault("迟报", D("0.5")), Fault("漏报", D("1.5")), Fault("错报", D(1)), Fault("谎报", D(2))))


def minutes(*values: int) -> Fact:
    return Fact(0, 0, tuple(map(D, values)))


def parts(**counts: int) -> Fact:
    return Fact(sum(counts.values()), parts=tuple(counts.items()))


@pytest.mark.parametrize(
    ("rule", "fact", "full", "earned"),
    [
        (YesNo(), Fact(1), 1, "1"),
        (YesNo(), Fact(0), 1, "0"),
        (YesNo(), Fact(7), D("0.5"), "0.5"),
        (Rate(), Fact(34, 37), 6, "204/37"),
        (Rate(), Fact(47, 50), 3, "2.82"),
        (Rate(), Fact(114, 120), 3, "2.85"),
        (Rate(), Fact(-1, 4), 3, "0"),
        (Rate(), Fact(D("95.5"), D(191)), 4, "2"),
        (CappedCount(D(5)), Fact(3), 1, "0.6"),
        (CappedCount(D(5)), Fact(5), 1, "1"),
        (CappedCount(D(5)), Fact(9), 1, "1"),
        (CappedCount(D(12)), Fact(9), 2, "1.5"),
        (InverseRate(D("0.2"), 2), Fact(1, 12), 2, "5/3"),
        (InverseRate(D(1)), Fact(1, 8), 1, "0.875"),
        (InverseCount(D(10)), Fact(0), D("1.5"), "1.5"),
        (InverseCount(D(10)), Fact(4), D("1.5"), "0.9"),
        (InverseCount(D(10)), Fact(10), D("1.5"), "0"),
        (InverseCount(D(10)), Fact(37), D("1.5"), "0"),
        (FULL_AT_95, Fact(D("285.0"), 3), 2, "2"),
        (FULL_AT_95, Fact(D("291.0"), 3), 2, "2"),
        (FULL_AT_95, Fact(D(240), 3), 2, "0"),
        (FULL_AT_95, Fact(D(210), 3), 2, "0"),
        (FULL_AT_95, Fact(D(270), 3), 2, "4/3"),
        (FULL_AT_95, Fact(0, 0), 2, None),
        (Linear(D("0.8"), D("0.95")), Fact(7, 8), 2, "1"),
        (Linear(D(0), D(100), Measure.MEAN), Fact(D(255), 3), 4, "3.4"),
        (Linear(D(10), D(0), Measure.FIGURE), Fact(3), 10, "7"),
        (Linear(D(10), D(0), Measure.FIGURE), Fact(12), 10, "0"),
        (GROWTH, Fact(9, 100), 1, "0"),
        (GROWTH, Fact(10, 100), 1, "0.5"),
        (GROWTH, Fact(20, 100), 1, "0.5"),
        (GROWTH, Fact(21, 100), 1, "1"),
        (GROWTH, Fact(-5, 100), 1, "0"),
        (GROWTH, Fact(3, 0), 1, None),
        (LATE_BANDS, Fact(0), 3, "3"),
        (LATE_BANDS, Fact(1), 3, "2"),
        (LATE_BANDS, Fact(4), 3, "2"),
        (LATE_BANDS, Fact(5), 3, "0"),
        (Deadline(D("0.5")), minutes(0, 0), 2, "2"),
        (Deadline(D("0.5")), minutes(0, 3), 2, "0.5"),
        (Deadline(D("0.5")), minutes(2, 3), 2, "0"),
        (Deadline(D("0.5")), minutes(-4, 1), 2, "1.5"),
        (Deadline(D("0.5")), Fact(3, 2), 2, "0.5"),
        (Deadline(D("0.5")), Fact(0, 0), 2, None),
        (ResponseTime(D(15)), minutes(12, 21), 3, "1.5"),
        (ResponseTime(D(15)), minutes(15), 3, "3"),
        (ResponseTime(D(15)), minutes(16), 3, "0"),
        (ResponseTime(D(15)), Fact(2, 3), 3, "2"),
        (ResponseTime(D(15)), Fact(0, 0), 3, None),
        (Reached(D(2)), minutes(0, 1, 2, 3), 3, "1.5"),
        (Reached(D(1)), minutes(0, 1, 2, 3), 3, "2.25"),
        (Reached(D(1)), Fact(47, 50), 3, "2.82"),
        (Reached(D(1)), Fact(0, 0), 3, None),
        (REPORTS, parts(), 5, "5"),
        (REPORTS, parts(迟报=2), 5, "3"),
        (REPORTS, parts(迟报=1, 瞒报=1), 5, "0"),
        (REPORTS, parts(谎报=1, 漏报=1), 5, "0"),
        (REPORTS, parts(瞒报=2), 5, "0"),
        (REPORTS, parts(乱报=9), 5, "5"),
        (DEFAULT_REPORTS, parts(迟报=1, 错报=1), 2, "0.5"),
        (DEFAULT_REPORTS, parts(迟报=1, 漏报=1), 2, "0"),
        (Deduct((Fault("脱岗", D(1)),)), Fact(2), 5, "3"),
        (Deduct((Fault("脱岗", D(1)),)), Fact(6), 5, "0"),
        (Deduct((Fault("处置不当", D(3)),)), Fact(1), 5, "2"),
        (AllOrNothing(), Fact(6, 6), 4, "4"),
        (AllOrNothing(), Fact(5, 6), 4, "0"),
        (AllOrNothing(), Fact(0, 0), 4, None),
        (Manual(), Fact(D("17.5")), 20, "17.5"),
        (Manual(), Fact(25), 20, "20"),
        (Manual(), Fact(-1), 20, "0"),
    ],
)
def test_figures_earn_these_points(rule: Rule, fact: Fact, full: int | Decimal, earned: str | None) -> None:
    share = share_earned(rule, fact, D(full))
    assert (None if share is None else share * Fraction(full)) == (None if earned is None else Fraction(earned))


def test_a_rule_without_its_numbers_earns_nothing_but_an_error() -> None:
    with pytest.raises(TypeError, match="days"):
        share_earned(CappedCount(Parameter("days")), Fact(1))


def test_parameters_are_put_in_wherever_they_stand() -> None:
    rule = Bands((Step(Parameter("low"), D(1)), Step(D(9), Parameter("most"))), Measure.FIGURE, below=Parameter("none"))
    put_in = settled(rule, {"low": D(2), "most": D(3), "none": D(0)})
    assert put_in == Bands((Step(D(2), D(1)), Step(D(9), D(3))), Measure.FIGURE, below=D(0))
    untouched = CappedCount(D(3))
    assert settled(untouched, {}) is untouched
