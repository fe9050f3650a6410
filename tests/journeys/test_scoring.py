"""The browser judges and scores as the server does: one set of random fillings of every list, read by both."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from inspect_app.checklists.definition import Checklist, Evidence, Severity
from inspect_app.checklists.loading import load_library
from inspect_app.core.frozen import plain
from inspect_app.inspections.presenting import definition_json, item_json, totals_json
from inspect_app.inspections.tally import Tally, tally
from tests.checklists.branches import branching_list
from tests.checklists.fillings import TODAY, Answers, Filler
from tests.inspections.lists import skipping_list

EACH = 100
LIBRARY = load_library()
JUDGE = """async ([list, fillings, today]) => {
  const { judgeVisit } = await import('/static/fill/tally.js');
  const { plain } = await import('/static/fill/decimals.js');
  return fillings.map(([answers, attached]) => {
    const { items, totals, sheets } = judgeVisit([list], answers, (code) => attached[code] || [], today);
    const [{ score, conclusion, lines }] = sheets;
    const points = lines.map((line) => line.points && plain(line.points));
    return { items, totals, score: score && plain(score), conclusion, points };
  });
}"""
EXACT = """async (pairs) => {
  const number = await import('/static/fill/decimals.js');
  return pairs.map(([one, other]) => [number.over, number.times, number.plus, number.minus]
    .map((act) => number.plain(act(number.exact(one), number.exact(other))))
    .concat(number.shown(number.exact(one), 1)));
}"""


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    page = visitor()
    page.goto("/sign-in")
    return page


def by_the_server(checklist: Checklist, answers: Answers, attached: dict[str, list[str]]) -> dict[str, Any]:
    kinds = {code: {Evidence(each) for each in held} for code, held in attached.items()}
    told = tally([checklist], answers, kinds, TODAY)
    score = told.sheets[0].score
    return {
        "items": [item_json(each) for each in told.items],
        "totals": totals_json(told),
        "score": None if score.score is None else plain(score.score),
        "conclusion": score.conclusion.value,
        "points": [None if line.points is None else plain(line.points) for line in score.lines],
    }


def differences(page: Page, app: Flask, checklist: Checklist, seed: int) -> list[tuple[Any, Any, Any]]:
    """Return, for every filling that is told otherwise, the answers and what both say."""
    fillings = list(Filler(seed).fillings(checklist, EACH))
    with app.test_request_context():
        definition = definition_json(checklist)
        expected = [by_the_server(checklist, *filling) for filling in fillings]
    found = page.evaluate(JUDGE, [definition, fillings, TODAY.isoformat()])
    return [
        (answers, ours, theirs)
        for (answers, _), ours, theirs in zip(fillings, expected, found, strict=True)
        if ours != theirs
    ]


def test_every_list_is_judged_alike_in_the_browser(page: Page, app: Flask) -> None:
    lists = [*LIBRARY.checklists.values(), skipping_list(), branching_list()]
    found = [
        (checklist.code, difference)
        for seed, checklist in enumerate(lists)
        for difference in differences(page, app, checklist, seed)
    ]
    assert not found, f"{len(found)}: {found[0]}"


def test_the_fillings_reach_every_outcome() -> None:
    told: list[Tally] = []
    for seed, checklist in enumerate(LIBRARY.checklists.values()):
        for answers, _ in Filler(seed).fillings(checklist, 20):
            told.append(tally([checklist], answers, {}, TODAY))
    items = [each for tallied in told for each in tallied.items]
    assert {each.result.value for each in items} == {"passed", "failed", "not_applicable", "unanswered"}
    assert {each.consequence for each in items} >= set(Severity)
    assert {sheet.score.conclusion.value for each in told for sheet in each.sheets} == {
        "qualified",
        "unqualified",
        "open",
    }
    assert any(each.veto for each in items)


def test_decimals_are_computed_to_the_last_digit_as_on_the_server(page: Page) -> None:
    pairs = [
        ("1", "3"),
        ("2", "3"),
        ("-7", "9"),
        ("0.05", "1"),
        ("100", "7"),
        ("94.95", "3"),
        ("1e12", "0.7"),
        ("8", "4"),
    ]
    found = page.evaluate(EXACT, pairs)
    expected = []
    for one, other in ((Decimal(one), Decimal(other)) for one, other in pairs):
        results = [one / other, one * other, one + other, one - other]
        expected.append([*(plain(each) for each in results), str(one.quantize(Decimal("0.1"), ROUND_HALF_UP))])
    assert found == expected
