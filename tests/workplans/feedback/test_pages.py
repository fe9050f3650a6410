import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.service import evidence_of
from tests.accounts.factories import make_user
from tests.inspections.factories import picture
from tests.workplans.feedback.desks import Desk
from tests.workplans.feedback.factories import SUMMARY

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


def test_each_finds_what_their_own_unit_owes(desk: Desk) -> None:
    desk.sit("clerk")
    own = desk.page("/workplans/mine")
    assert all(reference in own for reference in desk.refs)
    assert desk.emin not in own
    assert desk.department not in own
    desk.sit("member")
    own = desk.page("/workplans/mine")
    assert desk.department in own
    assert not any(reference in own for reference in desk.refs)


def test_what_others_owe_is_not_found(desk: Desk) -> None:
    for name, reference in (("neighbour", desk.refs[0]), ("member", desk.refs[0]), ("clerk", desk.department)):
        desk.sit(name)
        desk.page(f"/workplans/dues/{reference}", 404)


def test_a_report_comes_in_with_its_files(desk: Desk) -> None:
    desk.sit("clerk")
    shown = desk.page(f"/workplans/dues/{desk.refs[0]}")
    assert "不少于 3" in shown
    data = {
        "version": "1", "done": "３", "whole": "", "summary": SUMMARY,
        "files": [(io.BytesIO(picture(10)), "演练一.jpg"), (io.BytesIO(picture(200)), "演练二.jpg")],
    }  # fmt: skip
    desk.send(f"/workplans/dues/{desk.refs[0]}/report", data)
    due = desk.due(desk.refs[0])
    assert (due.state, due.figures) == ("reported", {"done": "3"})
    assert len(evidence_of(desk.session, "work_due", due.id)) == 2
    assert SUMMARY in desk.page(f"/workplans/dues/{desk.refs[0]}")


def test_what_was_typed_stays_when_something_is_wrong(desk: Desk) -> None:
    desk.sit("clerk")
    wrong = {"version": "1", "done": "9", "whole": "3", "summary": SUMMARY}
    shown = desk.send(f"/workplans/dues/{desk.refs[0]}/report", wrong, 422)
    assert SUMMARY in shown
    assert "已完成数不能大于总数" in shown
    shown = desk.send(
        f"/workplans/dues/{desk.refs[0]}/report", {"version": "1", "done": "很多", "summary": SUMMARY}, 422
    )
    assert SUMMARY in shown
    files = {"version": "1", "summary": SUMMARY, "files": [(io.BytesIO(b"\x00\x01"), "什么.bin")]}
    assert "不是可接受的格式" in desk.send(f"/workplans/dues/{desk.refs[0]}/report", files, 422)
    assert desk.due(desk.refs[0]).state == "due"


def test_a_report_of_an_older_page_is_refused(desk: Desk) -> None:
    desk.reported(desk.refs[0])
    desk.sit("clerk")
    desk.send(f"/workplans/dues/{desk.refs[0]}/report", {"version": "1", "summary": "旧页面"}, 409)
    assert desk.due(desk.refs[0]).summary == SUMMARY


def test_the_files_of_a_department_are_not_for_another_unit(desk: Desk) -> None:
    desk.sit("clerk")
    image = {"version": "1", "summary": SUMMARY, "files": [(io.BytesIO(picture(3)), "现场.jpg")]}
    desk.send(f"/workplans/dues/{desk.refs[0]}/report", image)
    (file,) = evidence_of(desk.session, "work_due", desk.due(desk.refs[0]).id)
    for name, status in (("clerk", 200), ("officer", 200), ("member", 404), ("neighbour", 404)):
        desk.sit(name)
        assert desk.client.get(f"/files/{file.uuid}").status_code == status


def test_a_returned_report_leads_the_list_with_its_reason(desk: Desk) -> None:
    due = desk.reported(desk.refs[1])
    desk.sit("officer")
    desk.send(
        f"/workplans/dues/{desk.refs[1]}/send_back", {"send_back-reason": "缺少照片", "send_back-version": due.version}
    )
    desk.sit("clerk")
    shown = desk.page("/workplans/mine")
    assert shown.index(desk.refs[1]) < shown.index(desk.refs[0])
    assert "缺少照片" in shown
    assert "缺少照片" in desk.page(f"/workplans/dues/{desk.refs[1]}")


def test_several_reports_are_accepted_at_once(desk: Desk) -> None:
    picks = [f"{reference}:{desk.reported(reference).version}" for reference in desk.refs]
    desk.sit("officer")
    assert all(pick in desk.page("/workplans/inbox") for pick in picks)
    desk.send("/workplans/inbox", {"pick": picks})
    assert {desk.due(reference).state for reference in desk.refs} == {"accepted"}


def test_accepting_what_changed_meanwhile_accepts_nothing(desk: Desk) -> None:
    picks = [f"{reference}:{desk.reported(reference).version}" for reference in desk.refs]
    desk.reported(desk.refs[1])
    desk.sit("officer")
    desk.send("/workplans/inbox", {"pick": picks}, 409)
    assert {desk.due(reference).state for reference in desk.refs} == {"reported"}
    desk.send("/workplans/inbox", {}, 422)


def test_the_leader_waives_and_the_officer_accepts(desk: Desk) -> None:
    due = desk.reported(desk.refs[0])
    desk.sit("officer")
    desk.send(f"/workplans/dues/{desk.refs[0]}/accept", {"version": due.version})
    assert desk.due(desk.refs[0]).state == "accepted"
    desk.send(f"/workplans/dues/{desk.refs[1]}/waive", {"waive-reason": "不承担", "waive-version": 1}, 403)
    desk.sit("leader")
    desk.send(f"/workplans/dues/{desk.refs[1]}/waive", {"waive-reason": "", "waive-version": 1}, 422)
    desk.send(f"/workplans/dues/{desk.refs[1]}/waive", {"waive-reason": "不承担", "waive-version": 1})
    assert desk.due(desk.refs[1]).state == "waived"


def test_the_home_page_says_what_is_asked_of_a_person(desk: Desk) -> None:
    desk.sit("clerk")
    assert "/workplans/mine?pick=soon" in desk.page("/")
    desk.reported(desk.refs[0])
    desk.sit("officer")
    assert "/workplans/inbox?pick=reported" in desk.page("/")
    desk.sit("member")
    assert "/workplans/mine?pick=soon" in desk.page("/")


@pytest.mark.parametrize("address", ["?pick=nothing", "?part=nothing", "?topic=nothing", "?region=000000"])
def test_a_filter_that_means_nothing_finds_nothing(desk: Desk, address: str) -> None:
    desk.sit("clerk")
    desk.page(f"/workplans/mine{address}", 404)


def test_a_filter_narrows_the_list_and_its_figures(desk: Desk) -> None:
    desk.sit("officer")
    shown = desk.page("/workplans/inbox?pick=open&region=654221")
    assert desk.emin in shown
    assert desk.refs[0] not in shown
    assert desk.department in desk.page("/workplans/inbox?pick=open&part=lead")
    assert desk.page("/workplans/inbox?pick=&page=2&plan=YD-6542-2026-01&topic=DRILL")


def test_a_clerk_without_a_unit_owes_nothing(desk: Desk, session: Session) -> None:
    with transaction():
        session.get_one(User, desk.people["member"]).unit_id = None
    desk.sit("member")
    assert desk.department not in desk.page("/workplans/mine?pick=")


def test_people_who_report_nothing_have_no_such_list(desk: Desk, session: Session) -> None:
    with transaction():
        inspector = make_user(session, Role.INSPECTOR, desk.scene.plan.region).id
    desk.people["inspector"] = inspector
    for name in ("inspector", "officer"):
        desk.sit(name)
        desk.page("/workplans/mine", 403)
