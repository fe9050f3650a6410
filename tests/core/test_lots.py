"""A lot is what the published formula says, and nothing else moves it."""

import hashlib
from collections import Counter
from decimal import Context, Decimal

from inspect_app.core.lots import HIGHEST, lot, ticket


def test_a_ticket_is_the_beginning_of_the_hash() -> None:
    assert ticket("种子", "look_back", "YH-1") == int(
        hashlib.sha256("种子|look_back|YH-1".encode()).hexdigest()[:16], 16
    )


def test_a_lot_is_the_published_formula() -> None:
    exact = Context(prec=34)
    share = exact.divide(Decimal(ticket("s", "object", "a") + 1), Decimal(HIGHEST + 1))
    assert lot("s", "object", "a", Decimal(4)) == exact.divide(-exact.ln(share), Decimal(4))


def test_seed_purpose_and_thing_each_matter() -> None:
    tickets = {ticket(*each) for each in (("s", "p", "t"), ("r", "p", "t"), ("s", "q", "t"), ("s", "p", "u"))}
    assert len(tickets) == 4


def test_a_thing_of_double_weight_comes_first_twice_as_often() -> None:
    weights = {"heavy": Decimal(2), "light": Decimal(1)}
    first = Counter(min(weights, key=lambda name: lot(str(seed), "p", name, weights[name])) for seed in range(600))
    assert 1.6 < first["heavy"] / first["light"] < 2.5
