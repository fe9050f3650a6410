"""Mistakes in definitions are all named, with the file and the place."""

from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.core.errors import NotFound
from inspect_app.registers.loading import FOLDER, fact_names, read_registers, register_of

GOOD = """
code = "wells"
order = 1
title = "水井"
sort = "standing"
key = ["name"]
name = "name"
columns = [
  { code = "name", heading = "名称", type = "text", required = true },
  { code = "depth", heading = "井深", type = "decimal", minimum = 0 },
  { code = "kind", heading = "类型", type = "choice", choices = ["观测井 观测", "生产井"] },
  { code = "dug_on", heading = "日期", type = "date" },
]
[[facts]]
code = "count"
title = "水井数"
unit = "口"
numerator = { of = "count" }
"""


def problems(folder: Path, text: str) -> list[str]:
    (folder / "wells.toml").write_text(text, "utf-8")
    found = Problems()
    read_registers(folder, found)
    return found.found


def test_a_good_definition_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('key = ["name"]', 'key = ["nome"]', "key 中的 nome 不是任何栏目"),
        ('key = ["name"]', 'key = ["depth"]', "key 中的 depth 应为必填"),
        ('code = "depth"', 'code = "version"', "不与系统自己的字段重名"),
        ('code = "wells"', 'code = "imports"', "不是 imports、entries"),
        (', choices = ["观测井 观测", "生产井"]', "", "type 为 choice 时要有 choices"),
        ("minimum = 0", "minimum = 9, maximum = 1", "minimum 不能大于 maximum"),
        ('type = "date"', 'type = "date", minimum = 1', "只有 integer 和 decimal"),
        ('heading = "日期"', 'heading = "井深"', "栏目名称 井深 出现了 2 次"),
        ('sort = "standing"', 'sort = "events"', "sort 为 events 时要用 event_on"),
        ('of = "count"', 'of = "sum"', "of 为 sum 时要写 column"),
        ('of = "count"', 'of = "sum", column = "name"', "name 不是数字，不能用于 sum"),
        ('of = "count"', 'of = "count", where = [{ column = "no", filled = true }]', "没有名为 no 的栏目"),
        ('of = "count"', 'of = "count", where = [{ column = "kind", equals = "枯井" }]', "没有“枯井”这个选项"),
        ('of = "count"', 'of = "count", where = [{ column = "name", within_days = 3 }]', "name 不是日期"),
        ('of = "count"', 'of = "count", where = [{ column = "name", at_least = 3 }]', "name 不是数字"),
        ('of = "count"', 'of = "count", where = [{ column = "name" }]', "每个条件要写且只写一种判断"),
        ('of = "count"', 'of = "regions", level = "county"', "level 应为 township 或 village"),
        ('unit = "口"', 'unit = "口"\nformula = "a+b"', "不认识的字段 formula"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GOOD
    found = problems(tmp_path, GOOD.replace(before, after, 1))
    assert any(told in each and each.startswith("wells.toml") for each in found), found


def test_two_files_cannot_share_a_code(tmp_path: Path) -> None:
    (tmp_path / "again.toml").write_text(GOOD, "utf-8")
    assert any("wells 已被另一个文件使用" in each for each in problems(tmp_path, GOOD))


def test_facts_are_asked_for_by_register_and_code() -> None:
    assert fact_names()["rescue_teams.township_strength"].numerator.at_least == 30
    assert fact_names()["rescue_teams.village_strength"].numerator.at_least == 20


def test_every_file_is_one_register_named_after_it() -> None:
    assert sorted(read_registers(FOLDER, Problems())) == sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_an_unknown_register_is_not_found() -> None:
    with pytest.raises(NotFound):
        register_of("unicorns")
