import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.checklists.definition import Checklist, Deadline, DeadlineKind, Item, Part, Section, Severity
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import (
    DateUnit,
    Day,
    Number,
    OneOf,
    Option,
    Question,
    Rate,
    Rule,
    SomeOf,
    YesNo,
)
from inspect_app.checklists.scoring import Conclusion, Judgement, Line, Result, judge, score
from inspect_app.core.frozen import freeze, thaw

ON = date(2026, 9, 10)
LISTS = load_library().checklists
YES, NO, NA = {"value": "yes"}, {"value": "no"}, {"na": True}


def an_item(*parts: Part, veto: bool = False, weight: int = 10, code: str = "C99-01") -> Item:
    deadline = Deadline(DeadlineKind.DAYS, 15)
    return Item(code, "问？", "看。", parts, Severity.GENERAL, veto, Decimal(weight), deadline)


def asked(question: Question, answer: dict[str, Any] | None, *, na: bool = False) -> Judgement:
    return judge(an_item(Part(question, na_allowed=na)), answer, ON)


def credit(question: Question, answer: dict[str, Any]) -> Decimal | None:
    return asked(question, answer).credit


def a_rate(numerator: str, denominator: str) -> dict[str, str]:
    return {"numerator": numerator, "denominator": denominator}


def test_a_question_for_a_fault_fails_on_yes() -> None:
    assert credit(YesNo("yes"), YES) == 0
    assert credit(YesNo("yes"), NO) == 1
    assert credit(YesNo("no"), YES) == 1
    assert asked(YesNo("no"), NO).passed is False


def test_not_applicable_is_neither_passed_nor_failed() -> None:
    for answer in (NA, {"value": "na"}):
        judgement = asked(YesNo("no"), answer, na=True)
        assert (judgement.result, judgement.credit, judgement.passed) == (Result.NOT_APPLICABLE, None, None)


def test_not_applicable_where_it_is_not_allowed_counts_as_unanswered() -> None:
    assert asked(YesNo("no"), NA).result is Result.UNANSWERED


@pytest.mark.parametrize("answer", [None, {}, {"value": ""}, {"value": None}, {"value": "maybe"}, {"value": ["yes"]}])
def test_what_cannot_be_read_is_unanswered(answer: dict[str, Any] | None) -> None:
    judgement = asked(YesNo("no"), answer)
    assert (judgement.result, judgement.credit) == (Result.UNANSWERED, None)


def test_a_missed_number_earns_its_part_of_the_way() -> None:
    drills = Number("次", rules=(Rule(at_least=Decimal(4)),))
    assert [credit(drills, {"value": given}) for given in ("0", "1", "4", "9")] == [0, Decimal("0.25"), 1, 1]
    assert asked(drills, {"value": "3"}).passed is False


def test_a_number_without_partial_credit_is_all_or_nothing() -> None:
    drills = Number("次", rules=(Rule(at_least=Decimal(4), partial=False),))
    assert [credit(drills, {"value": given}) for given in ("3", "4")] == [0, 1]


def test_a_number_may_earn_nothing_from_its_zero_point_down() -> None:
    running = Number("%", decimals=1, rules=(Rule(at_least=Decimal(95), zero_at=Decimal(80)),))
    assert [credit(running, {"value": given}) for given in ("79", "80", "87.5", "95")] == [0, 0, Decimal("0.5"), 1]


def test_a_number_that_should_be_small_loses_points_above_its_bound() -> None:
    seconds = Number("秒", rules=(Rule(at_most=Decimal(120), zero_at=Decimal(240)),))
    given = ("120", "150", "240", "300")
    assert [credit(seconds, {"value": each}) for each in given] == [1, Decimal("0.75"), 0, 0]
    assert credit(Number("次", rules=(Rule(at_most=Decimal(0)),)), {"value": "1"}) == 0


def test_an_answer_may_name_the_rule_to_be_judged_by() -> None:
    drills = LISTS["C03"].item("C03-12")
    assert judge(drills, {"value": "4"}, ON).credit == Decimal(4) / 9
    assert judge(drills, {"value": "4", "rule": "kindergarten_quarterly"}, ON).credit == 1
    assert judge(drills, {"value": "4", "rule": "unheard_of"}, ON).result is Result.UNANSWERED


def test_a_number_without_rule_is_only_recorded() -> None:
    assert credit(Number("人"), {"value": "0"}) == 1


def test_a_rate_earns_its_share() -> None:
    built = Rate("已建", "总数", rules=(Rule(at_least=Decimal(1)),))
    assert credit(built, a_rate("3", "4")) == Decimal("0.75")
    assert credit(built, {"numerator": 4, "denominator": 4}) == 1


def test_a_rate_without_denominator_is_unknown() -> None:
    judgement = asked(Rate("已建", "总数", rules=(Rule(at_least=Decimal(1)),)), a_rate("0", "0"))
    assert (judgement.result, judgement.credit) == (Result.NOT_APPLICABLE, None)


def test_a_rate_above_one_is_a_mistake_unless_it_may_exceed() -> None:
    rule = (Rule(at_least=Decimal(1)),)
    assert asked(Rate("已建", "总数", rules=rule), a_rate("5", "4")).result is Result.UNANSWERED
    assert credit(Rate("实际", "计划", may_exceed=True, rules=rule), a_rate("5", "4")) == 1


@pytest.mark.parametrize(
    ("day", "passes"),
    [("2023-09-10", True), ("2023-09-09", False), ("2026-09-10", True), ("2024-02-29", True), ("never", False)],
)
def test_a_date_passes_up_to_the_same_day_three_years_later(day: str, passes: bool) -> None:  # noqa: FBT001 - a case
    assert asked(Day(DateUnit.MONTHS, (Rule(at_most=Decimal(36)),)), {"value": day}).passed is passes


def test_a_date_is_aged_in_days_where_days_are_asked() -> None:
    updated = Day(DateUnit.DAYS, (Rule(at_most=Decimal(30)),))
    assert [asked(updated, {"value": day}).passed for day in ("2026-08-11", "2026-08-10")] == [True, False]


def test_a_date_to_come_is_unanswered() -> None:
    assert asked(Day(DateUnit.DAYS), {"value": "2026-09-11"}).result is Result.UNANSWERED


def test_ticked_options_count_once_each() -> None:
    options = (Option("a", "甲"), Option("b", "乙"), Option("c", "丙"), Option("d", "丁"))
    some = SomeOf(options, (Rule(at_least=Decimal(4)),))
    assert credit(some, {"value": ["a", "b", "b"]}) == Decimal("0.5")
    assert credit(some, {"value": []}) == 0
    assert "没有：丙、丁" in str(asked(some, {"value": ["a", "b"]}).why[0])


def test_one_option_passes_when_it_is_among_the_passing() -> None:
    classes = (Option("1", "一类"), Option("3", "三类"))
    assert credit(OneOf(classes, ("1",)), {"value": "3"}) == 0
    assert credit(OneOf(classes, ("1",)), {"value": "1"}) == 1
    assert credit(OneOf(classes), {"value": "3"}) == 1


def test_parts_earn_by_their_shares() -> None:
    item = LISTS["C18"].item("C18-06")
    answer = {"parts": {"times": {"value": "1"}, "coverage": a_rate("8", "10")}}
    judgement = judge(item, answer, ON)
    assert (judgement.credit, judgement.passed) == (Decimal("0.88"), False)
    assert [str(each) for each in judgement.why] == [
        "专项检查或自查次数：1 次，要求不低于 1 次。",
        "覆盖率：8/10（80%），要求不低于 100%。",
    ]


def test_a_part_that_does_not_apply_leaves_its_share_to_the_others() -> None:
    item = LISTS["C18"].item("C18-09")
    assert judge(item, {"parts": {"ledger": YES, "checked": NA}}, ON).credit == 1
    assert judge(item, {"parts": {"ledger": NO, "checked": NA}}, ON).credit == 0
    assert judge(item, {"parts": {"ledger": YES}}, ON).result is Result.UNANSWERED


def test_a_gate_that_fails_needs_no_further_answer() -> None:
    judgement = judge(LISTS["C01"].item("C01-06"), {"parts": {"stated": NO}}, ON)
    assert judgement.credit == 0
    assert judgement.veto


def test_a_written_value_must_equal_the_approved_one() -> None:
    item = LISTS["C01"].item("C01-06")

    def written(value: str) -> Judgement:
        parts = {"stated": YES, "approved": {"value": "0.20"}, "written": {"value": value}}
        return judge(item, {"parts": parts}, ON)

    assert written("0.2").passed
    assert written("0.15").credit == Decimal("0.5")
    assert written("0.15").veto


def test_a_design_below_the_approved_value_fails_the_sheet() -> None:
    item = LISTS["C01"].item("C01-07")

    def designed(value: str) -> Judgement:
        return judge(item, {"parts": {"approved": {"value": "0.20"}, "designed": {"value": value}}}, ON)

    assert designed("0.20").passed
    assert designed("0.30").passed
    assert designed("0.15").credit == 0
    assert designed("0.15").veto
    assert str(designed("0.15").why[1]) == "实际采用的峰值加速度：0.15 g，应不低于“审定的峰值加速度”的 0.2 g。"


def test_a_single_part_may_carry_the_veto() -> None:
    none = (Rule(at_most=Decimal(0)),)
    item = an_item(
        Part(Number("次", rules=none), "late", "迟报", Decimal("0.5")),
        Part(Number("次", rules=none), "concealed", "瞒报", Decimal("0.5"), veto=True),
    )
    assert not judge(item, {"parts": {"late": {"value": "2"}, "concealed": {"value": "0"}}}, ON).veto
    assert judge(item, {"parts": {"late": {"value": "0"}, "concealed": {"value": "1"}}}, ON).veto


def every(checklist: Checklist, answers: dict[str, Any], otherwise: dict[str, Any]) -> dict[str, Any]:
    return {item.code: answers.get(item.code, otherwise) for item in checklist.items}


def test_worked_sheet_of_a_school_with_rates_negatives_a_number_and_items_that_do_not_apply() -> None:
    # applies: 100 - 6 (C03-06) - 4 (C03-15) - 12 (C03-04, no building must be retrofitted) = 78
    # lost: C03-01 3 of 4 buildings: 6 x 1/4 = 1.5; C03-03 1 of 3: 9 x 2/3 = 6; C03-07 7; C03-12 3 of 9 drills:
    #       6 x 6/9 = 4; C03-13 180 s: 2 x 1/2 = 1; together 19.5, so 100 x 58.5 / 78 = 75
    answers = {
        "C03-01": a_rate("3", "4"),
        "C03-02": a_rate("4", "4"),
        "C03-03": a_rate("1", "3"),
        "C03-04": a_rate("0", "0"),
        "C03-05": NO,
        "C03-06": NA,
        "C03-07": YES,
        "C03-12": {"value": "3"},
        "C03-13": {"value": "180"},
        "C03-15": NA,
    }
    sheet = score(LISTS["C03"], every(LISTS["C03"], answers, YES), ON)
    assert sheet.score == 75
    assert sheet.conclusion is Conclusion.QUALIFIED
    assert not sheet.veto


def test_worked_sheet_of_a_project_that_a_veto_fails_whatever_its_score() -> None:
    # applies: 100 - 8 (C01-08) - 6 (C01-11) - 6 (C01-12) = 80
    # lost: C01-04 4 of 6 parts: 6 x 1/3 = 2; C01-07 designed below the approved value: 10; 100 x 68 / 80 = 85
    same = {"stated": YES, "approved": {"value": "0.20"}, "written": {"value": "0.20"}}
    answers = {
        "C01-04": {"value": ["project", "seismicity", "tectonics", "parameters"]},
        "C01-06": {"parts": same},
        "C01-07": {"parts": {"approved": {"value": "0.20"}, "designed": {"value": "0.15"}}},
        "C01-08": NA,
        "C01-11": NA,
        "C01-12": NA,
    }
    sheet = score(LISTS["C01"], every(LISTS["C01"], answers, YES), ON)
    assert sheet.score == 85
    assert (sheet.vetoed_by, sheet.conclusion) == (("C01-07",), Conclusion.UNQUALIFIED)


def test_worked_sheet_of_a_county_with_parts_dates_and_options() -> None:
    # lost: C18-01 3 of 4: 2.5; C18-04 updated 40 days ago: 5; C18-06 coverage 8 of 10: 10 x 0.6 x 0.2 = 1.2;
    #       C18-07 9 of 12: 3; C18-10 35.5 of 50: 7 x 0.29 = 2.03; C18-12 2 of 4: 2.5; C18-14 no scheme, share insured
    #       unknown: 3; together 19.23
    options: dict[str, Any] = {
        code: {"value": [option.code for option in part.question.options]}
        for code in ("C18-01", "C18-02", "C18-03", "C18-05")
        for part in LISTS["C18"].item(code).parts
        if isinstance(part.question, SomeOf)
    }
    answers = options | {
        "C18-01": {"value": ["planning", "budget", "agenda"]},
        "C18-04": {"value": "2026-08-01"},
        "C18-06": {"parts": {"times": {"value": 2}, "coverage": a_rate("8", "10")}},
        "C18-07": a_rate("9", "12"),
        "C18-08": {"value": "2026-09-01"},
        "C18-09": {"parts": {"ledger": YES, "checked": a_rate("5", "5")}},
        "C18-10": a_rate("35.5", "50"),
        "C18-11": {"parts": {"meetings": {"value": "1"}, "entered": a_rate("20", "20")}},
        "C18-12": {"value": "2"},
        "C18-13": a_rate("2", "2"),
        "C18-14": {"parts": {"scheme": NO, "insured": NA}},
    }
    sheet = score(LISTS["C18"], answers, ON)
    assert sheet.unanswered == ()
    assert sheet.score == Decimal("80.77")
    assert sheet.conclusion is Conclusion.QUALIFIED


def a_list(*items: Item, pass_mark: int = 60) -> Checklist:
    return Checklist("C99", 1, "样表", "甲", "乙", Decimal(pass_mark), (Section("one", "一", items),))


def test_a_sheet_where_nothing_applies_has_no_score() -> None:
    item = an_item(Part(YesNo("no"), na_allowed=True))
    sheet = score(a_list(item), {item.code: NA}, ON)
    assert (sheet.score, sheet.conclusion) == (None, Conclusion.OPEN)


def test_a_sheet_is_scored_while_it_is_filled_and_stays_open() -> None:
    one, two = an_item(Part(YesNo("no"))), an_item(Part(YesNo("no")), code="C99-02")
    sheet = score(a_list(one, two), {one.code: YES, "C98-77": NO}, ON)
    assert sheet.score == 100
    assert (sheet.conclusion, sheet.unanswered) == (Conclusion.OPEN, ("C99-02",))
    assert [line.points for line in sheet.lines] == [10, None]


def test_a_veto_decides_before_the_sheet_is_complete() -> None:
    one, two = an_item(Part(YesNo("no")), veto=True), an_item(Part(YesNo("no")), code="C99-02")
    assert score(a_list(one, two), {one.code: NO}, ON).conclusion is Conclusion.UNQUALIFIED


def test_three_thirds_make_a_whole_at_the_pass_mark() -> None:
    rate = Part(Rate("甲", "乙", rules=(Rule(at_least=Decimal(1)),)))
    items = [an_item(rate, code=f"C99-0{number}", weight=1) for number in range(3)]
    sheet = score(a_list(*items, pass_mark=66), {each.code: a_rate("2", "3") for each in items}, ON)
    assert sheet.score == round(Decimal(200) / 3, 12)
    exact = score(a_list(*items, pass_mark=100), {each.code: a_rate("3", "3") for each in items}, ON)
    assert exact.score == 100
    assert exact.conclusion is Conclusion.QUALIFIED


def test_lines_with_their_reasons_can_be_kept_as_json() -> None:
    sheet = score(LISTS["C12"], {"C12-01": {"value": "2020-01-01"}, "C12-03": YES}, ON)
    kept = json.loads(json.dumps(freeze(sheet.lines), ensure_ascii=False))
    line = thaw(Line, kept[0])
    assert line == sheet.lines[0]
    assert [str(each) for each in line.why] == ["2020-01-01，距检查日 81 个月，要求不超过 36 个月。"]
