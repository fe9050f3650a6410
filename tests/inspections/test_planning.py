"""Planning beyond the single visit: other days, other teams, self-checks, and what the inspected do not see."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.errors import Forbidden, Invalid, NotFound, Stale, StepRefused
from inspect_app.inspections import queries, service
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.queries import InspectionFilter
from tests.accounts.factories import actor_of, make_user
from tests.inspections.factories import lead_of, make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, region

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 6, 15)
SOON, LATER = TODAY + timedelta(days=3), TODAY + timedelta(days=10)


def officer(session: Session) -> Actor:
    return actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "654200")))


def head(session: Session) -> Actor:
    return actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))


def clerk(session: Session, code: str = "654202") -> User:
    return make_user(session, Role.COUNTY_CLERK, region(session, code), credential_number=None)


def test_a_visit_belongs_to_its_campaign_and_its_journey(session: Session) -> None:
    first = make_visit(session)
    second = make_visit(session, trip=first.reference)
    assert (first.trip, second.trip, second.campaign_id) == ("", first.reference, None)
    found = queries.page(session, SYSTEM, InspectionFilter(trip=first.reference))
    assert [each.id for each in found] == [second.id]
    assert queries.page(session, SYSTEM, InspectionFilter(campaign_id=7)) == []


def test_a_visit_moves_to_an_earlier_day_without_a_word(session: Session) -> None:
    visit = make_visit(session, planned_on=LATER)
    service.reschedule(session, officer(session), visit, SOON, version=visit.version)
    assert visit.planned_on == SOON
    assert INSPECTION_LIFE.replay(visit.events) == visit.state == "planned"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "inspection.reschedule")).one()
    assert entry.changes == {"planned_on": [LATER.isoformat(), SOON.isoformat()]}


def test_a_later_day_wants_a_reason_measured_from_the_day_first_planned(session: Session) -> None:
    actor, visit = officer(session), make_visit(session, planned_on=SOON)
    with pytest.raises(StepRefused, match="须写明原因"):
        service.reschedule(session, actor, visit, LATER)
    assert visit.planned_on == SOON
    service.reschedule(session, actor, visit, LATER, "暴雪封路")
    service.reschedule(session, actor, visit, SOON)
    with pytest.raises(StepRefused, match="须写明原因"):
        service.reschedule(session, actor, visit, SOON + timedelta(days=1))


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=401), SOON])
def test_a_day_that_cannot_be_is_refused_at_its_field(session: Session, day: date) -> None:
    visit = make_visit(session, planned_on=SOON)
    with pytest.raises(Invalid) as refused:
        service.reschedule(session, SYSTEM, visit, day, "原因")
    assert list(refused.value.problems) == ["planned_on"]


def test_a_visit_that_began_is_not_moved(session: Session) -> None:
    visit = make_visit(session)
    service.start(session, lead_of(visit), visit)
    with pytest.raises(StepRefused, match="当前状态下没有这个操作"):
        service.reschedule(session, SYSTEM, visit, SOON, "原因")


def test_two_who_move_the_same_visit_do_not_overwrite_each_other(session: Session) -> None:
    visit = make_visit(session, planned_on=LATER)
    seen = visit.version
    service.reschedule(session, SYSTEM, visit, SOON, version=seen)
    with pytest.raises(Stale):
        service.reschedule(session, SYSTEM, visit, TODAY, version=seen)


@pytest.mark.parametrize("begun", [False, True])
def test_another_team_takes_over(session: Session, begun: bool) -> None:  # noqa: FBT001
    visit = make_visit(session)
    old = lead_of(visit)
    if begun:
        service.start(session, old, visit)
    team = make_team(session, size=3)
    service.reassign(session, officer(session), visit, [user.id for user in team], "原检查员出差")
    assert [each.user_id for each in visit.inspectors] == [user.id for user in team]
    assert visit.events[-1].facts["inspectors"] == [user.name for user in team]
    with pytest.raises(Forbidden):
        service.answer(session, old, visit, "C03-05", {"value": "no"})


def test_one_of_the_team_may_stay_on(session: Session) -> None:
    visit = make_visit(session)
    stays, comes = visit.inspectors[1].user_id, make_team(session, size=1)[0].id
    service.reassign(session, SYSTEM, visit, [stays, comes])
    assert [(each.user_id, each.position) for each in visit.inspectors] == [(stays, 0), (comes, 1)]


def test_a_team_taking_over_is_checked_like_the_first(session: Session) -> None:
    visit = make_visit(session)
    with pytest.raises(Invalid, match="不得少于两名"):
        service.reassign(session, SYSTEM, visit, [make_team(session, size=1)[0].id])
    with pytest.raises(Invalid, match="不能检查这个对象"):
        service.reassign(session, SYSTEM, visit, [user.id for user in make_team(session, SHAWAN)])
    with pytest.raises(Invalid, match="与原来相同"):
        service.reassign(session, SYSTEM, visit, [each.user_id for each in visit.inspectors])


def test_a_submitted_visit_keeps_its_team_and_day(session: Session) -> None:
    visit = submitted(session)
    with pytest.raises(StepRefused):
        service.reassign(session, SYSTEM, visit, [user.id for user in make_team(session)])


def test_the_inspected_county_does_not_move_what_the_prefecture_planned(session: Session) -> None:
    actor, county = officer(session), head(session)
    visit = make_visit(session, team=make_team(session, "654200"))
    with pytest.raises(Forbidden):
        service.reschedule(session, county, visit, SOON, "准备不足")
    with pytest.raises(Forbidden):
        service.reassign(session, county, visit, [user.id for user in make_team(session)])
    with pytest.raises(Forbidden):
        service.void(session, county, visit, "不便接待")
    assert service.void(session, actor, visit, "计划调整").state == "voided"


def test_a_county_checks_itself_with_one_clerk_without_credential(session: Session) -> None:
    visit = make_visit(session, kind="self_check", team=[clerk(session)])
    assert visit.reference == "JC-654202-2026-SELF_CHECK-0001"


def test_strangers_and_the_prefecture_do_not_make_a_self_check(session: Session) -> None:
    for team in ([clerk(session, SHAWAN)], make_team(session, "654200")):
        with pytest.raises(Invalid, match="自查由本县"):
            make_visit(session, kind="self_check", team=team)
    with pytest.raises(Invalid, match="请选择自查人员"):
        make_visit(session, kind="self_check", inspector_ids=[])


def test_a_self_check_is_reviewed_by_the_head_of_the_county(session: Session) -> None:
    visit = submitted(session, make_visit(session, kind="self_check", team=[clerk(session)]))
    assert service.review(session, head(session), visit).state == "reviewed"


@pytest.mark.parametrize("kind", ["covert_visit", "unannounced"])
def test_an_unannounced_visit_is_hidden_from_its_county_until_it_is_done(session: Session, kind: str) -> None:
    visit = make_visit(session, kind=kind, team=make_team(session, "654200"))
    county = head(session)
    with pytest.raises(NotFound):
        queries.by_reference(session, county, visit.reference)
    assert queries.count(session, county, InspectionFilter()) == 0
    for knows in (officer(session), lead_of(visit)):
        assert queries.by_reference(session, knows, visit.reference) is visit
    submitted(session, visit)
    assert queries.by_reference(session, county, visit.reference) is visit


def test_a_county_sees_the_unannounced_visit_that_it_planned(session: Session) -> None:
    county, team = head(session), make_team(session)
    site = make_visit(session).site
    visit = service.plan(
        session, county, site=site, kind="unannounced", planned_on=clock.today(),
        inspector_ids=[user.id for user in team], checklist_codes=["C03"],
    )  # fmt: skip
    assert queries.by_reference(session, county, visit.reference) is visit
