"""Looking through the library, adopting from it, and setting what holds at home, as people do it on the pages."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.owing.adopting import adopt
from inspect_app.workplans.words import Part
from tests.accounts.factories import make_user, sign_in
from tests.workplans.owing.plans import add_task, make_plan, take

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(session: Session) -> WorkPlan:
    with transaction():
        made = make_plan(session)
        add_task(session, made, [(Part.RESPONSIBLE, "@county_governments"), (Part.LEAD, None)], topic="DRILL")
    return made


def enter(session: Session, client: FlaskClient, role: Role = Role.PREFECTURE_OFFICER, code: str = "6542") -> None:
    with transaction():
        person = make_user(session, role, by_code(session, code))
    sign_in(client, person)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.get_data(as_text=True))


def test_all_obligations_are_listed_and_narrowed(session: Session, client: FlaskClient) -> None:
    enter(session, client, Role.COUNTY_CLERK, "654202")
    text = page(client, "/workplans/library")
    assert all(f'/workplans/library/{code}"' in text for code in library().obligations)
    drills = page(client, "/workplans/library?source=TC&topic=DRILL")
    assert "TC-13c" in drills
    assert 'library/TC-12a"' not in drills
    assert 'library/ZY-02a"' not in drills
    assert "没有符合条件的义务" in page(client, "/workplans/library?text=不会有的字")
    assert "TC-13c" in page(client, "/workplans/library?text=实战 综合")
    assert page(client, "/workplans/library?topic=DANCING&kind=none&source=XX")


def test_overlaps_stand_side_by_side_with_their_numbers(session: Session, client: FlaskClient) -> None:
    enter(session, client)
    for code, each in library().obligations.items():
        if each.overlaps:
            text = page(client, f"/workplans/library/{code}")
            assert all(f"/workplans/library/{other}" in text for other in each.overlaps)
            break
    assert client.get("/workplans/library/TC-99z").status_code == 404


def test_what_falls_due_at_home_is_told(session: Session, client: FlaskClient) -> None:
    enter(session, client, Role.COUNTY_CLERK, "654202")
    assert "2026-12-31" in page(client, "/workplans/library/TC-13c")
    enter(session, client, Role.COUNTY_CLERK, "654221")
    assert "只对符合以下条件的地方提出" in page(client, "/workplans/library/TC-13c")
    enter(session, client, Role.PREFECTURE_LEADER, "65")
    assert page(client, "/workplans/library/TC-13c")


def test_an_officer_adopts_with_a_reason(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    enter(session, client)
    assert f"{plan.reference}/1" in page(client, "/workplans/library/TC-13c")
    place = {"place": f"{plan.reference}/1"}
    refused = client.post("/workplans/library/TC-13c/adopt", data=place)
    assert refused.status_code == 422
    assert "理由" in refused.get_data(as_text=True)
    answer = client.post("/workplans/library/TC-13c/adopt", data={**place, "reason": "年度安排"}, follow_redirects=True)
    assert "TC-13c" in answer.get_data(as_text=True)
    again = client.post("/workplans/library/TC-13c/adopt", data={**place, "reason": "年度安排"})
    assert again.status_code == 409
    assert "已经采用了 TC-13c" in again.get_data(as_text=True)
    assert plan.title in page(client, "/workplans/library/TC-13c")


def test_others_do_not_adopt(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    data = {"place": plan.reference, "reason": "年度安排"}
    enter(session, client, Role.COUNTY_CLERK, "654202")
    assert client.post("/workplans/library/TC-13c/adopt", data=data).status_code == 403
    enter(session, client, Role.PREFECTURE_OFFICER, "6207")
    assert client.post("/workplans/library/TC-13c/adopt", data=data).status_code == 404


def test_numbers_and_record_are_set_and_wrong_ones_named(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    enter(session, client)
    with transaction():
        row = adopt(session, SYSTEM, plan, "TC-13a", plan.tasks[0], reason="年度安排")
    prefix = f"o{row.id}-"
    address = f"/workplans/{plan.reference}/obligations"
    assert f'name="{prefix}number-at_least"' in page(client, address)
    given = {f"{prefix}number-at_least": "2", f"{prefix}record": "drills", f"{prefix}reason": "按年初会议"}
    wrong = client.post(f"{address}/{row.id}", data={**given, f"{prefix}number-at_least": "两次"})
    assert wrong.status_code == 422
    told = wrong.get_data(as_text=True)
    assert "应为大于 0 的整数" in told
    assert 'value="两次"' in told
    assert client.post(f"{address}/{row.id}", data=given).status_code == 302
    text = page(client, address)
    assert "由台账判断：演练台账：开展的演练" in text
    assert 'value="2"' in text
    assert client.post(f"{address}/999", data=given).status_code == 404


def test_what_is_not_owed_is_listed_with_the_reason(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    with transaction():
        adopt(session, SYSTEM, plan, "TC-13c", plan.tasks[0], reason="年度安排")
        take(session, plan, {"title": "写了一半的要求"}, code="R9")
    enter(session, client)
    text = page(client, f"/workplans/{plan.reference}/obligations")
    assert "还没有认定是哪个单位" in text
    assert "额敏县" in text
    assert "重点县" in text
    assert "要求写得不完整" in text


def test_the_obligations_of_a_plan_are_for_its_office(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    address = f"/workplans/{plan.reference}/obligations"
    enter(session, client, Role.COUNTY_CLERK, "654202")
    assert client.get(address).status_code == 403
    enter(session, client, Role.PREFECTURE_OFFICER, "6207")
    assert client.get(address).status_code == 404
    enter(session, client, Role.PREFECTURE_LEADER)
    assert "修改数字和台账指标" not in page(client, address)
