"""Moving visits on the board: allowed only inside the period, with room, and without conflict of interest."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.campaigns import avoidance, board, queries
from inspect_app.campaigns.avoidance import Declaration
from inspect_app.campaigns.board import Move
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Aim
from inspect_app.core import clock
from inspect_app.core.errors import Invalid, Stale, StepRefused
from inspect_app.inspections import service as visits
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import actor_of
from tests.campaigns.factories import Office, generate, issue, make_campaign, make_office, make_sites, running
from tests.sites.factories import WUSU, make_site

pytestmark = pytest.mark.usefixtures("clock")
MONDAY = date(2026, 6, 15)
TUESDAY, SATURDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


@pytest.fixture
def campaign(session: Session, office: Office) -> Campaign:
    return running(session, office)[0]


def first_visit(session: Session, campaign: Campaign, team: int = 1) -> Inspection:
    found = queries.visits_of(session, SYSTEM, campaign)
    return next(visit.inspection for visit in found if visit.team and visit.team.number == team)


def refused(session: Session, campaign: Campaign, visit: Inspection, wish: Move) -> str:
    with pytest.raises(Invalid) as error:
        board.move(session, SYSTEM, campaign, visit.reference, wish)
    return str(error.value)


def test_a_visit_moves_to_another_day_and_team(session: Session, office: Office, campaign: Campaign) -> None:
    visit = first_visit(session, campaign)
    wish = Move(TUESDAY, 2, "道路施工", visit.version)
    moved = board.move(session, office.planner, campaign, visit.reference, wish)
    assert visit.planned_on == TUESDAY
    assert moved.team is not None
    assert moved.team.number == 2
    assert {each.user_id for each in visit.inspectors} == set(office.teams()[1])
    assert [event.action for event in visit.events] == ["reassign", "reschedule"]


def test_a_later_day_needs_a_reason(session: Session, campaign: Campaign) -> None:
    visit = first_visit(session, campaign)
    with pytest.raises(StepRefused, match="须写明原因"):
        board.move(session, SYSTEM, campaign, visit.reference, Move(TUESDAY, version=visit.version))


def test_an_old_page_moves_nothing(session: Session, campaign: Campaign) -> None:
    visit = first_visit(session, campaign)
    with pytest.raises(Stale):
        board.move(session, SYSTEM, campaign, visit.reference, Move(TUESDAY, None, "雨", visit.version - 1))


def test_outside_the_period_is_refused_with_the_period(session: Session, campaign: Campaign) -> None:
    told = refused(session, campaign, first_visit(session, campaign), Move(date(2026, 7, 1), None, "雨"))
    assert "2026-06-15 至 2026-06-28" in told


def test_a_full_day_is_refused(session: Session, campaign: Campaign) -> None:
    visit = first_visit(session, campaign, 2)
    assert "第 1 组 2026-06-15 已经排满" in refused(session, campaign, visit, Move(MONDAY, 1, "合并"))


def test_a_team_that_must_keep_away_is_refused_with_the_reason(
    session: Session, office: Office, campaign: Campaign
) -> None:
    visit = first_visit(session, campaign)
    unit = visit.site.responsible_unit_id
    avoidance.declare(session, SYSTEM, Declaration(office.inspectors[3].id, "亲属任职", unit_id=unit))
    assert "亲属任职" in refused(session, campaign, visit, Move(TUESDAY, 2, "改派"))


def test_a_visit_that_began_stays(session: Session, campaign: Campaign) -> None:
    visit = first_visit(session, campaign)
    visits.start(session, actor_of(visit.inspectors[0].user), visit)
    assert "已经开始" in refused(session, campaign, visit, Move(TUESDAY, None, "雨"))


def test_an_unknown_team_is_refused(session: Session, campaign: Campaign) -> None:
    assert "没有这个检查组" in refused(session, campaign, first_visit(session, campaign), Move(TUESDAY, 9, "雨"))


def test_the_visits_of_a_journey_move_together(session: Session, office: Office) -> None:
    make_site(session, WUSU, name="乌苏市人民政府", category="C18", responsible_unit="乌苏市人民政府")
    make_sites(session, 3)
    made = make_campaign(session, office, kind="joint_supervision", categories=[], aim=Aim())
    campaign = issue(session, office, made)
    journey = generate(session, campaign)
    board.move(session, SYSTEM, campaign, journey[-1].reference, Move(SATURDAY, 2, "改周末"))
    assert {visit.planned_on for visit in journey} == {SATURDAY}
    assert {link.team.number for link in queries.visits_of(session, SYSTEM, campaign) if link.team} == {2}


def test_the_board_shows_each_visit_of_the_week_once(session: Session, campaign: Campaign) -> None:
    found = queries.visits_of(session, SYSTEM, campaign)
    rows = board.rows_of(campaign, found, board.week_of(date(2026, 6, 18)))
    shown = [visit for row in rows for cell in row.cells.values() for visit in cell]
    assert len(shown) == len(found) == 4
    assert [row.team.number for row in rows if row.team] == [1, 2]


def test_the_first_week_shown_is_that_of_the_next_visit(session: Session, campaign: Campaign) -> None:
    found = queries.visits_of(session, SYSTEM, campaign)
    assert board.first_week(campaign, found) == MONDAY
    with clock.set_to(clock.now() + timedelta(days=30)):
        assert board.first_week(campaign, found) == MONDAY
    campaign.starts_on = date(2026, 7, 1)
    assert board.first_week(campaign, []) == date(2026, 7, 1)
