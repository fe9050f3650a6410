"""What is checked, reported and scored is data, and all of it loads."""

import json

import pytest
from flask import Flask

from inspect_app.checklists.loading import load_library

# Domain reference §4: the lists C01-C18, four of them for the lifelines of C07, with so many items each.
ITEMS = {
    "C01": 12, "C02": 14, "C03": 16, "C04": 12, "C05": 10, "C06": 12,
    "C07a": 8, "C07b": 8, "C07c": 8, "C07d": 8,
    "C08": 12, "C09": 10, "C10": 10, "C11": 14, "C12": 14, "C13": 10,
    "C14": 12, "C15": 10, "C16": 12, "C17": 10, "C18": 14,
}  # fmt: skip


def test_every_definition_loads_without_a_problem(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["definitions", "check", "--json"])
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0, found["problems"]
    assert found["problems"] == []
    assert found["checklists"] == ITEMS
    assert found["schemes"]


def test_the_reference_has_21_lists_and_236_items() -> None:
    assert (len(ITEMS), sum(ITEMS.values())) == (21, 236)


@pytest.mark.parametrize("code", ITEMS)
def test_each_list_weighs_100(code: str) -> None:
    assert sum(item.weight for item in load_library().checklists[code].items) == 100
