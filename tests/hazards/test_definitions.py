from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.hazards.definitions import FILE, load_limits, read_limits
from inspect_app.hazards.rules import Limits


def test_the_limits_of_the_office_load() -> None:
    limits = load_limits()
    assert (limits.plan_over_days, limits.longest_days, limits.extensions_major) == (30, 365, 2)
    assert "已要求整改" in limits.empty_measures


def test_a_limit_that_is_left_out_keeps_its_default(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("recheckers = 3\n", "utf-8")
    problems = Problems()
    assert read_limits(file, problems) == Limits(recheckers=3)
    assert not problems.found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("recheckers = -1", "不能小于 0"),
        ('recheckers = "two"', "应为整数"),
        ("recheker = 2", "不认识的字段"),
        ("empty_measures = [1]", "文字列表"),
        ("recheckers =", "TOML"),
        ("[[deadlines]]\ndays = 0", "days 须大于 0"),
        ("[[deadlines]]\ndays = 5\ncounted = 'weeks'", "natural 或 working"),
        ("[[deadlines]]\ndays = 5\ngrades = ['huge']", "grades 应为"),
        ("[[never_extended]]\nreason = '住人'", "没有写明哪些隐患"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, "utf-8")
    problems = Problems()
    read_limits(file, problems)
    assert any(sentence in problem for problem in problems.found)


def test_every_limit_stands_in_the_file() -> None:
    written = FILE.read_text("utf-8")
    assert all(name in written for name in Limits.__dataclass_fields__)
