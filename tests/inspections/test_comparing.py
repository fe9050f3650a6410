"""Self-checks beside later visits: what is compared, what differs, and what never counts as agreement."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.checklists.definition import Item
from inspect_app.checklists.loading import load_library
from inspect_app.core import clock
from inspect_app.inspections import facts
from inspect_app.inspections.comparing import Apart, Difference, Told, compare
from inspect_app.inspections.comparing_visits import side_by_side
from inspect_app.inspections.facts import Fact, Part
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from tests.accounts.factories import make_user
from tests.inspections.factories import make_visit, submitted
from tests.sites.factories import SHAWAN, make_site, region

START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)
YES: dict[str, Any] = {"value": "yes"}


def item(number: int) -> Item:
    return load_library().checklists["C03"].items[number]


def told(number: int, result: str, value: dict[str, Any] | None = None, **over: Any) -> Told:  # noqa: ANN401
    return Told(replace(item(number), **over), YES if value is None else value, result)


@pytest.mark.parametrize(
    ("own", "official", "difference", "counts"),
    [
        ("passed", "passed", Difference.SAME, False),
        ("failed", "failed", Difference.SAME, False),
        ("passed", "failed", Difference.MISSED, True),
        ("failed", "passed", Difference.STRICTER, True),
        ("not_applicable", "failed", Difference.OTHER_SCOPE, True),
        ("passed", "not_applicable", Difference.OTHER_SCOPE, True),
    ],
)
def test_results_are_set_beside_each_other(own: str, official: str, difference: Difference, counts: bool) -> None:  # noqa: FBT001
    found = compare([told(4, own)], [told(4, official)])
    assert [row.difference for row in found.rows] == [difference]
    assert (found.compared, found.differing) == (1, int(counts))
    assert found.missed == (difference is Difference.MISSED)


def test_other_figures_with_the_same_result_are_told_but_do_not_count() -> None:
    found = compare([told(12, "passed", {"value": "95"})], [told(12, "passed", {"value": "91"})])
    assert found.rows[0].difference is Difference.OTHER_ANSWER
    assert found.differing == 0


def test_what_one_side_left_out_stands_apart_and_is_no_agreement() -> None:
    own = [told(1, "passed"), told(2, "unanswered"), told(3, "not_applicable", {})]
    official = [told(2, "passed"), told(3, "passed"), told(5, "not_applicable", {})]
    found = compare(own, official)
    assert found.compared == 0
    assert [(lone.told.item.code, lone.why) for lone in found.apart] == [
        ("C03-03", Apart.OFFICIAL_ONLY),
        ("C03-04", Apart.OFFICIAL_ONLY),
        ("C03-02", Apart.OWN_ONLY),
    ]


def test_a_question_asked_in_other_words_is_not_compared() -> None:
    found = compare([told(4, "passed", text="旧的问法")], [told(4, "failed")])
    assert found.compared == 0
    assert [lone.why for lone in found.apart] == [Apart.ASKED_OTHERWISE]


def visit(session: Session, site: Site, day: date, kind: str = "special", **answers: Any) -> Inspection:  # noqa: ANN401
    with clock.set_to(datetime(day.year, day.month, day.day, 10, 0, tzinfo=clock.LOCAL)):
        own = {"team": [make_user(session, Role.COUNTY_CLERK, site.county)]} if kind == "self_check" else {}
        return submitted(session, make_visit(session, site=site, kind=kind, planned_on=day, **own), **answers)


@pytest.mark.usefixtures("clock")
def test_a_visit_stands_beside_the_newest_self_check_before_it(session: Session) -> None:
    site, other = make_site(session), make_site(session, name="别的小学")
    visit(session, site, date(2026, 1, 5), "self_check", C03_05=YES)
    newest = visit(session, site, date(2026, 3, 5), "self_check")
    visit(session, other, date(2026, 3, 6), "self_check", C03_05=YES)
    official = visit(session, site, TODAY, C03_05=YES, C03_13={"value": "92"})
    visit(session, site, date(2026, 7, 5), "self_check")
    (found,) = side_by_side(session, official)
    assert (found.own, found.sheet.checklist_version.code) == (newest, "C03")
    assert (found.comparison.compared, found.comparison.differing, found.comparison.missed) == (16, 1, 1)
    words = {row.official.item.code: row.difference for row in found.comparison.rows}
    assert (words["C03-05"], words["C03-13"]) == (Difference.MISSED, Difference.OTHER_ANSWER)
    assert str(found.comparison.rows[4].own.why[0]) == "回答“否”。"


@pytest.mark.usefixtures("clock")
def test_a_self_check_of_more_than_a_year_ago_says_nothing(session: Session) -> None:
    site = make_site(session)
    visit(session, site, date(2025, 6, 14), "self_check")
    assert side_by_side(session, visit(session, site, TODAY)) == []


@pytest.mark.usefixtures("clock")
def test_a_self_check_and_an_open_visit_are_compared_with_nothing(session: Session) -> None:
    site = make_site(session)
    first = visit(session, site, date(2026, 3, 5), "self_check")
    second = visit(session, site, date(2026, 4, 5), "self_check")
    assert side_by_side(session, second) == side_by_side(session, first) == []
    assert side_by_side(session, make_visit(session, site=site)) == []


@pytest.mark.usefixtures("clock")
def test_the_rate_of_differences_has_rows_on_both_sides(session: Session) -> None:
    one, two = make_site(session), make_site(session, name="别的小学")
    for site in (one, two):
        visit(session, site, date(2026, 3, 5), "self_check")
    differing = visit(session, one, TODAY, C03_05=YES, C03_07=YES)
    agreeing = visit(session, two, TODAY)
    visit(session, make_site(session, name="没有自查的小学"), TODAY)
    county, neighbour = one.county_id, region(session, SHAWAN).id
    assert facts.self_check_differences(session, [county, neighbour], START, END) == {
        county: (2, 32),
        neighbour: (0, 0),
    }
    behind = {
        part: list(facts.rows_behind(session, Fact.SELF_CHECK_DIFFERENCES, county, START, END, TODAY, part))
        for part in Part
    }
    assert behind[Part.NUMERATOR] == [differing.reference]
    assert behind[Part.DENOMINATOR] == sorted([differing.reference, agreeing.reference])
