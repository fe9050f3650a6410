"""A sample is all major ones and a share of the rest, and the same again from the same seed."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inspect_app.chasing.sampling import Closed, choose, fingerprint, wanted

TENTH = Decimal("0.10")
POOL = [Closed(f"YH-654202-2026-C03-{number:04d}", number % 10 == 0, date(2026, 5, 1)) for number in range(1, 101)]


def test_all_major_ones_are_in_the_sample() -> None:
    assert {each for each in POOL if each.major} <= set(choose(POOL, TENTH, "种子"))


def test_of_the_rest_there_is_a_tenth_rounded_up() -> None:
    assert sum(not each.major for each in choose(POOL, TENTH, "种子")) == 9
    assert sum(not each.major for each in choose(POOL[:12], TENTH, "种子")) == 2


@pytest.mark.parametrize(("number", "sampled"), [(0, 0), (1, 1), (10, 1), (11, 2), (99, 10), (100, 10)])
def test_a_share_is_rounded_up(number: int, sampled: int) -> None:
    assert wanted(number, TENTH) == sampled


def test_the_order_of_the_pool_changes_nothing() -> None:
    shuffled = list(reversed(POOL))
    assert choose(shuffled, TENTH, "种子") == choose(POOL, TENTH, "种子")
    assert fingerprint(shuffled, TENTH) == fingerprint(POOL, TENTH)


def test_another_seed_gives_another_sample() -> None:
    assert choose(POOL, TENTH, "甲") != choose(POOL, TENTH, "乙")


def test_the_lowest_hashes_are_taken() -> None:
    rest = [each.reference for each in POOL if not each.major]
    lowest = sorted(rest, key=lambda name: hashlib.sha256(f"甲|look_back|{name}".encode()).hexdigest()[:16])[:9]
    assert [each.reference for each in choose(POOL, TENTH, "甲") if not each.major] == lowest


def test_over_many_seeds_everybody_is_drawn_about_equally_often() -> None:
    times = dict.fromkeys((each.reference for each in POOL if not each.major), 0)
    for seed in range(400):
        for each in choose(POOL, TENTH, str(seed)):
            if not each.major:
                times[each.reference] += 1
    assert min(times.values()) > 15
    assert max(times.values()) < 75


@pytest.mark.parametrize("change", [{"major": True}, {"closed_on": date(2026, 5, 2)}, {"reference": "YH-1"}])
def test_the_fingerprint_covers_every_field(change: dict[str, object]) -> None:
    changed = [replace(POOL[0], **change), *POOL[1:]]  # type: ignore[arg-type]
    assert fingerprint(changed, TENTH) != fingerprint(POOL, TENTH)
    assert fingerprint(POOL, Decimal("0.2")) != fingerprint(POOL, TENTH)


def test_an_empty_pool_gives_an_empty_sample() -> None:
    assert choose([], TENTH, "甲") == []
