from datetime import date
from typing import Any

import pytest

from inspect_app.checklists.definition import Deadline, DeadlineKind, Evidence
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.rules import contradictions, describe, due_on, missing_evidence, problems

ON = date(2026, 9, 10)
LISTS = load_library().checklists
YES, NO, NA = {"value": "yes"}, {"value": "no"}, {"na": True}


def said(code: str, answer: dict[str, Any]) -> list[str]:
    return [str(each) for each in contradictions(LISTS[code[:3]].item(code), answer, ON)]


@pytest.mark.parametrize(
    ("code", "answer", "sentence"),
    [
        ("C03-01", {"numerator": "5", "denominator": "4"}, "“已建台账的栋数”不能大于“房屋总栋数”。"),
        ("C03-01", {"numerator": "1.5", "denominator": "4"}, "“1.5”应为整数。"),
        ("C03-01", {"numerator": "-1", "denominator": "4"}, "“-1”不能小于 0。"),
        ("C03-01", {"numerator": "多", "denominator": "4"}, "“多”不是数字。"),
        ("C03-05", NA, "这一项不能选“不涉及”。"),
        ("C03-05", {"value": "perhaps"}, "没有“perhaps”这个选项。"),
        ("C03-12", {"value": "401"}, "“401”超过上限 400。"),
        ("C03-12", {"value": "3", "rule": "none"}, "没有“none”这个选项。"),
        ("C03-12", {"value": "NaN"}, "“NaN”不是合理的数字。"),
        ("C03-12", {"value": "1e99"}, "“1e99”不是合理的数字。"),
        ("C12-01", {"value": "2026-02-30"}, "日期“2026-02-30”无效，请按 2026-03-01 的样子填写。"),
        ("C12-01", {"value": "2026-09-11"}, "日期 2026-09-11 晚于检查日期 2026-09-10。"),
        ("C12-02", {"value": ["response", "poetry"]}, "没有“poetry”这个选项。"),
        ("C12-02", {"value": "response"}, "多选题的答案应为选项列表。"),
        ("C18-10", {"numerator": "1.234", "denominator": "4"}, "“1.234”的小数不能多于 2 位。"),
        (
            "C18-06",
            {"parts": {"times": {"value": "1"}, "coverage": {"numerator": "3", "denominator": "2"}}},
            "覆盖率：“已检查的乡镇和重点对象数”不能大于“应检查的乡镇和重点对象数”。",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_told_why(code: str, answer: dict[str, Any], sentence: str) -> None:
    assert said(code, answer) == [sentence]


def test_a_rule_named_for_a_question_without_rules_is_no_choice() -> None:
    assert said("C04-06", {"parts": {"width": {"value": "3", "rule": "none"}}})[0].endswith("没有“none”这个选项。")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("C03-01", {"numerator": "0", "denominator": "0"}),
        ("C03-01", {}),
        ("C03-06", NA),
        ("C12-01", {"value": "never"}),
        ("C12-02", {"value": []}),
        ("C12-11", {"numerator": "5", "denominator": "4"}),
        ("C18-06", {"parts": "nonsense"}),
        ("C18-10", {"numerator": "1.25", "denominator": "4"}),
    ],
)
def test_an_answer_that_can_be_has_no_problem(code: str, answer: dict[str, Any]) -> None:
    assert said(code, answer) == []


def lacking(code: str, answer: dict[str, Any], *attached: Evidence) -> tuple[Evidence, ...]:
    return missing_evidence(LISTS[code[:3]].item(code), answer, attached, ON)


def test_a_photo_shows_the_state_found_good_or_bad() -> None:
    assert lacking("C03-09", YES) == (Evidence.PHOTO,)
    assert lacking("C03-09", NO) == (Evidence.PHOTO,)
    assert lacking("C03-09", NO, Evidence.PHOTO) == ()
    assert lacking("C03-09", {}) == ()


def test_papers_prove_a_good_answer_only() -> None:
    assert lacking("C03-11", YES) == (Evidence.RECEIPT,)
    assert lacking("C03-11", NO) == ()
    assert lacking("C03-11", YES, Evidence.RECEIPT) == ()


def test_a_document_number_is_typed_with_the_answer() -> None:
    assert lacking("C01-03", YES | {"document_number": " "}) == (Evidence.DOCUMENT_NUMBER,)
    assert lacking("C01-03", YES | {"document_number": "某震安评〔2026〕3号"}) == ()


def test_problems_say_what_is_wrong_and_what_is_lacking() -> None:
    item = LISTS["C03"].item("C03-11")
    assert problems(item, YES, (), ON) == ("缺少备案回执。",)
    assert problems(item, {"value": "perhaps"}, (), ON) == ("没有“perhaps”这个选项。",)
    assert problems(item, YES, (Evidence.RECEIPT,), ON) == ()


@pytest.mark.parametrize(
    ("deadline", "due", "told"),
    [
        (Deadline(DeadlineKind.IMMEDIATE), date(2026, 9, 11), "立即（24 小时内）"),
        (Deadline(DeadlineKind.DAYS, 30), date(2026, 10, 10), "30 日内"),
        (Deadline(DeadlineKind.PLAN, 180), date(2027, 3, 9), "按治理方案，最长 180 日"),
        (Deadline(DeadlineKind.PLAN), date(2027, 9, 10), "按治理方案，最长 365 日"),
        (Deadline(DeadlineKind.NONE), None, "不设期限"),
    ],
)
def test_a_finding_is_due_by_its_deadline(deadline: Deadline, due: date | None, told: str) -> None:
    assert due_on(deadline, ON) == due
    assert str(describe(deadline)) == told


def test_how_long_a_plan_may_run_can_be_set() -> None:
    assert due_on(Deadline(DeadlineKind.PLAN), ON, plan_days=10) == date(2026, 9, 20)
