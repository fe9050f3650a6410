"""Every way of losing points has a sentence of its own, with the rule and the figures."""

from decimal import Decimal

import pytest

from inspect_app.assessments.definition import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Fault,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Rate,
    Reached,
    ResponseTime,
    Rule,
    Step,
    YesNo,
)
from inspect_app.assessments.scoring import Fact, score
from inspect_app.assessments.wording import shown
from tests.assessments.sheets import line, module_of, scheme_of

D = Decimal


def why(rule: Rule, fact: Fact, full: int = 4) -> str:
    return str(score(scheme_of(module_of("M", line("A", full, rule))), {"A": fact}).lines[0].why)


def values(*numbers: int) -> Fact:
    return Fact(0, 0, tuple(map(D, numbers)))


@pytest.mark.parametrize(
    ("rule", "fact", "sentence"),
    [
        (YesNo(), Fact(0), "没有完成（0 项），失 4 分。"),
        (YesNo(), Fact(1), "1 项，得满分 4 分。"),
        (Rate(), Fact(3, 4), "应计 4 项，达到 3 项（75 %），还差 1 项，失 1 分。"),
        (Rate(), Fact(4, 4), "4 / 4 项，得满分 4 分。"),
        (Rate(), Fact(D("3.3271"), D(5)), "应计 5 项，达到 3.33 项（66.54 %），还差 1.67 项，失 1.34 分。"),
        (CappedCount(D(4)), Fact(3), "完成 3 项，目标 4 项，失 1 分。"),
        (CappedCount(D(4)), Fact(5), "5 / 4 项，得满分 4 分。"),
        (InverseRate(D("0.2")), Fact(1, 10), "10 项中出现 1 项，占 10 %，失 0.4 分。"),
        (InverseRate(D("0.2")), Fact(3, 10), "10 项中出现 3 项，占 30 %，超过 20 %，本项不得分。"),
        (InverseRate(D("0.2"), 2), Fact(1, 10), "10 项中出现 1 项，占 10 %，按 2 倍扣分，失 0.8 分。"),
        (InverseCount(D(10)), Fact(4), "有 4 项，达到 10 项时不得分，失 1.6 分。"),
        (InverseCount(D(10)), Fact(0), "0 项，得满分 4 分。"),
        (Linear(D("0.8"), D("0.95")), Fact(87, 100), "达到 87 %，95 % 得满分、80 % 不得分，失 2.13 分。"),
        (Linear(D(80), D(95), Measure.MEAN), Fact(176, 2), "达到 88 项，95 项 得满分、80 项 不得分，失 1.87 分。"),
        (Bands((Step(D("0.5"), D(2)),)), Fact(3, 5), "达到 60 %，按所在档次计分，失 2 分。"),
        (Deadline(D("0.5")), values(2, 0, 3), "逾期共 5 天，每天扣 0.5 分，失 2.5 分。"),
        (Deadline(D("0.5")), values(0, 0), "没有扣分，得满分 4 分。"),
        (ResponseTime(D(15)), values(12, 21), "应计 2 次，其中 1 次超过 15 项（最长 21），失 2 分。"),
        (ResponseTime(D(15)), values(12, 14), "2 / 2 项，得满分 4 分。"),
        (ResponseTime(D(15)), Fact(1, 4), "应计 4 项，达到 1 项（25 %），还差 3 项，失 3 分。"),
        (Reached(D(2)), values(2, 1), "应计 2 项，其中 1 项不足 2 次，失 2 分。"),
        (Reached(D(1)), values(2, 1), "2 / 2 项，得满分 4 分。"),
        (Deduct((Fault("脱岗", D(1)),)), Fact(2), "发生：脱岗 2（次），应扣 2 分，扣完为止，失 2 分。"),
        (Deduct((Fault("脱岗", D(3)),)), Fact(2), "发生：脱岗 2（次），应扣 6 分，扣完为止，失 4 分。"),
        (AllOrNothing(), Fact(3, 4), "应计 4 项，达到 3 项，须全部达到才得分，失 4 分。"),
        (Manual(), Fact(3), "评定 3 分，失 1 分。"),
        (Manual(), Fact(4), "评定满分 4 分。"),
    ],
)
def test_the_sentence_names_the_rule_and_the_figures(rule: Rule, fact: Fact, sentence: str) -> None:
    assert why(rule, fact) == sentence


@pytest.mark.parametrize(
    ("points", "text"),
    [("2.005", "2.01"), ("2.5", "2.5"), ("10", "10"), ("0", "0"), ("0.004", "0"), ("1.995", "2"), ("100.00", "100")],
)
def test_points_are_rounded_half_up_without_needless_zeros(points: str, text: str) -> None:
    assert shown(Decimal(points)) == text
