"""What an entry must fulfil, and by what it is known."""

from datetime import date
from typing import Any

import pytest

from inspect_app.registers.definition import Column, ColumnType
from inspect_app.registers.loading import register_of
from inspect_app.registers.rules import (
    MISSING,
    NOT_A_NUMBER,
    NOT_A_PHONE,
    NOT_WHOLE,
    TO_COME,
    TOO_EXACT,
    TOO_LARGE,
    TOO_LONG,
    TOO_OLD,
    TOO_SMALL,
    UNKNOWN_WORD,
    differing,
    is_masked,
    key_of,
    masked,
    problems_of,
)

TODAY = date(2026, 6, 15)
SHELTER = {"name": "人民广场", "capacity": "3000"}
PHONE = Column("phone", "电话", ColumnType.PHONE, 12)


def messages(code: str, values: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: [each.message for each in told] for name, told in problems_of(register_of(code), values, TODAY).items()
    }


def test_an_entry_with_its_required_values_may_be_kept() -> None:
    assert messages("shelters", SHELTER) == {}


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"name": ""}, MISSING),
        ({"capacity": "-1"}, TOO_SMALL),
        ({"capacity": "10.5"}, NOT_WHOLE),
        ({"capacity": "1" + "0" * 300}, TOO_LARGE),
        ({"area_m2": "NaN"}, NOT_A_NUMBER),
        ({"area_m2": "1.005"}, TOO_EXACT),
        ({"updated_on": "2026-06-16"}, TO_COME),
        ({"updated_on": "1926-06-15"}, TOO_OLD),
        ({"level": "国家级"}, UNKNOWN_WORD),
        ({"address": "长" * 501}, TOO_LONG),
        ({"contact_phone": "12345"}, NOT_A_PHONE),
    ],
)
def test_what_breaks_a_rule_is_said_at_its_column(over: dict[str, str], message: str) -> None:
    (column,) = over
    assert messages("shelters", SHELTER | over) == {column: [message]}


def test_a_day_to_come_may_stand_where_the_definition_says_so() -> None:
    values = {"store": "县库", "item": "帐篷", "measure": "顶", "stock": "12"}
    assert messages("supplies", values | {"expires_on": "2030-01-01"}) == {}
    assert messages("supplies", values | {"counted_on": "2030-01-01"}) == {"counted_on": [TO_COME]}


def test_bounds_name_the_bound() -> None:
    told = problems_of(register_of("stations"), {"name": "台", "kind": "测震台", "run_rate": "101"}, TODAY)
    assert [str(each) for each in told["run_rate"]] == [TOO_LARGE % {"bound": "100"}]


def test_the_key_ignores_blanks_width_and_case() -> None:
    register = register_of("shelters")
    assert key_of(register, {"name": "Ａ 座 广场"}, "654202100") == key_of(register, {"name": "a座广场"}, "654202101")


def test_a_township_in_the_key_tells_namesakes_apart() -> None:
    register = register_of("macro_observers")
    values = {"village": "东风村", "observer_person": "甲"}
    assert key_of(register, values, "654202100") != key_of(register, values, "654202101")


@pytest.mark.parametrize(
    ("number", "hidden"), [("13900001234", "139****1234"), ("0901-6220000", "090*****0000"), ("6220000", "622*0000")]
)
def test_the_middle_of_a_number_is_hidden_and_known_to_be(number: str, hidden: str) -> None:
    assert masked(PHONE, number) == hidden
    assert is_masked(PHONE, hidden)
    assert not is_masked(PHONE, number)


def test_differences_name_what_came_and_what_went() -> None:
    assert differing({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == {
        "b": ("2", "3"), "c": (None, "4"), "a": ("1", None),
    }  # fmt: skip
