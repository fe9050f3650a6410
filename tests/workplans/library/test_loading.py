"""Mistakes in a file of obligations are all named, with the file and the id."""

from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.workplans.library.loading import check_definitions, read_library

HEAD = """
code = "TC"
version = 1
place = "塔城地区"
region = "6542"
title = "要点"
issuers = ["指挥部办公室"]
reference = "domain reference §2.3"
"""
DRILL = """
[[obligations]]
code = "TC-13c"
article = "（十三）"
title = "综合演练"
text = "每年演练。"
topic = "DRILL"
lead = ["应急管理局"]
responsible = ["@county_governments"]
levels = ["county"]
conditions = ["key_county"]
object = "县市"
kind = "times_a_period"
period = "year"
counted = "演练"
unit = "次"
at_least = { key = "drills_min", settings = [{ region = "654202", value = 1 }] }
at_most = { key = "drills_max", settings = [{ region = "654202", value = 2 }] }
numbers = [{ key = "scenario", settings = [{ region = "6542", text = "深夜" }] }]
evidence = ["DRILL"]
scoring = ["CNT"]
"""
REPLY = """
[[obligations]]
code = "TC-16a"
article = "（十六）"
title = "核实"
text = "当日核实。"
topic = "DUTY_REPORT"
responsible = ["地震局"]
levels = ["county"]
object = "异常"
kind = "response_within"
trigger = "anomaly"
minutes = { key = "reply_minutes", settings = [{ region = "6542", value = 15 }] }
counted = "核实"
unit = "次"
evidence = ["LOG"]
scoring = ["SLA"]
"""
GOOD = HEAD + DRILL + REPLY


def problems_of(folder: Path, text: str) -> list[str]:
    (folder / "one.toml").write_text(text, "utf-8")
    problems = Problems()
    read_library(folder, problems)
    return problems.found


def test_the_example_is_right(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD) == []


def test_checking_names_the_obligations_that_ship() -> None:
    problems = Problems()
    assert len(check_definitions(problems)) == 250
    assert problems.found == []


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    problems = Problems()
    read_library(tmp_path, problems)
    assert "没有义务文件" in problems.found[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "TC"\n', 'code = "tc"\n', "两个大写字母"),
        ('issuers = ["指挥部办公室"]', "issuers = []", "issuers 不能为空"),
        ('code = "TC-13c"', 'code = "LC-13c"', "code 应以 TC- 开头"),
        ('code = "TC-13c"', 'code = "TC-16a"', "TC-16a: 编号出现了 2 次"),
        ('topic = "DRILL"', 'topic = "DANCE"', "topic 应为以下之一"),
        ('levels = ["county"]\nconditions', "levels = []\nconditions", "levels 不能为空"),
        ('evidence = ["DRILL"]', "evidence = []", "evidence 不能为空"),
        ('scoring = ["CNT"]', "", "scoring 不能为空"),
        ('lead = ["应急管理局"]\nresponsible = ["@county_governments"]', "", "不能都没有"),
        ("@county_governments", "@everybody", "没有单位组 @everybody"),
        ('period = "year"\n', "", "times_a_period 需要写明 period"),
        ('period = "year"\n', 'period = "year"\ntrigger = "quake"\n', "times_a_period 用不到 trigger"),
        ('period = "year"\n', 'period = "year"\nper = "villages"\n', "conditions 中应有 has_villages"),
        ('period = "year"\n', 'period = "year"\nperiods = 2\n', "不认识的字段 periods"),
        ('trigger = "anomaly"', 'trigger = "anomaly"\nimmediately = true', "只写一项"),
        ("minutes = {", "numbers_of = {", "只写一项"),
        ('kind = "response_within"\ntrigger = "anomaly"', 'kind = "share_covered"\nof = "aspects"', "列出是哪些方面"),
        ("654202", "65420", "区划代码 65420 不对"),
        ("value = 15", "value = 1.5", "大于 0 的整数，实际是 1.5"),
        ("value = 15", "value = 0", "大于 0 的整数，实际是 0"),
        ("value = 15", 'text = "15"', "大于 0 的整数，实际是 15"),
        (", value = 15", "", "也只写一个"),
        ("value = 15", 'value = 15, text = "x"', "也只写一个"),
        ("value = 15", "value = 15, years = 2024", "不认识的字段 years"),
        ("value = 2 }", "value = 0 }", "at_most 在 654202 应有对应的 at_least"),
        ('"654202", value = 2', '"654203", value = 2', "at_most 在 654203 应有对应的 at_least"),
        ('key = "scenario"', 'key = "minutes"', "numbers 中的 minutes 重复，或与固定的参数同名"),
        ('key = "reply_minutes", settings = [{ region = "6542", value = 15 }]',
         'key = "reply_minutes", proposal = true', "标明是建议值，却没有写值"),
        ('scoring = ["CNT"]', 'scoring = ["CNT"]\noverlaps = ["LC-99"]', "LC-99 不存在"),
        ('scoring = ["CNT"]', 'scoring = ["CNT"]\noverlaps = ["TC-16a"]', "TC-16a 与本条同出一份文件"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    found = problems_of(tmp_path, GOOD.replace(old, new))
    assert any(said in each for each in found), found


def test_an_overlap_is_written_on_both_sides(tmp_path: Path) -> None:
    other = HEAD.replace('"TC"', '"LC"') + REPLY.replace("TC-16a", "LC-06a") + 'overlaps = ["TC-16a"]\n'
    (tmp_path / "other.toml").write_text(other, "utf-8")
    assert problems_of(tmp_path, GOOD) == ["obligations: TC-16a: overlaps 中缺少 LC-06a：两边都要写"]
    assert problems_of(tmp_path, GOOD + 'overlaps = ["LC-06a"]\n') == []


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('topic = "DRILL"', 'topic = "DANCE"').replace("value = 15", "value = 0")
    found = problems_of(tmp_path, text)
    assert len(found) == 2
    assert [each.split(": ")[:2] for each in found] == [["one.toml", "TC-13c"], ["one.toml", "TC-16a"]]
