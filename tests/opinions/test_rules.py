"""What a restricted paper must say, and how receivers are read."""

from datetime import date

import pytest

from inspect_app.opinions.rules import problems_of, receivers_in
from tests.opinions.factories import paper

TODAY = date(2026, 6, 15)


def test_a_complete_paper_has_no_problems() -> None:
    assert problems_of(paper(), TODAY) == {}


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2026, 6, 16)}, "held_on"),
        ({"title": " "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"text": ""}, "text"),
        ({"text": "长" * 20_001}, "text"),
        ({"covers_until": date(2026, 5, 31)}, "covers_until"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(over: dict[str, object], field: str) -> None:
    assert list(problems_of(paper(**over), TODAY)) == [field]


def test_receivers_are_read_one_a_line_or_apart_and_once() -> None:
    assert receivers_in("市应急管理局\r\n乌苏市；沙湾市、 乌苏市\n") == ("市应急管理局", "乌苏市", "沙湾市")
