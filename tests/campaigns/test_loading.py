"""The definition of campaigns: what ships loads, what is wrong is named."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from inspect_app.campaigns.loading import FILE, check_definitions, definition, read_definition
from inspect_app.core.definitions import Problems


def problems_of(folder: Path, old: str, new: str) -> list[str]:
    text = FILE.read_text("utf-8")
    assert old in text
    path = folder / "campaigns.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems = Problems()
    read_definition(path, problems, {"C01-06"})
    return [each for each in problems.found if "没有检查项" not in each]


def test_the_five_areas_are_looked_at_by_items_that_exist() -> None:
    problems = Problems()
    check_definitions(problems)
    assert problems.found == []
    assert [area.title for area in definition().areas] == [
        "重大工程设防标准", "新建项目安评", "预案修订演练", "物资储备", "隐患排查",
    ]  # fmt: skip


def test_the_areas_are_demanded_of_zhangye_only() -> None:
    assert definition().demanded("whole_area", ["620721"])
    assert definition().demanded("whole_area", ["6207"])
    assert not definition().demanded("whole_area", ["6542", "371500K01"])
    assert not definition().demanded("look_back", ["6207"])


def test_key_counties_have_their_years() -> None:
    assert definition().key_in(2026) == {"654202", "654203"}
    assert definition().key_in(2020) == frozenset()


def test_a_category_has_its_own_speed_and_weight_or_the_general_one() -> None:
    assert definition().cost("C08") == Fraction(1)
    assert definition().cost("C03") == Fraction(1, 2)
    assert definition().cost("unknown") == Fraction(1, 2)
    assert definition().exposure("C08") == Decimal("2.5")
    assert definition().exposure("unknown") == 1


def test_mistakes_are_named_with_their_place(tmp_path: Path) -> None:
    assert problems_of(tmp_path, 'code = "C01"', 'code = "C99"') == ["campaigns.toml: C99: 没有类别 C99"]
    assert problems_of(tmp_path, "per_day = 2", "per_day = 0") == [
        "campaigns.toml: 整个文件: per_day 应为大于 0 的整数"
    ]
    assert problems_of(tmp_path, '"whole_area"', '"picnic"') == ["campaigns.toml: demands[1]: 没有方案类型 picnic"]
    assert problems_of(tmp_path, "since = 2024", "since = 2024\nuntil = 2020") == [
        "campaigns.toml: key_counties[1]: until 早于 since"
    ]
    assert problems_of(tmp_path, 'exposure = "2"', 'exposure = "0"') == ["campaigns.toml: C01: exposure 应大于 0"]


def test_an_item_that_no_list_asks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.toml"
    path.write_text(FILE.read_text("utf-8"), "utf-8")
    problems = Problems()
    read_definition(path, problems, set())
    assert "campaigns.toml: supplies: 检查表中没有检查项 C13-08" in problems.found
