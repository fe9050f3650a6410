from pathlib import Path

import pytest

from inspect_app.core.definitions import Problems
from inspect_app.reminders.definition import FILE, Rules, read_rules

GOOD = FILE.read_text("utf-8")


def problems_of(text: str, folder: Path) -> list[str]:
    file = folder / "reminders.toml"
    file.write_text(text, "utf-8")
    problems = Problems()
    read_rules(file, problems)
    return problems.found


def test_the_delivered_rules_are_sound(tmp_path: Path) -> None:
    assert problems_of(GOOD, tmp_path) == []


def test_degrees_are_spans_of_days_that_touch_and_do_not_overlap() -> None:
    rules = Rules((1, 3, 7), review_days=7, lines=5, retry_days=3, tries=5)
    assert rules.spans() == ((0, 1), (2, 3), (4, 7))


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("lines = 5", "lines = 0", "lines"),
        ("tries = 5", "", "tries"),
        ("\ndays = 3", "\ndays = 7", "due"),
        ("\ndays = 1", "\ndays = -1", "days"),
        ("\ndays = 1", "\nhours = 1", "hours"),
    ],
)
def test_mistakes_are_named(before: str, after: str, named: str, tmp_path: Path) -> None:
    assert before in GOOD
    assert any(named in problem for problem in problems_of(GOOD.replace(before, after, 1), tmp_path))
