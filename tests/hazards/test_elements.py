from datetime import date
from decimal import Decimal

import pytest

from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.elements import (
    extensions_allowed,
    missing_elements,
    needs_acceptance,
    needs_plan,
    says_something,
)
from inspect_app.hazards.rules import Limits
from inspect_app.hazards.words import Grade, MeasureType

WHOLE = HazardDraft(
    county_id=1,
    region_id=1,
    origin="manual",
    description="女儿墙松动",
    grade=Grade.GENERAL,
    responsible_unit_name="晨光小学",
    responsible_person="万山",
    measures="拆除重砌",
    due_on=date(2026, 7, 1),
    found_on=date(2026, 6, 15),
)
MAJOR = WHOLE._replace(grade=Grade.MAJOR, fund_amount=Decimal(0), interim_control="设置围挡")


@pytest.mark.parametrize(
    ("column", "empty", "label"),
    [
        ("description", " ", "问题描述"),
        ("grade", None, "隐患等级"),
        ("responsible_unit_name", "", "责任单位"),
        ("responsible_person", "\t", "整改责任人"),
        ("measures", "", "整改措施"),
        ("due_on", None, "整改时限"),
    ],
)
def test_each_of_the_six_elements_is_asked_for(column: str, empty: object, label: str) -> None:
    assert missing_elements(WHOLE._replace(**{column: empty})) == [label]  # type: ignore[arg-type]
    assert not missing_elements(WHOLE)


def test_a_known_unit_needs_no_name() -> None:
    assert not missing_elements(WHOLE._replace(responsible_unit_name="", responsible_unit_id=7))


def test_a_major_one_also_needs_funds_and_a_plan() -> None:
    assert not missing_elements(MAJOR)
    assert missing_elements(MAJOR._replace(fund_amount=None, interim_control="")) == [
        "整改资金（没有填 0）",
        "临时管控或应急预案",
    ]
    assert not missing_elements(MAJOR._replace(interim_control="", emergency_plan="校园应急预案"))


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ("已要求整改", False),
        ("已要求整改，已要求整改，已要求整改。", False),
        ("已要求整改：拆除重砌", False),
        ("拆除重砌，并用拉筋连接", True),
        ("已要求整改：拆除重砌并设置钢筋拉结", True),
        ("。。。。。。。。。。。。", False),
        ("一二三四五六七八九", False),
        ("一二三四五六七八九十", True),
    ],
)
def test_measures_say_what_is_done(measures: str, *, says: bool) -> None:
    assert says_something(measures, Limits()) == says


def test_major_ones_and_long_ones_need_a_plan() -> None:
    assert needs_plan(MAJOR, Limits())
    assert not needs_plan(WHOLE._replace(due_on=date(2026, 7, 15)), Limits())
    assert needs_plan(WHOLE._replace(due_on=date(2026, 7, 16)), Limits())
    assert not needs_plan(WHOLE._replace(due_on=date(2026, 7, 16)), Limits(plan_over_days=60))
    assert not needs_plan(WHOLE._replace(found_on=None), Limits())


@pytest.mark.parametrize("way", MeasureType)
def test_engineering_works_and_major_ones_are_accepted(way: MeasureType) -> None:
    assert needs_acceptance(WHOLE._replace(measure_type=way)) == (way == MeasureType.ENGINEERING)
    assert needs_acceptance(MAJOR._replace(measure_type=way))


def test_a_major_one_may_be_extended_twice() -> None:
    assert (extensions_allowed(WHOLE, Limits()), extensions_allowed(MAJOR, Limits())) == (1, 2)
