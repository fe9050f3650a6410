"""The definition of what counties owe."""

from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.returns.expecting.loading import FILE, HAZARDS, check_definitions, owed, owed_of, read_definition

GOOD = """code = "RETURNS"
version = 1
name = "报送"
[[owed]]
code = "hazards"
subject = "hazards"
name = "台账"
every = "month"
due_day = 5
since = 2026-01-01
"""


def test_what_ships_is_sound() -> None:
    problems = Problems()
    assert check_definitions(problems) == [each.code for each in owed()]
    assert problems.found == []
    assert owed_of(HAZARDS)
    assert owed_of("nothing") is None
    assert FILE.exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("due_day = 5", "due_day = 31", "due_day 应在 1 到 28 之间"),
        ('subject = "hazards"', 'subject = "register:nowhere"', "subject 应为"),
        ('every = "month"', 'every = "week"', "every 应为"),
        ("since = 2026-01-01", "", "缺少字段 since"),
        ("due_day = 5", "due_day = 5\nday = 6", "不认识的字段 day"),
        ("since = 2026-01-01", 'since = 2026-01-01\nplaces = [{region = "6542", due_day = 0}]', "due_day 应在"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    file, problems = tmp_path / "returns.toml", Problems()
    file.write_text(GOOD.replace(old, new), "utf-8")
    read_definition(file, problems)
    assert any(told in each for each in problems.found), problems.found


def test_nothing_is_owed_twice(tmp_path: Path) -> None:
    file, problems = tmp_path / "returns.toml", Problems()
    file.write_text(GOOD + GOOD[GOOD.index("[[owed]]") :], "utf-8")
    read_definition(file, problems)
    assert len(problems.found) == 2
