"""Choosing by an aim: enough in every place, never visited first, and each choice says why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.campaigns.choosing import Candidate, Choice, Place, choose
from inspect_app.campaigns.rules import Aim

COUNTIES = [Place("654202", "乌苏市"), Place("654203", "沙湾市")]
TOWNSHIPS = [Place("654202100", "甲镇"), Place("654202101", "乙镇")]
LONG_AGO, LATELY = date(2024, 3, 1), date(2026, 3, 1)


def site(number: int, **over: Any) -> Candidate:  # noqa: ANN401 - fields of any kind
    return Candidate(f"DX-{number:04d}", **{"county": "654202", "last_visited_on": LATELY, **over})


def chosen(candidates: list[Candidate], **aim: Any) -> Choice:  # noqa: ANN401 - the same
    return choose(candidates, Aim(**aim), COUNTIES[:1], TOWNSHIPS[:1])


def test_the_never_visited_come_first_then_the_failed_then_the_longest_ago() -> None:
    every = [site(1), site(2, last_visited_on=LONG_AGO), site(3, failed=True), site(4, last_visited_on=None)]
    made = chosen(every, per_county=4)
    assert list(made.chosen) == ["DX-0004", "DX-0003", "DX-0002", "DX-0001"]
    assert made.chosen["DX-0004"] == ("county", "never")
    assert made.chosen["DX-0003"] == ("county", "failed")
    assert made.chosen["DX-0002"] == ("county", "long_ago")


def test_key_objects_are_all_taken() -> None:
    made = chosen([site(1, key_object=True), site(2)], key_objects=True)
    assert made.chosen == {"DX-0001": ("key", "long_ago")}


def test_what_is_chosen_for_one_aim_counts_for_the_next() -> None:
    every = [site(1, key_object=True, township="654202100"), site(2, township="654202100"), site(3)]
    made = chosen(every, key_objects=True, per_township=1, per_county=2)
    assert list(made.chosen) == ["DX-0001", "DX-0002"]
    assert made.chosen["DX-0002"][0] == "county"


def test_what_the_campaign_visits_already_counts_and_is_not_chosen_again() -> None:
    made = chosen([site(1, planned=True), site(2), site(3)], per_county=2)
    assert len(made.chosen) == 1
    assert "DX-0001" not in made.chosen


@pytest.mark.parametrize(("share", "count"), [("0.10", 2), ("0.05", 1), ("1", 11), ("0.5", 6)])
def test_a_share_is_rounded_up(share: str, count: int) -> None:
    assert len(chosen([site(number) for number in range(11)], share=Decimal(share)).chosen) == count


def test_a_place_with_too_few_objects_is_named() -> None:
    made = choose([site(1, township="654202100")], Aim(per_county=2, per_township=1), COUNTIES, TOWNSHIPS)
    told = [str(each) for each in made.short]
    assert told == [
        "乙镇在范围内没有登记检查对象，请先登记。",
        "乌苏市要求 2 个对象，范围内只有 1 个。",
        "沙湾市在范围内没有登记检查对象，请先登记。",
    ]


def test_the_order_of_the_register_changes_nothing() -> None:
    every = [site(number, last_visited_on=LONG_AGO if number % 2 else None) for number in range(9)]
    assert chosen(every, per_county=3) == chosen(every[::-1], per_county=3)


def test_an_aim_that_asks_nothing_chooses_nothing() -> None:
    assert chosen([site(1)]).chosen == {}
