"""The pages of boards: every figure leads to as many rows, evidence is one click away, letters are drawn up in bulk."""

import html
import io
import re
from datetime import datetime

import pytest
from docx import Document as Word
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.documents import service as documents
from inspect_app.documents.models import Document
from inspect_app.evidence.service import prepare_photo
from inspect_app.regions.queries import by_code
from inspect_app.workplans.boards.panel import panel_of
from inspect_app.workplans.boards.reading import read
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.queries import plan_of
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.inspections.factories import picture
from tests.statements import statements
from tests.workplans.feedback.factories import EMIN, WUSU, Scene, make_due, make_plan, set_scene

LATER = datetime(2026, 7, 1, 10, tzinfo=clock.LOCAL)
PLAN = "YD-6542-2026-01"
BOARD, STUCK, OWED, SUMMARY = (f"/workplans/{PLAN}/{page}" for page in ("board", "stuck", "owed", "summaries"))


@pytest.fixture
def scene(session: Session, clock: datetime) -> Scene:
    """Let 乌苏市 report its task with a photo in time, and all others fall behind."""
    assert clock.tzinfo
    with transaction():
        scene = set_scene(session)
        service.report(session, scene.clerk, scene.mine[0], Said("已组织三场演练。"))
        service.add_files(session, scene.clerk, scene.mine[0], [prepare_photo(io.BytesIO(picture(3)), "演练现场.jpg")])
    return scene


def visit(client: FlaskClient, session: Session, actor: Actor, address: str) -> str:
    client.delete_cookie("session")
    sign_in(client, session.get_one(User, actor.id))
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def numbers_with_links(page: str) -> list[tuple[int, str]]:
    """Find the figures of a page that lead to rows."""
    found = re.findall(r'<a href="([^"]+/owed[^"]*)">(\d+)</a>', page)
    return [(int(number), html.unescape(href)) for href, number in found]


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}?by=unit", f"{BOARD}?part=responsible&date=1", SUMMARY])
def test_every_figure_leads_to_as_many_rows(client: FlaskClient, session: Session, scene: Scene, address: str) -> None:
    with clock.set_to(LATER):
        figures = numbers_with_links(visit(client, session, scene.officer, address))
        assert figures
        for number, href in figures:
            assert f"共 {number} 条" in client.get(href).get_data(as_text=True), href


def test_a_cell_says_sign_and_word_and_leads_to_the_evidence(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    page = visit(client, session, scene.officer, BOARD)
    assert "已报，待审核" in page
    cell = re.search(r'<a href="([^"]+)"[^>]*title="乌苏市 · 加强应急演练"', page)
    assert cell
    rows = client.get(html.unescape(cell[1])).get_data(as_text=True)
    photo = re.search(r'href="(/files/[^"]+)"[^>]*>演练现场.jpg', rows)
    assert photo
    assert client.get(photo[1]).status_code == 200
    assert f"/workplans/dues/{scene.mine[0].reference}" in rows


def test_each_sees_the_columns_of_their_own_place(client: FlaskClient, session: Session, scene: Scene) -> None:
    page = visit(client, session, scene.clerk, BOARD)
    assert ("乌苏市" in page, "额敏县" in page, scene.unit.name in page) == (True, False, False)
    page = visit(client, session, scene.member, f"{BOARD}?by=unit")
    assert "教育局" in page
    assert "额敏县" not in page
    assert client.get(f"{OWED}?owner={EMIN}").status_code == 404


def test_an_empty_board_says_what_to_do(client: FlaskClient, session: Session, scene: Scene) -> None:
    page = visit(client, session, scene.officer, f"{BOARD}?topic=SHELTER")
    assert "请放宽筛选条件" in page
    assert "没有逾期未报或退回未重报的事项" in visit(client, session, scene.officer, STUCK)


def test_who_is_stuck_is_urged_with_one_numbered_letter_each_and_shown_as_urged(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    with clock.set_to(LATER):
        page = visit(client, session, scene.officer, STUCK)
        assert page.index("额敏县") < page.index(scene.unit.name)
        picks = re.findall(r'name="pick"\s+value="([^"]+)"', page)
        assert set(picks) == {scene.emin.reference, scene.department.reference}
        told = {"pick": picks, "due_on": "2026-07-08", "note": "请本周内补报。"}
        assert client.post(f"/workplans/{PLAN}/urge", data=told).status_code == 302
        letters = session.scalars(select(Document).where(Document.kind == "work_urging")).all()
        assert {each.addressee for each in letters} == {"额敏县人民政府", scene.unit.name}
        assert len({each.number.text for each in letters if each.number}) == 2
        assert all(each.data["requirement"].startswith("请本周内补报。") for each in letters)
        page = client.get(STUCK).get_data(as_text=True)
        assert page.count("（2026-07-01 拟，待签发）") == 2
        county = next(each for each in letters if each.region.code == EMIN)
        with transaction():
            documents.issue(session, scene.leader, session.get_one(Document, county.id), county.version)
        assert "（2026-07-01 发出）" in client.get(STUCK).get_data(as_text=True)
        assert county.title in visit(client, session, scene.neighbour, f"/documents/{county.uuid}")
        client.delete_cookie("session")
        sign_in(client, session.get_one(User, scene.clerk.id))
        assert client.get(f"/documents/{county.uuid}").status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"pick": [], "due_on": "2026-07-08"}, "请勾选要督办的逾期事项"),
        ({"pick": ["own"], "due_on": "2026-07-08"}, "已经补报的不必再督办"),
        ({"pick": ["late"], "due_on": "2026-06-30"}, "补报期限早于今天"),
        ({"pick": ["late"], "due_on": "下周"}, "日期"),
        ({"pick": ["late"], "due_on": ""}, "请填写补报期限"),
    ],
)
def test_bad_wishes_are_told_in_a_sentence(
    client: FlaskClient, session: Session, scene: Scene, told: dict[str, object], sentence: str
) -> None:
    names = {"own": scene.mine[0].reference, "late": scene.emin.reference}
    with clock.set_to(LATER):
        sign_in(client, session.get_one(User, scene.officer.id))
        data = {**told, "pick": [names[each] for each in told["pick"]]}  # type: ignore[attr-defined]
        answer = client.post(f"/workplans/{PLAN}/urge", data=data)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True)
        assert session.scalar(select(Document.id).where(Document.kind == "work_urging")) is None


def test_the_summary_becomes_a_document_and_a_workbook(client: FlaskClient, session: Session, scene: Scene) -> None:
    with clock.set_to(LATER):
        visit(client, session, scene.officer, SUMMARY)
        answer = client.post(SUMMARY, data={"date": "1"})
        document = session.scalars(select(Document).where(Document.kind == "work_summary")).one()
        assert answer.headers["Location"].endswith(f"/documents/{document.uuid}")
        assert [row["task"] for row in document.data["tasks"]] == ["1加强应急演练"]
        assert document.data["tasks"][0]["progress"] == "应报 3：待审核 1，逾期或退回 2"
        word = Word(io.BytesIO(client.get(f"/documents/{document.uuid}/word.docx").data))
        assert "应报 3：待审核 1，逾期或退回 2" in [c.text for t in word.tables for r in t.rows for c in r.cells]
        sheet = load_workbook(io.BytesIO(client.get(f"{SUMMARY}/workbook?date=1").data)).worksheets[0]
        assert [cell.value for cell in list(sheet.rows)[-1]][3:8] == [3, 0, 1, 2, 0]


def test_the_wording_of_a_summary_is_edited_and_its_figures_are_not(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    with clock.set_to(LATER):
        visit(client, session, scene.officer, SUMMARY)
        address = f"{client.post(SUMMARY, data={'date': '1'}).headers['Location']}/edit"
        page = client.get(address).get_data(as_text=True)
        assert "由系统统计，不能改动或增删行" in page
        told = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
        told |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\r?\n?([^<]*)</textarea>', page))
        told = {name: html.unescape(value) for name, value in told.items()}
        assert client.post(address, data={**told, "remark": "总体平稳。"}).status_code == 302
        told["version"] = str(int(told["version"]) + 1)
        altered = {**told, "tasks": told["tasks"].replace("待审核 1", "待审核 3")}
        answer = client.post(address, data=altered)
        assert answer.status_code == 422
        assert "逐项任务进展中的数据由系统统计" in answer.get_data(as_text=True)
        document = session.scalars(select(Document).where(Document.kind == "work_summary")).one()
        assert document.data["remark"] == "总体平稳。"


def test_the_home_page_names_rate_and_who_is_stuck_longest(client: FlaskClient, session: Session, scene: Scene) -> None:
    with clock.set_to(LATER):
        page = visit(client, session, scene.leader, "/")
        assert "33.3%" in page
        assert "1 / 3 件" in page
        assert re.search(r"额敏县</a>\s*<small class=\"late\">1 件，最久 12 天", page)
        decided = client.get(f"{OWED}?timely=decided").get_data(as_text=True)
        assert "共 3 条" in decided


def test_a_board_costs_the_same_queries_however_much_is_owed(session: Session, scene: Scene) -> None:
    plan = plan_of(session, scene.officer, PLAN)
    with statements() as few:
        read(session, scene.officer, plan)
    with transaction():
        for code in ("654203", "654224", "654225"):
            make_due(session, scene.plan, by_code(session, code), scene.plan.tasks[1])
    session.expire_all()
    plan = plan_of(session, scene.officer, PLAN)
    with statements() as many:
        assert len(read(session, scene.officer, plan).owed) == 7
    assert len(many) <= len(few)


def test_urging_a_place_out_of_sight_is_refused(client: FlaskClient, session: Session, scene: Scene) -> None:
    with transaction():
        stranger = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6543")))
        local = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, WUSU)))
    sign_in(client, session.get_one(User, stranger.id))
    assert client.get(BOARD).status_code == 404
    client.delete_cookie("session")
    with clock.set_to(LATER):
        sign_in(client, session.get_one(User, local.id))
        told = {"pick": [scene.emin.reference], "due_on": "2026-07-08"}
        assert client.post(f"/workplans/{PLAN}/urge", data=told).status_code == 422


def test_the_home_page_tells_of_the_plan_under_which_most_is_owed(session: Session, scene: Scene) -> None:
    with transaction():
        wusu = by_code(session, WUSU)
        own = make_plan(session, region=wusu, reference="YD-654202-2026-01")
        make_due(session, own, wusu, own.tasks[0])
    found = panel_of(session, scene.head)
    assert found
    assert (found["known"].plan.reference, len(found["known"].owed)) == (PLAN, 2)
    assert panel_of(session, scene.clerk) is None
