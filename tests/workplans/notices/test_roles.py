"""Units have the part the notice gives them; where it gives none, a doubt is said and no part is passed on."""

import pytest

from inspect_app.workplans.notices.reading import named_in

Parts = dict[str, list[str]]


def parts(text: str) -> Parts:
    found: Parts = {}
    for each in named_in(text, 0, len(text)):
        assert text[each.start :].startswith(each.text)
        found.setdefault(each.role.value, []).append(each.text)
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("检查。（牵头单位：甲局、乙局；配合单位：丙局。责任单位：各县（市）人民政府）",
         {"lead": ["甲局", "乙局"], "cooperating": ["丙局"], "responsible": ["各县（市）人民政府"]}),
        ("检查。(牵头单位:甲局;责任单位:各县(市)政府)", {"lead": ["甲局"], "responsible": ["各县(市)政府"]}),
        ("检查。【责任单位：市应急局和市地震局】", {"responsible": ["市应急局", "市地震局"]}),
        ("检查。（责任单位：市住房和城乡建设局）", {"responsible": ["市住房和城乡建设局"]}),
        ("检查。（市应急局牵头，市住建局等部门配合，各镇政府落实）",
         {"lead": ["市应急局"], "cooperating": ["市住建局"], "responsible": ["各镇政府"]}),
        ("检查。（责任单位：市应急局（牵头）、市地震局）", {"lead": ["市应急局"], "responsible": ["市地震局"]}),
        ("检查。（责任单位：市应急局、军分区等市指挥部及联席会议成员单位）",
         {"responsible": ["市应急局", "军分区", "市指挥部及联席会议成员单位"]}),
        ("检查。（牵头单位：市应急局；责任单位：市地震局", {"lead": ["市应急局"], "responsible": ["市地震局"]}),
        ("检查。\n牵头单位：市应急局\n配合单位：市地震局", {"lead": ["市应急局"], "cooperating": ["市地震局"]}),
        ("由市应急局牵头、市地震局配合，开展检查。", {"lead": ["市应急局"], "cooperating": ["市地震局"]}),
        ("市应急局、市地震局按职责分工负责。", {"responsible": ["市应急局", "市地震局"]}),
        ("发挥县（市）两级指挥机构牵头抓总作用。", {}),
        ("认真履行牵头单位职责，牵头开展协作。", {}),
        ("完善管理部门、产权单位、运维单位分工负责的机制。", {}),
        ("检查（详见附件）。", {}),
    ],
)  # fmt: skip
def test_parts_are_as_written(text: str, wanted: Parts) -> None:
    assert parts(text) == wanted


def test_a_group_without_a_word_never_has_the_part_of_the_group_before() -> None:
    named = named_in("检查。（牵头单位：甲局；配合单位：乙局；各街道办事处）", 0, 30)
    last = named[-1]
    assert (last.text, last.role.value) == ("各街道办事处", "unassigned")
    assert last.doubt


def test_units_without_any_word_are_proposed_with_a_doubt() -> None:
    named = named_in("检查。（市应急局、市地震局）", 0, 20)
    assert [(each.role.value, bool(each.doubt)) for each in named] == [("responsible", True)] * 2


def test_persons_are_no_units() -> None:
    assert parts("检查。（牵头领导：李某；责任人：王某；牵头单位：市应急局）") == {"lead": ["市应急局"]}


def test_districts_and_counties_are_one_group() -> None:
    assert parts("检查。（责任单位：各区、县（市）人民政府，区直有关部门、单位）") == {
        "responsible": ["各区、县（市）人民政府", "区直有关部门、单位"]
    }
