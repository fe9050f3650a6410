"""The numbers of visits for assessments, and the rows behind them."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.inspections import facts, service
from inspect_app.inspections.facts import Fact, Part
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import townships_of
from tests.inspections.factories import WUSU, make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, make_site, region

START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def wusu(session: Session) -> int:
    return region(session).id


@pytest.fixture
def shawan(session: Session) -> int:
    return region(session, SHAWAN).id


def done(session: Session, code: str = "654202100", *, kind: str = "special", planned_on: date = TODAY) -> Inspection:
    """Submit a visit to a new site in a township."""
    site = make_site(session, code, name=f"{code} 小学")
    visit = make_visit(session, team=make_team(session, code[:6]), site=site, kind=kind, planned_on=planned_on)
    return submitted(session, visit)


def test_special_visits_of_one_day_are_one_special_inspection(session: Session, wusu: int, shawan: int) -> None:
    first, second = done(session), done(session, "654202101")
    done(session, kind="joint")
    assert facts.special_inspections(session, [wusu, shawan], START, END) == {wusu: 1, shawan: 0}
    with clock.set_to(datetime(2026, 7, 1, 10, 0, tzinfo=clock.LOCAL)):
        third = done(session, planned_on=date(2026, 7, 1))
    assert facts.special_inspections(session, [wusu], START, END) == {wusu: 2}
    behind = facts.rows_behind(session, Fact.SPECIAL_INSPECTIONS, wusu, START, END, TODAY)
    assert list(behind) == sorted(each.reference for each in (first, second, third))


def test_a_visit_that_is_not_submitted_counts_for_nothing(session: Session, wusu: int) -> None:
    make_visit(session)
    sent_back = done(session, "654202101")
    service.send_back(session, SYSTEM, sent_back, "重填")
    assert facts.special_inspections(session, [wusu], START, END) == {wusu: 0}
    assert facts.coverage(session, [wusu], START, END)[wusu][0] == 0


def test_coverage_counts_civil_townships_once(session: Session, wusu: int, shawan: int) -> None:
    done(session)
    done(session)
    done(session, "654202101")
    civil = [each for each in townships_of(session, wusu) if each.kind.value == "civil"]
    found = facts.coverage(session, [wusu, shawan], START, END)
    assert found[wusu] == (2, len(civil))
    assert found[shawan][0] == 0
    left = facts.uncovered_townships(session, wusu, START, END)
    assert len(left) == len(civil) - 2
    assert "654202100" not in [each.code for each in left]


def test_a_farm_of_the_corps_neither_covers_nor_is_to_be_covered(session: Session, wusu: int) -> None:
    other = next(each for each in townships_of(session, wusu) if each.kind.value != "civil")
    done(session, other.code)
    assert facts.coverage(session, [wusu], START, END)[wusu][0] == 0
    assert not facts.rows_behind(session, Fact.COVERAGE, wusu, START, END, TODAY)


def test_a_visit_to_the_county_itself_covers_no_township(session: Session, wusu: int) -> None:
    done(session, WUSU)
    assert facts.coverage(session, [wusu], START, END)[wusu][0] == 0


def test_self_checks_are_on_time_until_the_day_planned(session: Session, wusu: int) -> None:
    on_time = done(session, kind="self_check", planned_on=TODAY + timedelta(days=3))
    late = make_visit(session, kind="self_check", site=make_site(session, name="迟"), planned_on=TODAY)
    future = make_visit(session, kind="self_check", site=make_site(session, name="后"), planned_on=date(2026, 12, 1))
    voided = make_visit(session, kind="self_check", site=make_site(session, name="废"), planned_on=TODAY)
    service.void(session, SYSTEM, voided, "撤销")
    later = TODAY + timedelta(days=10)
    with clock.set_to(datetime(2026, 6, 20, 10, 0, tzinfo=clock.LOCAL)):
        submitted(session, late)
    assert facts.self_checks(session, [wusu], START, END, later) == {wusu: (1, 2)}
    all_due = facts.rows_behind(session, Fact.SELF_CHECKS, wusu, START, END, later, Part.DENOMINATOR)
    assert set(all_due) == {on_time.reference, late.reference}
    assert future.reference not in all_due
    assert list(facts.rows_behind(session, Fact.SELF_CHECKS, wusu, START, END, later)) == [on_time.reference]


def test_nothing_due_is_zero_of_zero(session: Session, wusu: int) -> None:
    assert facts.self_checks(session, [wusu], START, END, TODAY) == {wusu: (0, 0)}
