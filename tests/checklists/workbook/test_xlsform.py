"""A form in XLSForm becomes a checklist, and what it holds beyond that is told, row by row."""

from decimal import Decimal

import pytest

from inspect_app.checklists.checking import problems_of
from inspect_app.checklists.definition import Evidence, Item, Relevance
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import DateUnit, Day, Number, OneOf, Option, SomeOf, Text, YesNo
from inspect_app.checklists.workbook.xlsform.reading import read_xlsform
from inspect_app.checklists.workbook.xlsform.report import XlsForm
from inspect_app.workbooks.read import read_workbook
from tests.checklists.workbook.school_form import SURVEY, write_form
from tests.checklists.workbook.written import a_sheet


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> XlsForm:
    book = read_workbook(write_form(tmp_path_factory.mktemp("form") / "form.xlsx"))
    return read_xlsform({sheet.name or "": sheet for sheet in book.sheets})


def item(form: XlsForm, text: str) -> Item:
    return next(each for each in form.checklist.items if each.text == text)


def small(*rows: tuple[str, ...], choices: tuple[tuple[str, ...], ...] = ()) -> XlsForm:
    head = ("type", "name", "label", "relevant", "constraint", "required")
    sheets = {"survey": a_sheet("survey", [head, *rows])}
    listed = [("list_name", "name", "label"), *choices]
    return read_xlsform({**sheets, "choices": a_sheet("choices", listed)})


def lost(form: XlsForm) -> list[str]:
    return [str(each) for each in form.report.not_carried]


def test_the_head_comes_from_the_settings_and_groups_are_sections(form: XlsForm) -> None:
    assert (form.checklist.code, form.checklist.title) == ("SCHOOL-SAFETY", "学校安全调查")
    assert [section.title for section in form.checklist.sections] == ["基本情况", "校舍", "学校安全调查"]


def test_the_chinese_texts_are_taken_and_hints_notes_and_messages_guide(form: XlsForm) -> None:
    assert item(form, "学校名称").guidance == "先向校长了解情况。 与公章一致"
    assert item(form, "在校学生多少人？").guidance == "请核对人数"
    assert sum("另一种语言" in each for each in lost(form)) == 2


def test_each_type_becomes_its_question(form: XlsForm) -> None:
    kinds = {each.text: each.parts[0].question for each in form.checklist.items}
    assert kinds["学校名称"] == Text()
    assert kinds["在校学生多少人？"] == Number("", 0, Decimal(20000), minimum=Decimal(0))
    assert kinds["校舍面积多少平方米？"] == Number("", 2, minimum=Decimal("0.01"))
    assert kinds["鉴定日期"] == Day(DateUnit.MONTHS)
    assert kinds["哪些出口被堵？"] == SomeOf((Option("east", "东门"), Option("west", "西门")))
    assert kinds["疏散秩序打几分？"] == Number("", 0, Decimal(5), minimum=Decimal(1))
    assert kinds["实验室药品柜是否固定？"] == YesNo("no")


def test_not_applicable_among_the_choices_allows_it(form: XlsForm) -> None:
    assert item(form, "实验室药品柜是否固定？").na_allowed
    assert not item(form, "是否做过抗震鉴定？").na_allowed


def test_an_other_of_ones_own_asks_for_its_words(form: XlsForm) -> None:
    kind = item(form, "学校是哪一类？")
    assert kind.parts[0].question == OneOf(
        (Option("primary", "小学"), Option("middle", "中学"), Option("other", "其他"))
    )
    other = item(form, "学校是哪一类？（其他，请说明）")
    assert other.relevant == (Relevance(kind.code, any_of=("other",)),)


def test_conditions_hang_on_earlier_items_and_groups_hand_theirs_down(form: XlsForm) -> None:
    pupils = Relevance(item(form, "在校学生多少人？").code, at_least=Decimal(1))
    checked, blocked = item(form, "是否做过抗震鉴定？"), item(form, "哪些出口被堵？")
    assert checked.relevant == (pupils,)
    assert item(form, "鉴定日期").relevant == (pupils, Relevance(checked.code, any_of=("yes",)))
    assert blocked.relevant == (pupils, Relevance(checked.code, any_of=("yes", "no")))
    more = Relevance(pupils.item, at_least=Decimal(51))
    assert item(form, "是否已当场清理？").relevant == (pupils, Relevance(blocked.code, any_of=("east",)), more)


def test_a_picture_is_evidence_of_the_item_before_it(form: XlsForm) -> None:
    assert item(form, "实验室药品柜是否固定？").evidence == (Evidence.PHOTO,)


def test_required_is_what_the_form_requires(form: XlsForm) -> None:
    assert item(form, "实验室药品柜是否固定？").required
    assert not item(form, "校舍面积多少平方米？").required
    assert not item(form, "有无异常？").required


def test_the_weights_of_what_can_be_judged_are_equal_and_make_a_hundred(form: XlsForm) -> None:
    weights = [each.weight for each in form.checklist.items if each.weight]
    assert weights == [Decimal(20)] * 5
    third = small(*[("select_one yn", name, name) for name in "abc"], choices=(("yn", "yes", "是"), ("yn", "no", "否")))
    assert [each.weight for each in third.checklist.items] == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (1, "start start：由手机自动填写"),
        (4, "constraint：约束“string-length(.) < 60”没有导入"),
        (5, "default：“0”没有导入：系统不预填答案"),
        (8, "geopoint place"),
        (13, "appearance：“minimal”没有导入"),
        (14, "relevant：照片随检查项一起要求"),
        (18, "calculate per_head：系统不作计算"),
        (19, "begin_repeat rooms：系统没有循环"),
        (20, "integer seats：在循环“rooms”里面"),
        (23, "rank exits order：系统没有排序题"),
        (24, "barcode tag"),
        (25, "audio voice"),
        (26, "用了“not”"),
        (27, "relevant：显示条件“${pupils} > 1 or ${drill} = 'no'”没有导入，这里总会显示：“或”连接了不同的题"),
        (27, "required：必答的条件"),
        (28, "acknowledge sure"),
        (29, "weather sky：系统不认识这种题型"),
        (30, "note thanks：这段说明后面没有题"),
    ],
)
def test_what_is_not_carried_over_is_told_with_its_row(form: XlsForm, row: int, words: str) -> None:
    assert any(each.startswith(f"survey!{row + 1} ") and words in each for each in lost(form)), lost(form)


@pytest.mark.parametrize(
    "told", ["choices!9 media::image", "choices!11 west", "settings!2 version", "settings!2 style"]
)
def test_what_the_other_sheets_hold_beyond_is_told(form: XlsForm, told: str) -> None:
    assert any(each.startswith(told) for each in lost(form)), lost(form)


def test_every_row_of_the_survey_is_told_as_carried_or_not(form: XlsForm) -> None:
    told = {each.row for each in (*form.report.carried, *form.report.not_carried) if each.sheet == "survey"}
    ends = {at + 2 for at, row in enumerate(SURVEY) if row[0].startswith("end")}
    assert told | ends >= set(range(2, len(SURVEY) + 2))


def test_what_was_assumed_is_told(form: XlsForm) -> None:
    assumed = "".join(map(str, form.report.assumed))
    for words in (
        "SCHOOL-SAFETY",
        "一般隐患",
        "30 日",
        "各 20 分",
        "以“否”为不合格",
        "没有单位",
        "及以前的日期",
        "请补写",
    ):
        assert words in assumed


def test_only_what_the_form_cannot_say_stands_against_the_draft(form: XlsForm) -> None:
    flaws = problems_of(form.checklist, load_library().register)
    assert {flaw.field for flaw in flaws} == {"checked", "checkers", "objects"}
    assert all(flaw.gap for flaw in flaws)


YES_NO = (("yn", "yes", "是"), ("yn", "no", "否"))


@pytest.mark.parametrize(
    ("relevant", "why"),
    [
        ("${b} = 'yes'", "不在前面"),
        ("${a} = 'maybe'", "没有选项“maybe”"),
        ("${a} != 'no'", "只能写等于某个选项"),
        ("${a} = ${n}", "两题答案相比"),
        ("${n} + 1 > 2", "看不懂"),
        ("${n} != 3", "不等于"),
        ("${n} > 3 or ${n} < 1", "不能这样写"),
        ("${a} = 'yes' or (${a} = 'no' and ${n} > 1)", "又有“且”"),
        ("${a} = 'yes' and", "看不懂"),
        ("count(${a}) > 1", "用了“count”"),
        ("${t} = 'x'", "不能这样写"),
        ("((((((((((((((((((((((${n} > 1))))))))))))))))))))))", "看不懂"),
        ("${a} = 'yes", "看不懂"),
        ("__import__('os')", "用了"),
    ],
)
def test_a_condition_beyond_a_checklist_is_left_out_and_told(relevant: str, why: str) -> None:
    rows = (("select_one yn", "a", "甲"), ("integer", "n", "数"), ("text", "t", "字"), ("text", "c", "丙", relevant))
    form = small(*rows, choices=YES_NO)
    assert form.checklist.items[3].relevant == ()
    assert [why in each for each in lost(form) if each.startswith("survey!5 relevant")] == [True], lost(form)


@pytest.mark.parametrize(
    ("constraint", "low", "high"),
    [
        (". >= 0 and . <= 100", 0, 100),
        ("(.>0) and (.<10)", 1, 9),
        ("5 <= . and . = 7", 7, 7),
        (". >= -5", -5, None),
    ],
)
def test_a_constraint_sets_bounds(constraint: str, low: int | None, high: int | None) -> None:
    form = small(("integer", "n", "数", "", constraint))
    question = form.checklist.items[0].parts[0].question
    assert isinstance(question, Number)
    assert (question.minimum, question.maximum) == (low, high)
    assert lost(form) == []


@pytest.mark.parametrize(
    "constraint", [". > ${m}", "regex(., 'x')", ". > 1 or . < 0", ". <= today()", ". != 3", ". > 'x'"]
)
def test_a_constraint_beyond_bounds_is_told(constraint: str) -> None:
    form = small(("integer", "n", "数", "", constraint))
    assert [each.startswith("survey!2 constraint") for each in lost(form)] == [True]


def test_an_empty_form_is_an_empty_checklist() -> None:
    form = read_xlsform({"survey": a_sheet("survey", [("type", "name", "label")])})
    assert form.checklist.items == ()


def test_a_list_of_choices_that_is_not_there_and_a_name_used_twice_are_told() -> None:
    form = small(("select_one x", "a", "甲"), ("text", "b", "乙"), ("text", "b", "丙"), ("end_repeat", "r"))
    assert [each.text for each in form.checklist.items] == ["乙"]
    assert ["选项表“x”" in lost(form)[0], "重复" in lost(form)[1], "开头" in lost(form)[2]] == [True] * 3
