"""Due dates stand still for the sites inside and run again afterwards, each with its record; refusals say why."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, StepRefused
from inspect_app.emergencies import holding, queries, service
from inspect_app.emergencies.estimate import estimate
from inspect_app.emergencies.lifecycle import HoldState
from inspect_app.emergencies.models import Emergency, EmergencyMove, EmergencyPause
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections.service import start
from inspect_app.regions.queries import by_code
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.emergencies.scenes import make_emergency, make_quake, make_sites, site_at
from tests.hazards.stories import Story, stage
from tests.inspections.factories import lead_of, make_visit

pytestmark = pytest.mark.usefixtures("clock")
UNTIL = date(2026, 6, 30)


def somebody(session: Session, role: Role) -> Actor:
    return actor_of(make_user(session, role, by_code(session, "6542")))


def hazard_at(story: Story, site: Site, state: State = State.RECTIFYING, **over: Any) -> Hazard:  # noqa: ANN401 - any field
    with clock.set_to(clock.now() - timedelta(days=3)):
        return story.reach(state, site_id=site.id, site_name=site.name, **over)


def hold(session: Session, actor: Actor, emergency: Emergency) -> int:
    told = estimate(session, actor, emergency)
    stopped = holding.hold_hazards(session, actor, emergency, holding.hazards_to_hold(session, emergency, told))
    return stopped + holding.hold_visits(session, actor, emergency, holding.visits_to_hold(session, emergency, told))


def let_run(session: Session, actor: Actor, emergency: Emergency) -> int:
    ran = holding.let_hazards_run(session, actor, emergency, holding.held_hazards(session, emergency))
    return ran + holding.let_visits_run(session, actor, emergency, holding.held_visits(session, emergency))


def test_a_due_date_is_put_off_by_the_held_days_and_comes_back_when_all_is_over(session: Session) -> None:
    with transaction():
        story, made = stage(session), make_sites(session)
        inside, outside = hazard_at(story, made.near), hazard_at(story, made.outside)
        due, other = inside.due_on, outside.due_on
        emergency, officer = make_emergency(session), somebody(session, Role.PREFECTURE_OFFICER)
        assert due is not None
        assert hold(session, officer, emergency) == 1
        assert (inside.due_on, outside.due_on) == (due + timedelta(days=15), other)
        assert hold(session, officer, emergency) == 0
        with pytest.raises(StepRefused):
            service.finish(session, officer, emergency, "end", "核查完毕")
        assert let_run(session, officer, emergency) == 1
        assert inside.due_on == due
        assert [each.action for each in inside.events][-2:] == ["pause_clock", "run_clock"]
        assert service.finish(session, officer, emergency, "end", "核查完毕").state == "ended"
    told = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "emergency")).all()
    assert [each.partition(".")[2] for each in told] == [
        "open",
        "hold",
        "hold",
        "hold",
        "hold",
        "let_run",
        "let_run",
        "end",
    ]


def test_days_that_really_stood_still_are_kept(session: Session) -> None:
    with transaction():
        story, made = stage(session), make_sites(session)
        hazard = hazard_at(story, made.near)
        due = hazard.due_on
        emergency = make_emergency(session)
        hold(session, SYSTEM, emergency)
        assert due is not None
        with clock.set_to(clock.now() + timedelta(days=4)):
            let_run(session, SYSTEM, emergency)
            service.finish(session, SYSTEM, emergency, "cancel", "误触发")
        assert hazard.due_on == due + timedelta(days=4)


def test_what_may_not_stand_still_is_listed_with_the_reason_and_stops_no_other(session: Session) -> None:
    with transaction():
        story, made = stage(session), make_sites(session)
        free, firm = hazard_at(story, made.near), hazard_at(story, made.far)
        listed = hazard_at(story, made.near, description="挂牌的围墙倾斜")
        firm.native_grade, firm.category, listed.listed = "D级", "C04", True
        emergency = make_emergency(session)
        assert hold(session, somebody(session, Role.PREFECTURE_OFFICER), emergency) == 1
        refused = queries.pauses_of(session, SYSTEM, emergency, HoldState.REFUSED)
        reasons = {each.hazard_id: each.reason for each in refused}
        assert free.id not in reasons
        assert "不得延期" in reasons[firm.id]
        assert "没有权限" in reasons[listed.id]
        assert queries.tally(session, emergency) == {HoldState.HELD: 1, HoldState.REFUSED: 2}


def test_planned_visits_move_behind_the_held_days_and_back(session: Session) -> None:
    with transaction():
        made = make_sites(session)
        soon, later = (
            make_visit(session, site=made.near, planned_on=on) for on in (date(2026, 6, 20), date(2026, 7, 20))
        )
        outside = make_visit(session, site=made.outside, planned_on=date(2026, 6, 20))
        emergency = make_emergency(session)
        assert hold(session, SYSTEM, emergency) == 1
        assert [each.planned_on for each in (soon, later, outside)] == [
            date(2026, 7, 1), date(2026, 7, 20), date(2026, 6, 20),
        ]  # fmt: skip
        let_run(session, SYSTEM, emergency)
        assert soon.planned_on == date(2026, 6, 20)
        row = session.scalars(select(EmergencyMove)).one()
        assert (row.before, row.after, row.outcome) == (date(2026, 6, 20), date(2026, 7, 1), HoldState.RUNNING)


def test_what_went_on_meanwhile_is_left_as_it_is(session: Session) -> None:
    with transaction():
        story, made = stage(session), make_sites(session)
        hazard, visit = hazard_at(story, made.near), make_visit(session, site=made.near, planned_on=date(2026, 6, 20))
        emergency = make_emergency(session)
        hold(session, SYSTEM, emergency)
        with clock.set_to(clock.now() + timedelta(days=20)):
            start(session, lead_of(visit), visit)
            assert let_run(session, SYSTEM, emergency) == 2
        notes = (
            session.scalars(select(EmergencyPause.reason)).one(),
            session.scalars(select(EmergencyMove.reason)).one(),
        )
        assert ("期满" in notes[0], "已经开始" in notes[1]) == (True, True)
        assert hazard.paused_until == UNTIL


def test_an_exercise_holds_nothing_up(session: Session) -> None:
    with transaction():
        story, made = stage(session), make_sites(session)
        hazard = hazard_at(story, made.near)
        emergency = make_emergency(session, quake=make_quake(session, exercise=True))
        with pytest.raises(Conflict):
            holding.hold_hazards(session, SYSTEM, emergency, [hazard.id])


def test_portions_are_small_and_one_request_takes_no_more_than_its_share() -> None:
    assert [len(each) for each in holding.portions(list(range(120)))] == [50, 50, 20]
    assert sum(len(each) for each in holding.portions(list(range(1300)))) == 500


def test_one_emergency_at_a_time_for_an_earthquake_by_those_who_lead_there(session: Session) -> None:
    with transaction():
        quake = make_quake(session)
        make_emergency(session, somebody(session, Role.PREFECTURE_LEADER), quake)
        with pytest.raises(Conflict):
            make_emergency(session, SYSTEM, quake)
        with pytest.raises(Forbidden):
            make_emergency(session, somebody(session, Role.ASSESSOR), make_quake(session))
        stranger = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6543")))
        with pytest.raises(Forbidden):
            make_emergency(session, stranger, make_quake(session))
        with pytest.raises(Conflict):
            make_emergency(session, SYSTEM, make_quake(session, state="cancelled"))


def test_settings_that_cannot_be_are_refused_field_by_field(session: Session) -> None:
    with transaction():
        wrong: dict[str, Any] = {
            "axis": 180,
            "least_intensity": 13,
            "pause_until": date(2026, 6, 15),
            "relation": "moon",
        }
        with pytest.raises(Invalid) as refused:
            make_emergency(session, **wrong)
        assert set(refused.value.problems) == set(wrong)


def test_an_adjusted_emergency_keeps_what_stood_before(session: Session) -> None:
    with transaction():
        site_at(session, 60)
        emergency = make_emergency(session)
        assert not estimate(session, SYSTEM, emergency).affected
        service.adjust(session, SYSTEM, emergency, 1, service.Wish(5, UNTIL))
        assert len(estimate(session, SYSTEM, emergency).affected) == 1
        assert emergency.events[-1].facts == {"least_intensity": [6, 5]}
