"""The rows behind every figure of visits add up to it; of an object the latest score of the period counts."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.core.counted import Thing, total
from inspect_app.inspections import behind, facts, scored
from inspect_app.inspections.coverage import sites_covered
from inspect_app.inspections.facts import Part
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from tests.inspections.factories import make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, TOWNSHIP, make_site, region

START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)
NUMERATOR, DENOMINATOR = Part.NUMERATOR, Part.DENOMINATOR

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def wusu(session: Session) -> int:
    return region(session).id


def visited(session: Session, site: Site, on: date = TODAY, *, kind: str = "special", **score: object) -> Inspection:
    with clock.set_to(datetime(on.year, on.month, on.day, 10, 0, tzinfo=clock.LOCAL)):
        team = make_team(session, "654202")
        visit = submitted(session, make_visit(session, team=team, site=site, kind=kind, planned_on=on))
    for name, value in score.items():
        setattr(visit.sheets[0], name, value)
    session.flush()
    return visit


def test_the_latest_visit_of_an_object_decides(session: Session, wusu: int) -> None:
    first, second, third = (make_site(session, name=f"工程{number}") for number in range(3))
    visited(session, first, date(2026, 3, 1), score=Decimal(95))
    again = visited(session, first, date(2026, 5, 1), score=Decimal(79))
    good = visited(session, second, score=Decimal(80))
    visited(session, third, score=Decimal(99), vetoed=True)
    visited(session, third, date(2025, 12, 31), score=Decimal(100))
    found = scored.scored(session, [wusu, region(session, SHAWAN).id], "C03", START, END)
    assert [(each.visit, each.passed) for each in found[wusu]][:2] == [
        (again.reference, False),
        (good.reference, True),
    ]
    assert [each.passed for each in found[wusu]] == [False, True, False]
    assert found[region(session, SHAWAN).id] == []


def test_what_the_county_says_of_itself_and_what_nothing_applied_to_scores_nothing(session: Session, wusu: int) -> None:
    visited(session, make_site(session, name="自查的"), kind="self_check", score=Decimal(100))
    visited(session, make_site(session, name="不适用的"), score=None)
    assert scored.scored(session, [wusu], "C03", START, END) == {wusu: []}


def test_projects_and_shelters_are_counted_by_their_lists(
    session: Session, wusu: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((scored, "ORDINARY"), (scored, "SHELTERS"), (behind, "ORDINARY"), (behind, "SHELTERS")):
        monkeypatch.setattr(module, name, "C03")
    for number, score in enumerate(("82.5", "70", "90")):
        visited(session, make_site(session, name=f"处{number}"), score=Decimal(score))
    assert scored.projects_passed(session, [wusu], START, END) == {wusu: (2, 3)}
    assert scored.shelter_scores(session, [wusu], START, END) == {wusu: (Decimal("242.5"), 3)}
    rows = [behind.projects_passed(session, wusu, START, END, part) for part in Part]
    assert [total(each) for each in rows] == [2, 3]
    rows = [behind.shelter_scores(session, wusu, START, END, part) for part in Part]
    assert [total(each) for each in rows] == [Decimal("242.5"), 3]
    assert str(rows[0][0].note) == "得分 82.5"


def test_special_inspections_stand_as_campaigns_and_days(session: Session, wusu: int) -> None:
    for number, on in enumerate((TODAY, TODAY, TODAY - timedelta(days=9))):
        visited(session, make_site(session, name=f"处{number}"), on)
    rows = behind.special_inspections(session, wusu, START, END, NUMERATOR)
    assert [(row.thing, row.reference) for row in rows] == [
        (Thing.SPECIAL_DAY, "2026-06-06"),
        (Thing.SPECIAL_DAY, "2026-06-15"),
    ]
    assert total(rows) == facts.special_inspections(session, [wusu], START, END)[wusu]


def test_coverage_lists_townships_and_below_them_objects(session: Session, wusu: int) -> None:
    visited(session, make_site(session))
    make_site(session, name="没去过的")
    place = region(session, TOWNSHIP).id
    for part, number in zip(Part, facts.coverage(session, [wusu], START, END)[wusu], strict=True):
        assert total(behind.coverage(session, wusu, START, END, part)) == number > 0
    share = sites_covered(session, [place], START, END)[place].all
    assert (share.done, share.whole) == (1, 2)
    for part, number in zip(Part, (share.done, share.whole), strict=True):
        assert total(behind.sites_covered(session, place, START, END, part)) == number


def test_self_checks_and_what_differs_from_them_add_up(session: Session, wusu: int) -> None:
    site = make_site(session)
    visited(session, site, TODAY - timedelta(days=20), kind="self_check")
    visited(session, site)
    today = TODAY + timedelta(days=1)
    for part, number in zip(Part, facts.self_checks(session, [wusu], START, END, today)[wusu], strict=True):
        assert total(behind.self_checks(session, wusu, START, END, today, part)) == number == 1
    found = facts.self_check_differences(session, [wusu], START, END)[wusu]
    assert found[1] > 0
    for part, number in zip(Part, found, strict=True):
        assert total(behind.self_check_differences(session, wusu, START, END, part)) == number
