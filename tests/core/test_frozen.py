import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import pytest

from inspect_app.core.frozen import freeze, plain, thaw


class Size(StrEnum):
    SMALL = "small"


@dataclass(frozen=True)
class Circle:
    kind: ClassVar[str] = "circle"
    radius: Decimal


@dataclass(frozen=True)
class Square:
    kind: ClassVar[str] = "square"
    side: int
    size: Size


@dataclass(frozen=True)
class Drawing:
    title: str
    shapes: tuple[Circle | Square, ...]
    best: Square | None
    drawn_on: date | None
    done: bool


def test_what_is_frozen_thaws_equal_through_json() -> None:
    drawing = Drawing("图", (Circle(Decimal("1.50")), Square(2, Size.SMALL)), None, date(2026, 3, 1), done=True)
    stored = json.loads(json.dumps(freeze(drawing)))
    assert thaw(Drawing, stored) == drawing
    assert stored["shapes"][0] == {"kind": "circle", "radius": "1.5"}


def test_data_of_another_shape_is_refused() -> None:
    with pytest.raises(TypeError):
        thaw(Circle, {"side": 1})


@dataclass(frozen=True)
class Grown:
    title: str
    added: int = 7


def test_data_kept_before_a_field_was_added_take_its_default() -> None:
    assert thaw(Grown, {"title": "旧"}) == Grown("旧", 7)


def test_a_field_that_holds_its_default_is_left_out() -> None:
    assert freeze(Grown("新", 7)) == {"title": "新"}
    assert freeze(Grown("新", 8)) == {"title": "新", "added": 8}


@pytest.mark.parametrize(("number", "digits"), [("0.00", "0"), ("100", "100"), ("1E+3", "1000"), ("-2.50", "-2.5")])
def test_numbers_are_written_as_plain_digits(number: str, digits: str) -> None:
    assert plain(Decimal(number)) == digits


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class Priced:
    price: Decimal | Named
    by_place: Mapping[str, Decimal]


@pytest.mark.parametrize("price", [Decimal("1.5"), Named("fee")])
def test_a_number_or_its_name_and_numbers_by_place_thaw_equal(price: Decimal | Named) -> None:
    priced = Priced(price, {"6542": Decimal(3)})
    assert thaw(Priced, json.loads(json.dumps(freeze(priced)))) == priced
