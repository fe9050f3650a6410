"""What a seismic card gives cause for."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from inspect_app.sites.seismic import NOT_RETROFITTED, OLD, STILL_USED, UNDATED, UNFORTIFIED, Card, age, findings

KNOWN: dict[str, Any] = {
    "category": "C03",
    "built_year": 2015,
    "fortification_category": "key",
    "fortification_intensity": 8,
    "appraised_on": None,
    "appraisal_result": None,
    "retrofitted_on": None,
}


def told(**over: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - fields of any kind
    card = cast("Card", SimpleNamespace(**KNOWN | over))
    return [(finding.tone, finding.sentence.message) for finding in findings(card)]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, []),
        ({"built_year": 2008}, []),
        ({"built_year": 2007}, [("late", OLD)]),
        ({"built_year": 1998, "appraised_on": date(2024, 5, 1), "appraisal_result": "sound"}, []),
        ({"built_year": None}, [("wait", UNDATED)]),
        ({"fortification_category": None, "fortification_intensity": None}, [("wait", UNFORTIFIED)]),
        ({"fortification_category": None}, []),
        ({"appraisal_result": "retrofit"}, [("late", NOT_RETROFITTED)]),
        ({"appraisal_result": "retrofit", "retrofitted_on": date(2025, 9, 1)}, []),
        ({"appraisal_result": "stop_use"}, [("late", STILL_USED)]),
        ({"category": "C16", "built_year": 1990}, []),
    ],
)
def test_the_card_is_judged_by_its_rules(over: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(**over) == expected


def test_an_age_is_counted_in_years_and_unknown_without_one() -> None:
    today = date(2026, 6, 15)
    assert [age(year, today) for year in (2005, 2026, 2030, None)] == [21, 0, None, None]
