"""The pages of a plan: taken in, reviewed piece by piece, published, corrected."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.regions.queries import by_code
from inspect_app.workplans.intake.stamps import stamp_of_letter, stamp_of_plan, stamp_of_task
from inspect_app.workplans.models import WorkPlan
from tests.accounts.factories import make_user, sign_in
from tests.statements import statements
from tests.workplans.intake.notices import received, text_of
from tests.workplans.notices.scoring_notices import FIXTURES
from tests.workplans.scenes import make_plan

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> FlaskClient:
    """Give a browser in which the officer of 塔城地区 is signed in."""
    with transaction():
        user = make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542"))
    sign_in(client, user)
    return client


@pytest.fixture
def plan(session: Session) -> WorkPlan:
    with transaction():
        return received(session)


def test_a_file_becomes_a_draft_and_leads_to_its_review(desk: FlaskClient, session: Session) -> None:
    sent = BytesIO(text_of("tacheng-2024").encode())
    answer = desk.post("/workplans/new", data={"file": (sent, "工作要点.txt"), "region_id": "", "year": ""})
    assert answer.location == "/workplans/YD-6542-2024-01/review"
    kept = session.scalars(select(Evidence).where(Evidence.subject_kind == "work_plan")).one()
    assert (kept.original_name, kept.subject_id) == ("工作要点.txt", session.scalars(select(WorkPlan.id)).one())
    assert desk.get(f"/files/{kept.uuid}").status_code == 200


@pytest.mark.parametrize(
    ("name", "sent_as", "reference"),
    [
        ("wusu-2024.docx", "工作要点.docx", "YD-654202-2024-01"),
        ("wusu-2024.docx", "工作要点.zip", "YD-654202-2024-01"),
        ("emin-2024.html", "清单.html", "YD-654221-2024-01"),
    ],
)
def test_word_files_and_web_pages_are_read(desk: FlaskClient, name: str, sent_as: str, reference: str) -> None:
    sent = BytesIO((FIXTURES / name).read_bytes())
    answer = desk.post("/workplans/new", data={"file": (sent, sent_as)})
    assert answer.location == f"/workplans/{reference}/review"
    assert "还有" in desk.get(answer.location).text


def test_the_queries_of_a_review_do_not_grow_with_its_tasks(
    desk: FlaskClient, session: Session, plan: WorkPlan
) -> None:
    with transaction():
        small = make_plan(session).reference
    counts = []
    for reference in (small, plan.reference):
        with statements() as asked:
            assert desk.get(f"/workplans/{reference}/review").status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1


def test_the_same_text_pasted_again_leads_to_the_same_plan(desk: FlaskClient, plan: WorkPlan) -> None:
    answer = desk.post("/workplans/new", data={"text": text_of("tacheng-2024")}, follow_redirects=True)
    assert "已经接收过" in answer.text
    assert plan.reference in answer.text


def test_a_notice_of_another_place_is_refused_and_its_text_stays(desk: FlaskClient) -> None:
    sent = BytesIO(text_of("liaocheng-2023").encode())
    answer = desk.post("/workplans/new", data={"file": (sent, "聊城.txt")})
    assert answer.status_code == 422
    assert "聊城市的，不在您的管辖范围内" in answer.text
    assert "切实抓好重大决策部署落实落地" in answer.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "请选择通知文件"),
        ({"text": "  "}, "请选择通知文件"),
        ({"file": (BytesIO(b"%PDF-1.7 something"), "a.pdf")}, "这是 PDF 文件"),
        ({"file": (BytesIO(b"\x89PNG\r\n\x1a\n0000"), "a.txt")}, "无法识别这个文件的类型"),
        ({"text": "请于6月1日前报送。"}, "没有从发文机关认出"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(desk: FlaskClient, data: dict[str, object], sentence: str) -> None:
    answer = desk.post("/workplans/new", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_review_shows_every_word_of_the_notice_and_marks_what_was_read(desk: FlaskClient, plan: WorkPlan) -> None:
    page = desk.get(f"/workplans/{plan.reference}/review").text
    assert "还有 19 项任务" in page
    assert page.count("data-task ") == 19
    for unit in plan.tasks[0].units:
        assert f'id="in-unit-{unit.id}"' in page
        assert f'id="unit-{unit.id}"' in page
    for demand in plan.obligations:
        assert f'href="#demand-{demand.id}"' in page
    said = "".join(re.findall(r'class="said"[^>]*>(.*?)</div>', page, re.DOTALL))
    shown = re.sub(r'<i aria-hidden="true">.</i>|<[^>]+>', "", said)
    assert plan.tasks[4].text in shown


def test_names_and_members_are_settled_from_the_page(desk: FlaskClient, plan: WorkPlan) -> None:
    letter = {"version": stamp_of_letter(plan)}
    answer = desk.post(f"/workplans/{plan.reference}/names", data=letter | {"all": "1"}, follow_redirects=True)
    assert "已认定" in answer.text
    assert "未认定" not in answer.text
    db.session.expire_all()
    keys = sorted({unit.unit_id for task in plan.tasks for unit in task.units if unit.unit_id})
    data = {"version": stamp_of_letter(plan), "unit": [str(key) for key in keys]}
    page = desk.post(f"/workplans/{plan.reference}/members", data=data, follow_redirects=True).text
    assert f"{len(keys)} 个" in page


def test_an_old_page_does_not_overwrite_a_newer_change(desk: FlaskClient, plan: WorkPlan) -> None:
    task = plan.tasks[0]
    data = {"version": stamp_of_task(plan, task), "number": "（一）", "title": "改过的名称", "topic": "PLAN"}
    address = f"/workplans/{plan.reference}/tasks/{task.id}"
    assert desk.post(address, data=data).status_code == 302
    answer = desk.post(address, data=data | {"title": "又一个名称"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "已被他人修改" in answer.get_json()["message"]
    other = plan.tasks[1]
    data = {"version": stamp_of_task(plan, other), "number": "（二）", "title": "另一项", "topic": ""}
    assert desk.post(f"/workplans/{plan.reference}/tasks/{other.id}", data=data).status_code == 302


def test_a_draft_with_open_places_is_not_published(desk: FlaskClient, plan: WorkPlan) -> None:
    data = {"version": stamp_of_plan(plan)}
    answer = desk.post(f"/workplans/{plan.reference}/steps/publish", data=data)
    assert answer.status_code in (409, 422)
    assert "没有核对的任务" in answer.text


def test_a_draft_is_seen_by_the_leader_and_by_no_county(session: Session, client: FlaskClient, plan: WorkPlan) -> None:
    with transaction():
        leader = make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542"))
        clerk = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, leader)
    page = client.get(f"/workplans/{plan.reference}/review").text
    assert plan.reference in page
    assert "save_unit" not in page
    assert 'name="who"' not in page
    client.delete_cookie("session")
    sign_in(client, clerk)
    assert client.get(f"/workplans/{plan.reference}").status_code == 404
    assert plan.reference not in client.get("/workplans").text
