"""Whose row it is."""

import pytest

from inspect_app.returns.places import PlaceRow, Places
from tests.returns.county import PLACES, ROWS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("东坪镇", "东坪镇"),
        ("东坪", "东坪镇"),
        (" 东 坪 镇 ", "东坪镇"),
        ("东坪镇人民政府", "东坪镇"),
        ("东坪镇二闸村", "东坪镇"),
        ("云县东坪镇", "东坪镇"),
        ("云山裕固族自治县东坪镇", "东坪镇"),
        ("沙镇", "沙镇镇"),
        ("老沙镇", "沙镇镇"),
        ("白石", "白石蒙古族乡"),
        ("西湖街道办事处", "西湖街道"),
    ],
)
def test_a_township_is_known_by_many_names(text: str, name: str) -> None:
    township = PLACES.township(text)
    assert township
    assert township.name == name


def test_a_name_that_several_counties_have_is_the_countys_own() -> None:
    township = PLACES.township("西湖街道")
    assert township
    assert township.code == "990121001"


@pytest.mark.parametrize("text", ["清水镇", "清水", "平川县", "平川县东坪镇", "清水镇人民政府"])
def test_a_neighbours_township_is_elsewhere(text: str) -> None:
    assert PLACES.township(text) is None
    assert PLACES.is_elsewhere(text)


@pytest.mark.parametrize("text", ["县直", "开发区", "新设镇", "东坪镇、沙镇镇"])
def test_what_nobody_has_is_neither_here_nor_elsewhere(text: str) -> None:
    assert PLACES.township(text) is None
    assert not PLACES.is_elsewhere(text)


@pytest.mark.parametrize("text", ["平川县", "平川县应急局", "河东区"])
def test_another_county_in_a_county_column(text: str) -> None:
    assert PLACES.is_other_county(text) == (text != "平川县应急局")


def test_the_county_itself_in_a_county_column() -> None:
    assert not PLACES.is_other_county("云山裕固族自治县")
    assert not PLACES.is_other_county("云县")
    assert not PLACES.is_other_county("")


def test_a_short_form_of_two_townships_stands_for_neither() -> None:
    rows = (*ROWS, PlaceRow("990121102", "东坪乡", "990121"))
    assert Places.from_rows("990121", rows).township("东坪") is None


def test_a_county_that_is_not_on_record_is_an_error() -> None:
    with pytest.raises(KeyError):
        Places.from_rows("000000", ROWS)
