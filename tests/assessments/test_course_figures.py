from decimal import Decimal

import pytest

from inspect_app.assessments.course.figures import entered, fact_from, from_json, to_json, told
from inspect_app.assessments.course.items import Item, Kind, items_of
from inspect_app.assessments.course.rules import date_problems, marked
from inspect_app.assessments.queries import schemes
from inspect_app.assessments.rules import Fact
from inspect_app.core.errors import Invalid
from tests.assessments.course import small_scheme
from tests.reporting.stock import TODAY, days

ITEMS = {item.code: item for item in items_of(small_scheme())}
EVERY = [item for scheme in schemes().values() for item in items_of(scheme)]


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.code)
def test_every_item_of_every_scheme_can_be_filled_in_and_read(item: Item) -> None:
    fact = fact_from(item, {name: "1" for name, _label in item.asked})
    assert from_json(to_json(fact)) == fact
    assert entered(item, to_json(fact)) == {name: "1" for name, _label in item.asked}
    assert told(item, to_json(fact))


@pytest.mark.parametrize(
    ("code", "texts", "expected"),
    [
        ("A-1", {"numerator": "３", "denominator": "1,204"}, Fact(3, 1204)),
        ("A-1", {"numerator": "0.5", "denominator": "2"}, Fact(Decimal("0.5"), 2)),
        ("A-3", {"numerator": " 1 "}, Fact(1)),
        ("A-4", {"迟": "2", "瞒": "1"}, Fact(3, parts=(("迟", 2), ("瞒", 1)))),
        ("D-1", {"numerator": "2"}, Fact(2)),
    ],
)
def test_texts_become_figures(code: str, texts: dict[str, str], expected: Fact) -> None:
    assert fact_from(ITEMS[code], texts) == expected


@pytest.mark.parametrize(
    ("code", "texts", "field"),
    [
        ("A-1", {"numerator": "3"}, "denominator"),
        ("A-1", {"numerator": "-1", "denominator": "2"}, "numerator"),
        ("A-1", {"numerator": "NaN", "denominator": "2"}, "numerator"),
        ("A-1", {"numerator": "1e12", "denominator": "2"}, "numerator"),
        ("A-1", {"numerator": "0.00001", "denominator": "2"}, "numerator"),
        ("A-4", {"迟": "0.5", "瞒": "0"}, "迟"),
        ("B-1", {"numerator": "0.5"}, "numerator"),
    ],
)
def test_what_is_no_figure_is_named_by_its_field(code: str, texts: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        fact_from(ITEMS[code], texts)
    assert list(refused.value.problems) == [field]
    assert str(refused.value)


def test_a_county_reports_indicators_and_claims_bonuses_but_takes_nothing_off_itself() -> None:
    assert {item.kind for item in ITEMS.values() if item.reported} == {Kind.INDICATOR, Kind.BONUS}


@pytest.mark.parametrize(
    ("computed", "reported", "whole", "expected"),
    [
        ("1", "4", False, False),
        ("1", "4.000001", False, True),
        ("4.000001", "1", False, True),
        (None, "3.5", False, True),
        ("1", "1.5", True, True),
        ("1", "1", True, False),
    ],
)
def test_more_than_three_points_apart_is_marked(
    computed: str | None, reported: str | None, *, whole: bool, expected: bool
) -> None:
    first, second = (None if each is None else Decimal(each) for each in (computed, reported))
    assert marked(first, second, Decimal(3), whole=whole) is expected


def test_dates_follow_each_other_and_begin_today() -> None:
    assert not date_problems(TODAY, TODAY, days(1), TODAY)
    assert set(date_problems(days(-1), days(-2), days(-2), TODAY)) == {"self_report_by", "freeze_on", "appeal_by"}
