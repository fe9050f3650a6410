"""A file of another county imports nothing, even when no title says whose it is."""

from datetime import date
from pathlib import Path

import pytest

from inspect_app.returns.places import PlaceRow, Places
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import Outcome
from tests.returns.ledgers import ledger_row, write_ledger

PLACES = Places.from_rows(
    "654202",
    [
        PlaceRow("6542", "塔城地区", None),
        PlaceRow("654202", "乌苏市", "6542"),
        PlaceRow("654202101", "白杨沟镇", "654202"),
        PlaceRow("654203", "沙湾市", "6542"),
        PlaceRow("654203101", "老沙湾镇", "654203"),
        PlaceRow("654203102", "四道河子镇", "654203"),
    ],
    elsewhere=["甘州区", "新市区", "城区"],
)
OWN: dict[str, str] = {}
OTHERS = [{"乡镇（街道）": "老沙湾镇"}, {"乡镇（街道）": "四道河子镇"}, {"整改责任单位": "沙湾市教育局"}]


def read(tmp_path: Path, rows: list[dict[str, str]], title: str) -> tuple[Outcome, str | None, int]:
    ledger = [ledger_row(number, **over) for number, over in enumerate(rows, 1)]
    found = read_return(write_ledger(tmp_path / "台账.xlsx", ledger, title), PLACES, date(2026, 6, 15))
    return found.outcome, found.code, len(found.rejected)


def test_a_file_most_of_whose_rows_lie_elsewhere_is_refused_whole(tmp_path: Path) -> None:
    assert read(tmp_path, [OWN, OWN, *OTHERS], "隐患台账") == (Outcome.REFUSE, "E_REGION_SCOPE", 0)


@pytest.mark.parametrize(
    ("rows", "title", "refused"),
    [
        ([OWN, OWN, OWN, *OTHERS], "隐患台账", 2),
        ([OWN, OWN, *OTHERS], "乌苏市隐患台账", 2),
        ([OTHERS[0]], "隐患台账", 1),
    ],
)
def test_rows_are_refused_one_by_one_where_they_are_no_majority_or_the_title_is_right(
    tmp_path: Path, rows: list[dict[str, str]], title: str, refused: int
) -> None:
    assert read(tmp_path, rows, title) == (Outcome.IMPORT, None, refused)


@pytest.mark.parametrize(
    "title", ["甘州区隐患台账", "张掖市甘州区6月隐患台账", "甘肃省张掖市甘州区隐患台账", "填报单位：甘州区应急管理局"]
)
def test_a_file_of_a_county_far_away_is_refused_by_its_title(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, [OWN], title) == (Outcome.REFUSE, "E_REGION_SCOPE", 0)


@pytest.mark.parametrize(
    "title",
    [
        "新市区街道隐患台账",
        "乌苏市新市区隐患台账",
        "城区隐患台账",
        "隐患排查台账（参照甘州区样式）",
        "地震风险隐患台账",
    ],
)
def test_a_name_that_is_no_county_here_refuses_nothing(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, [OWN], title)[0] == Outcome.IMPORT
