"""Whatever text comes, reading answers; what it quotes stands in the text at the place it names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.workplans.notices.as_json import notice_as_json
from inspect_app.workplans.notices.reading import all_requirements, read_notice
from tests.workplans.notices.scoring_notices import FIXTURES

PIECES = """
一、|（一）|(二)|1.|1.1 |（1）|①|第一条|第一章|任务1：|附件：1.|抄送：|2024年3月5日|。|；|（牵头单位：|配合单位：|】|【
责任单位：市应急局|）|市应急管理局、市地震局|等部门|等市指挥部成员单位|由|牵头|配合|负责|会同|每年|至少|1-2次|3次|以上
每个村（社区）|1名|15分钟内|不过夜|3.0级以上地震|6月底前|2月30日前|年底前|上半年完成|每月5日前|100%|全覆盖|当日核实
《2021-2025年规划》|〔2024〕3号|\t| |\u3000|9999年13月|不少于|50人|万元|各县（市）人民政府|序号\t任务\t牵头单位
"""
SCRAPS = st.sampled_from(["\n", *(piece for line in PIECES.split("\n") for piece in line.split("|") if piece)])
TEXTS = st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_reading_never_fails_and_quotes_word_for_word(raw: str) -> None:
    notice = read_notice(raw)
    notice_as_json(notice, {})
    for each in all_requirements(notice):
        assert each.quote
        assert notice.text[each.start : each.end] == each.quote
    for task in notice.tasks:
        assert 0 <= task.start <= task.end <= len(notice.text)
        for named in task.named:
            assert notice.text[named.start :].startswith(named.text)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_notice_cut_anywhere_is_still_read(data: st.DataObject) -> None:
    whole = (FIXTURES / "tacheng-2024.txt").read_text("utf-8")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    notice = read_notice(whole[start:end])
    assert len(notice.tasks) <= 19
    assert all(notice.text[each.start : each.end] == each.quote for each in all_requirements(notice))


def test_a_text_without_tasks_says_so() -> None:
    assert read_notice("今天天气很好").doubts


def test_a_number_that_is_left_out_is_a_doubt() -> None:
    assert read_notice("（一）甲。做甲。\n（二）乙。做乙。").doubts == ()
    assert read_notice("（一）甲。做甲。\n（三）丙。做丙。").doubts


def test_a_plan_that_names_its_owner_in_its_title_is_issued_by_it() -> None:
    assert read_notice("某区防震减灾工作领导小组2023年工作要点\n（一）甲。做甲。").head.issuers == (
        "某区防震减灾工作领导小组",
    )
