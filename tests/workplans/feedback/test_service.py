from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock as core_clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.lifecycle import DUE_LIFE
from tests.workplans.feedback.factories import SUMMARY, Scene, set_scene

pytestmark = pytest.mark.usefixtures("clock")
SAID = Said(SUMMARY, {"done": Decimal(3), "whole": Decimal(5)})


@pytest.fixture
def scene(session: Session) -> Scene:
    return set_scene(session)


def test_a_report_is_kept_with_its_time_and_its_figures(session: Session, scene: Scene, clock: datetime) -> None:
    due = service.report(session, scene.clerk, scene.mine[0], SAID, 1)
    assert (due.state, due.summary, due.figures) == ("reported", SUMMARY, {"done": "3", "whole": "5"})
    assert due.reported_at == due.updated_at == clock
    assert due.reported_by_id == scene.clerk.id


def test_the_first_report_decides_whether_it_came_in_time(session: Session, scene: Scene, clock: datetime) -> None:
    due = service.report(session, scene.clerk, scene.mine[0], SAID)
    service.send_back(session, scene.officer, due, "缺少佐证")
    with core_clock.set_to(clock + timedelta(days=10)):
        service.report(session, scene.head, due, Said("补充后重报"))
        assert due.reported_at == clock
        assert due.updated_at == clock + timedelta(days=10)
    assert (due.returned_times, due.figures, due.summary) == (1, {}, "补充后重报")
    assert DUE_LIFE.replay(due.events) == due.state == "reported"


def test_what_waits_for_review_may_be_amended(session: Session, scene: Scene) -> None:
    due = service.report(session, scene.clerk, scene.mine[0], SAID)
    service.report(session, scene.clerk, due, Said("更正"))
    assert [event.action for event in due.events] == ["report", "amend"]


def test_nobody_reports_for_somebody_else(session: Session, scene: Scene) -> None:
    for stranger in (scene.neighbour, scene.member, scene.officer):
        with pytest.raises(Forbidden):
            service.report(session, stranger, scene.mine[0], SAID)
    for stranger in (scene.clerk, scene.officer):
        with pytest.raises(Forbidden):
            service.report(session, stranger, scene.department, SAID)
    assert service.report(session, scene.member, scene.department, SAID).state == "reported"


def test_a_report_says_something_and_its_figures_are_counts(session: Session, scene: Scene) -> None:
    with pytest.raises(StepRefused):
        service.report(session, scene.clerk, scene.mine[0], Said("  "))
    with pytest.raises(Invalid):
        service.report(session, scene.clerk, scene.mine[0], Said(SUMMARY, {"done": Decimal(-1)}))
    with pytest.raises(Invalid):
        service.report(session, scene.clerk, scene.mine[0], Said(SUMMARY, {}, ("进学校",)))
    assert service.report(session, scene.clerk, scene.mine[1], Said(SUMMARY, {}, ("进学校",))).figures == {
        "aspects": ["进学校"]
    }


def test_a_page_from_before_a_change_is_stale(session: Session, scene: Scene) -> None:
    service.report(session, scene.clerk, scene.mine[0], SAID, 1)
    with pytest.raises(Stale):
        service.report(session, scene.clerk, scene.mine[0], SAID, 1)


def test_nobody_accepts_their_own_report(session: Session, scene: Scene) -> None:
    due = service.report(session, SYSTEM, scene.mine[0], SAID)
    due.reported_by_id = scene.officer.id
    with pytest.raises(Forbidden):
        service.accept(session, scene.officer, due)


def test_accepting_many_accepts_each(session: Session, scene: Scene, clock: datetime) -> None:
    dues = [service.report(session, scene.clerk, each, Said(SUMMARY)) for each in scene.mine]
    assert service.accept_many(session, scene.officer, [(each, each.version) for each in dues]) == 2
    assert {(each.state, each.accepted_at) for each in dues} == {("accepted", clock)}


def test_an_acceptance_can_be_taken_back_with_a_reason(session: Session, scene: Scene) -> None:
    due = service.accept(session, scene.officer, service.report(session, scene.clerk, scene.mine[0], SAID))
    with pytest.raises(StepRefused):
        service.reopen(session, scene.officer, due, " ")
    service.reopen(session, scene.officer, due, "核查不实")
    assert (due.state, due.accepted_at, due.returned_times) == ("returned", None, 1)


def test_only_the_leader_excuses_and_only_what_is_late(session: Session, scene: Scene, clock: datetime) -> None:
    due = service.report(session, scene.clerk, scene.mine[0], SAID)
    with pytest.raises(StepRefused):
        service.excuse(session, scene.leader, due, "汛情")
    with core_clock.set_to(clock + timedelta(days=10)):
        late = service.report(session, scene.clerk, scene.mine[1], Said(SUMMARY))
        late.due_on = clock.date()
        with pytest.raises(Forbidden):
            service.excuse(session, scene.officer, late, "汛情")
        assert service.excuse(session, scene.leader, late, "汛情").excused


def test_waiving_and_restoring(session: Session, scene: Scene) -> None:
    due = service.waive(session, scene.leader, scene.mine[0], "今年不承担")
    assert due.state == "waived"
    with pytest.raises(StepRefused):
        service.report(session, scene.clerk, due, SAID)
    assert service.restore(session, scene.leader, due, "重新承担").state == "due"
    assert service.waive(session, SYSTEM, due, "不再适用").state == "waived"


def test_a_closed_plan_takes_no_more_reports(session: Session, scene: Scene) -> None:
    scene.plan.state = "closed"
    with pytest.raises(Conflict):
        service.report(session, scene.clerk, scene.mine[0], SAID)


def test_taking_back_says_again_what_was_said_before(session: Session, scene: Scene, clock: datetime) -> None:
    due = scene.mine[0]
    service.report(session, scene.clerk, due, SAID)
    service.send_back(session, scene.officer, due, "不全")
    service.report(session, scene.clerk, due, Said("重报"))
    service.report(session, scene.clerk, due, Said("更正"))
    service.take_back(session, scene.clerk, due, "传错")
    assert (due.state, due.summary) == ("reported", "重报")
    service.take_back(session, scene.clerk, due, "传错")
    assert (due.state, due.summary, due.figures, due.reported_at) == ("returned", SUMMARY, SAID.kept(), clock)
    assert DUE_LIFE.replay(due.events) == "returned"


def test_a_first_report_taken_back_was_never_made(session: Session, scene: Scene) -> None:
    due = service.report(session, scene.clerk, scene.mine[0], SAID)
    service.take_back(session, scene.clerk, due, "传错")
    assert (due.state, due.summary, due.figures, due.reported_at, due.reported_by_id) == ("due", "", {}, None, None)


def test_the_trail_tells_the_figures_and_not_the_words(session: Session, scene: Scene) -> None:
    service.report(session, scene.clerk, scene.mine[0], SAID)
    session.flush()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "work_due")).one()
    assert entry.action == "work_due.report"
    assert entry.changes["figures"] == [{}, {"done": "3", "whole": "5"}]
    assert SUMMARY not in str(entry.changes)
