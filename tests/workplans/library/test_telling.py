"""What `flask obligations list --json` says of each obligation."""

from collections.abc import Iterator
from typing import Any

import pytest

from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.telling import as_json, line

TOLD = {each.code: as_json(source, each) for source in library().sources for each in source.obligations}
OPTIONAL = {"lead", "cooperating", "responsible", "conditions", "overlaps"}


def empty(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OPTIONAL | {"default", "by_region", "number", "a_year"}:
                yield from empty(inner, f"{path}/{key}")
    if value is None or value in ("", [], {}):
        yield path


@pytest.mark.parametrize("code", TOLD)
def test_nothing_is_empty(code: str) -> None:
    assert not list(empty(TOLD[code]))
    assert {"counted", "unit"} <= TOLD[code]["parameters"].keys()


def test_the_minutes_of_zhangye() -> None:
    told = TOLD["ZY-08a"]
    assert told["kind"] == "response_within"
    assert (told["evidence"], told["scoring"]) == (["LOG"], ["SLA", "DED"])
    assert told["parameters"] == {
        "counted": "震情初报",
        "unit": "次",
        "trigger": "quake",
        "minutes": {"key": "first_report_minutes", "default": None, "by_region": {"6207": 15}, "proposal": False},
        "magnitude": {"key": "first_report_mag", "default": None, "by_region": {"6207": 3.0}, "proposal": False},
    }


def test_the_days_of_tacheng_stand_with_their_year() -> None:
    told = TOLD["TC-00b"]["parameters"]["due_on"]
    assert told["by_year"] == [{"region": "6542", "year": 2024, "value": "11-08"}]
    assert (told["by_region"], told["default"]) == ({}, None)


def test_what_is_monthly_says_how_often_a_year() -> None:
    assert [TOLD[code]["parameters"]["a_year"] for code in ("ZY-06a", "LT-05d")] == [{"6207": 12}, {"640302": 12}]


def test_a_source_says_where_it_stands() -> None:
    assert TOLD["LC-B2"]["source"]["article"] == "保障措施（二）"
    assert TOLD["LT-11d"]["source"]["article"] == "十一、"
    assert TOLD["ZY-19c"]["source"]["number"] == "张震发〔2026〕9号"


def test_a_line_has_the_roles_in_words() -> None:
    told = line(library().obligations["TC-17a"])
    assert told.startswith("TC-17a\t避难场所\t限期完成\t县（市、区）\t")
    assert "牵头：住房和城乡建设局；配合：应急管理局；责任：" in told
    assert "@" not in told
