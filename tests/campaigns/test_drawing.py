"""A draw is fair, explains itself, avoids who must be avoided, and comes out the same for whoever repeats it."""

import hashlib
import math
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inspect_app.campaigns.drawing import Candidate, Person, Pool, Rules, Why, differences, draw, fingerprint, weight_of
from inspect_app.core.frozen import freeze, thaw

ON = date(2026, 6, 15)
TENTH = Rules(on=ON, share=Decimal("0.1"))
DRAWS = 10_000


def objects(number: int, **over: object) -> tuple[Candidate, ...]:
    made = (Candidate(f"DX-{each:03}", county=f"6542{each % 4:02}", category="C03") for each in range(number))
    return tuple(replace(each, **over) for each in made)  # type: ignore[arg-type]


def people(number: int) -> tuple[Person, ...]:
    return tuple(Person(f"u{each}", f"检查员{each}") for each in range(number))


def names(pool: Pool, rules: Rules, seed: str) -> list[str]:
    return [each.reference for each in draw(pool, rules, seed).drawn]


def test_the_same_pool_rules_and_seed_give_the_same_result_in_any_order_of_the_pool() -> None:
    pool = Pool(objects(60), people(9))
    shuffled = Pool(pool.objects[37:] + pool.objects[36::-1], pool.people[::-1])
    assert draw(pool, TENTH, "s") == draw(shuffled, TENTH, "s")
    assert fingerprint(pool, TENTH) == fingerprint(shuffled, TENTH)
    assert draw(pool, TENTH, "s") != draw(pool, TENTH, "t")


def test_the_lot_is_what_the_published_formula_says() -> None:
    pool = Pool((Candidate("DX-1", "654202", "C03", Decimal(2), None, Decimal(60)),), people(2))
    drawn = draw(pool, TENTH, "种子").drawn[0]
    digest = hashlib.sha256("种子|object|DX-1".encode()).hexdigest()
    uniform = (int(digest[:16], 16) + 1) / (2**64 + 1)
    assert drawn.weight == Decimal("0.8")
    assert float(drawn.lot) == pytest.approx(-math.log(uniform) / 0.8, abs=1e-6)


def test_at_least_the_share_is_drawn_rounded_up() -> None:
    assert len(names(Pool(objects(41), people(2)), TENTH, "s")) == 5
    assert len(names(Pool(objects(40), people(2)), TENTH, "s")) == 4
    assert names(Pool((), people(2)), TENTH, "s") == []


def test_backlog_comes_before_everything_else_and_whole_when_the_rules_say_so() -> None:
    visited = objects(30, last_visited_on=date(2026, 3, 1), last_score=Decimal(90))
    late = replace(visited[7], last_visited_on=date(2024, 1, 1))
    never = replace(visited[8], last_visited_on=None)
    failed = replace(visited[9], last_score=Decimal(40))
    pool = Pool((*visited[:7], late, never, failed, *visited[10:]), people(4))
    rules = replace(TENTH, backlog_days=365, failing_below=Decimal(60))
    assert {each.reference: each.why for each in draw(pool, rules, "s").drawn} == {
        each.reference: Why.BACKLOG for each in (late, never, failed)
    }
    narrow = replace(rules, share=Decimal("0.03"))
    assert len(names(pool, narrow, "s")) == 1
    assert len(names(pool, replace(narrow, whole_backlog=True), "s")) == 3


def test_every_county_gets_its_minimum() -> None:
    drawn = draw(Pool(objects(40), people(4)), replace(TENTH, share=Decimal("0.025"), per_county=2), "s").drawn
    assert len(drawn) == 8
    counted = Counter(int(each.reference.removeprefix("DX-")) % 4 for each in drawn)
    assert set(counted.values()) == {2}


def test_a_county_with_fewer_objects_than_its_minimum_gives_all_it_has() -> None:
    pool = Pool((*objects(8), Candidate("DX-X", "659999", "C03")), people(4))
    drawn = draw(pool, replace(TENTH, per_county=3), "s").drawn
    assert "DX-X" in [each.reference for each in drawn]
    assert len(drawn) == 4 * 2 + 1


def test_the_weight_is_exposure_by_what_the_last_score_left_open() -> None:
    school = Candidate("DX-1", "654202", "C03", exposure=Decimal(3), last_score=Decimal(70))
    assert weight_of(school, TENTH) == Decimal("0.9")
    assert weight_of(replace(school, last_score=None), TENTH) == Decimal("1.5")
    assert weight_of(replace(school, last_score=Decimal(100)), TENTH) == Decimal("0.05")


def test_inclusion_is_even_over_ten_thousand_draws() -> None:
    pool = Pool(objects(20), ())
    rules = replace(TENTH, share=Decimal("0.25"))
    counted: Counter[str] = Counter()
    for number in range(DRAWS):
        counted.update(names(pool, rules, f"seed {number}"))
    assert chi_square([counted[each.reference] for each in pool.objects], DRAWS * 5 / 20, share=0.25) < 43.82


def test_chances_go_with_the_weights_when_one_is_drawn() -> None:
    scores = (None, Decimal(0), Decimal(75), Decimal(90))
    pool = Pool(tuple(replace(each, last_score=scores[n]) for n, each in enumerate(objects(4))), ())
    counted = Counter(names(pool, TENTH, f"seed {number}")[0] for number in range(DRAWS))
    weights = [float(weight_of(each, TENTH)) for each in pool.objects]
    expected = [DRAWS * weight / sum(weights) for weight in weights]
    found = [counted[each.reference] for each in pool.objects]
    assert sum((got - want) ** 2 / want for got, want in zip(found, expected, strict=True)) < 16.27


def test_inspectors_are_drawn_evenly_and_nobody_goes_where_they_must_not() -> None:
    crowd = people(8)
    avoiding = (replace(crowd[0], avoids=tuple(each.reference for each in objects(20)[:10])), *crowd[1:])
    counted: Counter[str] = Counter()
    for number in range(DRAWS // 10):
        for each in draw(Pool(objects(20), avoiding), replace(TENTH, share=Decimal("0.4")), f"seed {number}").drawn:
            assert len(set(each.team)) == 2
            assert "u0" not in each.team or each.reference not in avoiding[0].avoids
            counted.update(each.team)
    free = [counted[each.key] for each in crowd[1:]]
    assert chi_square(free, sum(free) / 7, share=2 / 8) < 22.46


def test_the_load_of_the_inspectors_differs_by_one_at_most() -> None:
    drawn = draw(Pool(objects(60), people(7)), replace(TENTH, share=Decimal("0.5")), "s").drawn
    load = Counter(person for each in drawn for person in each.team)
    assert max(load.values()) - min(load.values()) <= 1


def test_an_object_that_too_few_may_visit_is_told_not_dropped() -> None:
    only = objects(1)
    barred = (replace(each, avoids=("DX-000",)) for each in people(3))
    pool = Pool(only, (*barred, Person("v", "甲")))
    drawn = draw(pool, TENTH, "s").drawn
    assert [(each.team, each.short) for each in drawn] == [(("v",), True)]


def test_a_changed_pool_has_another_fingerprint_and_says_what_changed() -> None:
    pool = Pool(objects(3), people(3))
    scored = replace(pool.objects[1], last_score=Decimal(80))
    other = Pool((scored, pool.objects[2], Candidate("DX-NEW", "654202", "C08")), (*pool.people[:2], Person("x", "乙")))
    assert fingerprint(pool, TENTH) != fingerprint(other, TENTH)
    assert [str(each) for each in differences(pool, other)] == [
        "检查对象 DX-000 已不在库中。",
        "库中新增检查对象 DX-NEW。",
        "检查对象 DX-001 的登记变了：上次得分 无→80。",
        "检查人员 u2 已不在库中。",
        "库中新增检查人员 x。",
    ]
    assert differences(pool, pool) == []


def test_other_rules_have_another_fingerprint() -> None:
    pool = Pool(objects(3), people(3))
    assert fingerprint(pool, TENTH) != fingerprint(pool, replace(TENTH, per_county=1))


def test_pool_rules_and_result_survive_being_kept_as_json() -> None:
    pool = Pool(objects(5, last_visited_on=ON, last_score=Decimal("71.5")), people(3))
    rules = replace(TENTH, backlog_days=365, failing_below=Decimal(60))
    assert thaw(Pool, freeze(pool)) == pool
    assert thaw(Rules, freeze(rules)) == rules
    result = draw(pool, rules, "s")
    assert thaw(type(result), freeze(result)) == result


def test_two_objects_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="DX-000"):
        draw(Pool(objects(1) * 2, ()), TENTH, "s")


def test_a_draw_by_another_method_is_refused() -> None:
    with pytest.raises(ValueError, match="method 2"):
        draw(Pool(objects(1), ()), replace(TENTH, method=2), "s")


def chi_square(found: list[int], expected: float, share: float) -> float:
    """Return the statistic for inclusion counts of draws without replacement, which vary less than independent ones."""
    size = len(found)
    return sum((each - expected) ** 2 for each in found) / (expected * (1 - share)) * (size - 1) / size
