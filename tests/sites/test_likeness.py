"""Which sites may be one."""

from decimal import Decimal
from typing import Any

import pytest

from inspect_app.sites.likeness import NEARBY, SAME_CODE, SAME_NAME, Neighbourhood, Sketch, likeness, pairs, stem_of

PREFIXES = ("新疆维吾尔自治区", "塔城地区", "塔城", "乌苏市", "乌苏", "白杨沟镇")
CODE = "91654202MA00000000"


def sketch(key: int, stem: str = "晨光小学", **over: Any) -> Sketch:  # noqa: ANN401 - fields of any kind
    return Sketch(**{"key": key, "stem": stem, "category": "C03", "county_id": 1, "region_id": 11, **over})


def at(east: str, north: str) -> tuple[Decimal, Decimal]:
    return Decimal(east), Decimal(north)


@pytest.mark.parametrize(
    "name",
    [
        "晨光小学",
        "乌苏市晨光小学",
        "塔城地区乌苏市白杨沟镇晨光小学",
        "晨光 小学",
        "（乌苏）晨光小学",
        "晨光小学有限公司",
    ],
)
def test_a_name_is_the_same_with_or_without_its_region(name: str) -> None:
    assert stem_of(name, PREFIXES) == "晨光小学"


def test_a_name_that_is_nothing_but_a_region_stays() -> None:
    assert stem_of("乌苏市", PREFIXES) == "乌苏市"
    assert stem_of("ＡＢ厂", ()) == "ab厂"


def test_the_same_name_in_one_township_is_proposed() -> None:
    assert str(likeness(sketch(1), sketch(2))) == SAME_NAME
    assert str(likeness(sketch(1), sketch(2, category="C11"))) == SAME_NAME


def test_a_site_of_which_only_the_county_is_known_may_be_in_any_township() -> None:
    assert likeness(sketch(1), sketch(2, region_id=1))
    assert likeness(sketch(1), sketch(2, region_id=12)) is None


def test_counties_are_never_mixed() -> None:
    assert likeness(sketch(1, credit_code=CODE), sketch(2, credit_code=CODE, county_id=2)) is None


def test_one_credit_code_is_proposed_within_a_category_only() -> None:
    one = sketch(1, "甲厂", credit_code=CODE)
    assert str(likeness(one, sketch(2, "乙车间", region_id=12, credit_code=CODE))) == SAME_CODE
    assert likeness(one, sketch(2, "乙车间", credit_code=CODE, category="C17")) is None


def test_like_names_within_two_hundred_metres_are_proposed() -> None:
    here = sketch(1, "晨光小学", place=at("84.7000", "44.4300"))
    near = sketch(2, "晨光小学教学楼", place=at("84.7010", "44.4305"))
    far = sketch(3, "晨光小学教学楼", place=at("84.7030", "44.4305"))
    why = likeness(here, near)
    assert why
    assert why.message == NEARBY
    assert 90 <= int(str(why.params["metres"])) <= 105
    assert likeness(here, far) is None


@pytest.mark.parametrize("names", [("第一小学", "第二小学"), ("育才东校区", "育才西校区"), ("晨光小学", "人民医院")])
def test_names_that_tell_two_things_apart_are_two_things(names: tuple[str, str]) -> None:
    one, other = (sketch(key, name, place=at("84.7", "44.43")) for key, name in enumerate(names))
    assert likeness(one, other) is None


def test_places_of_a_shifted_system_are_not_compared_with_others() -> None:
    one = sketch(1, "晨光小学", place=at("84.7", "44.43"))
    other = sketch(2, "晨光小学楼", place=at("84.7", "44.43"), coordinate_system="GCJ-02")
    assert likeness(one, other) is None


def test_every_pair_is_given_once_also_across_the_edge_of_a_cell() -> None:
    edge = 0.004 * 11_000
    sketches = [
        sketch(1, credit_code=CODE, place=at("84.7", f"{edge - 0.0001}")),
        sketch(2, "晨光小学楼", region_id=12, credit_code=CODE, place=at("84.7", f"{edge + 0.0001}")),
        sketch(3, "晨光小学楼房", region_id=13, place=at("84.7005", f"{edge + 0.0002}")),
        sketch(4, "人民医院"),
    ]
    assert sorted((one.key, other.key) for one, other, _why in pairs(sketches)) == [(1, 2), (1, 3), (2, 3)]


def test_one_is_compared_with_many() -> None:
    assert [other.key for other, _why in Neighbourhood([sketch(1), sketch(2, "人民医院")]).alike(sketch(9))] == [1]
