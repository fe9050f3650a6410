from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from inspect_app.checklists.definition import from_json, to_json
from inspect_app.checklists.loading import FOLDER, Library, load_library
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import DefinitionProblems

GOOD_LIST = """
code = "C99"
version = 1
title = "样表"
checked = "甲"
checkers = "乙"
pass_mark = 60
[[sections]]
code = "one"
title = "一"
[[sections.items]]
code = "C99-01"
text = "有吗？"
guidance = "看一看。"
answer = {type = "yes_no", bad_answer = "no"}
severity = "general"
weight = 40
deadline = {kind = "days", days = 15}
bases = [{basis = "B1", article = "第一条"}]
[[sections.items]]
code = "C99-02"
text = "多少？"
guidance = "数一数。"
parts = [
    {code = "a", label = "甲", type = "number", unit = "g", decimals = 2, share = 0},
    {code = "b", label = "乙", type = "number", unit = "g", decimals = 2, at_least_part = "a", share = 1},
]
severity = "major"
weight = 60
deadline = {kind = "plan", days = 365}
bases = [{basis = "B1"}]
"""
GOOD_BASES = '[[bases]]\ncode = "B1"\ntitle = "某法"\nkind = "law"\n'


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def write(folder: Path, content: str, name: str = "C99.toml") -> Path:
    (folder / "bases.toml").write_text(GOOD_BASES, "utf-8")
    (folder / name).write_text(content, "utf-8")
    return folder


def test_every_item_cites_a_basis_and_tells_the_inspector_what_to_look_at(library: Library) -> None:
    for checklist in library.checklists.values():
        for item in checklist.items:
            assert item.citations, item.code
            assert item.guidance.endswith("。"), item.code
            assert item.text.endswith("？"), item.code


def test_no_cited_basis_has_lapsed_at_the_time_of_writing(library: Library) -> None:
    for checklist in library.checklists.values():
        for item in checklist.items:
            for citation in item.citations:
                assert library.register[citation.basis].in_force(date(2026, 11, 1)), item.code


@pytest.mark.parametrize("code", sorted(load_library().checklists))
def test_a_kept_version_is_rebuilt_equal_and_hashes_alike(library: Library, code: str) -> None:
    checklist = library.checklists[code]
    kept = to_json(checklist)
    assert from_json(kept) == checklist
    assert content_hash(kept) == content_hash(checklist)


def test_a_small_list_is_read(tmp_path: Path) -> None:
    checklist = load_library(write(tmp_path, GOOD_LIST)).checklists["C99"]
    assert checklist.item("C99-02").parts[1].share == Decimal(1)
    with pytest.raises(KeyError):
        checklist.item("C99-03")


YES_NO = 'answer = {type = "yes_no", bad_answer = "no"}'
LIMIT = 'answer = {type = "number", unit = "次", '


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("weight = 40", "weight = 41", "合计应为 100，实际是 101"),
        ("weight = 60", "weight = 60\nwieght = 1", "C99-02: 不认识的字段 wieght"),
        ('basis = "B1", article', 'basis = "B2", article', "依据 B2 不在依据登记册"),
        ("C99-02", "C99-01", "检查项编号 C99-01 重复"),
        ("C99-02", "C98-02", "应形如 C99-01"),
        ('code = "C99"', 'code = "C98"', "应与文件名相同"),
        ("version = 1", "version = 0", "version：版本号应从 1 开始"),
        ("pass_mark = 60", "pass_mark = 160", "pass_mark：合格线应在"),
        ('bad_answer = "no"', 'bad_answer = "never"', "bad_answer：请写明哪个回答不合格"),
        (', bad_answer = "no"', "", "缺少字段 bad_answer"),
        ('severity = "general"', 'severity = "advice"\nveto = true', "不能只作改进提示"),
        ('{kind = "days", days = 15}', '{kind = "days"}', "必须写天数"),
        ('{kind = "days", days = 15}', '{kind = "immediate", days = 1}', "不能写天数"),
        ('{kind = "days", days = 15}', '{kind = "days", days = 0}', "应大于 0"),
        ("share = 1", "share = 0.9", "share：各分问的比重合计应为 1"),
        ('at_least_part = "a"', 'at_least_part = "c"', "要比较的分问“c”不存在"),
        ('at_least_part = "a"', 'at_least_part = "a", at_least = 1', "只能写一种"),
        ('code = "b"', 'code = "a"', "分问编号“a”重复"),
        ('code = "b"', 'code = "b", gate = true', "gate：前提只能用于是否题"),
        (YES_NO, LIMIT + "maximum = 3, at_least = 5}", "永远达不到"),
        (YES_NO, LIMIT + "at_least = 5, at_most = 4}", "不低于的数大于不超过的数"),
        (YES_NO, LIMIT + "at_least = 5, zero_at = 6}", "零分点"),
        (YES_NO, LIMIT + "at_most = 5, zero_at = 4}", "零分点"),
        (YES_NO, LIMIT + "at_least = -1}", "阈值不能小于 0"),
        (YES_NO, LIMIT + 'rules = [{code = "x", label = "某口径"}]}', "没有阈值"),
        (YES_NO, 'answer = {type = "date", unit = "months", at_least = 3}', "日期只能要求"),
        (YES_NO, 'answer = {type = "some_of", options = [{code = "a", label = "甲"}]}', "至少要有两个选项"),
        (YES_NO, 'answer = {type = "poem"}', "type 应为以下之一"),
        (YES_NO, YES_NO + "\nparts = []", "只能写一个"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD_LIST
    with pytest.raises(DefinitionProblems) as refused:
        load_library(write(tmp_path, GOOD_LIST.replace(old, new, 1)))
    assert any(sentence in each and each.startswith("C99.toml: ") for each in refused.value.problems)


def test_mistakes_of_the_register_and_of_the_lists_are_told_together(tmp_path: Path) -> None:
    write(tmp_path, GOOD_LIST.replace("weight = 40", "weight = 1"))
    (tmp_path / "bases.toml").write_text(GOOD_BASES + 'colour = "red"\n', "utf-8")
    with pytest.raises(DefinitionProblems) as refused:
        load_library(tmp_path)
    assert [each.split(":")[0] for each in refused.value.problems] == ["bases.toml", "C99.toml"]


def test_options_may_not_repeat_nor_be_fewer_than_asked(tmp_path: Path) -> None:
    options = 'options = [{code = "a", label = "甲"}, {code = "a", label = "乙"}]'
    broken = GOOD_LIST.replace(YES_NO, f'answer = {{type = "some_of", at_least = 3, {options}}}')
    with pytest.raises(DefinitionProblems) as refused:
        load_library(write(tmp_path, broken))
    assert len(refused.value.problems) == 2


def test_passing_options_must_exist(tmp_path: Path) -> None:
    options = 'passing = ["c"], options = [{code = "a", label = "甲"}, {code = "b", label = "乙"}]'
    with pytest.raises(DefinitionProblems) as refused:
        load_library(write(tmp_path, GOOD_LIST.replace(YES_NO, f'answer = {{type = "one_of", {options}}}')))
    assert "未定义的选项：c" in refused.value.problems[0]


def test_the_folder_of_definitions_stands_beside_the_package() -> None:
    assert (FOLDER / "bases.toml").is_file()
