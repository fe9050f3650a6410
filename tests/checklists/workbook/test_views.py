"""Pages: a list goes out, comes back, is looked at and becomes a draft."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.checklists import queries
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.workbook.columns import Key
from inspect_app.checklists.workbook.sending import recoded
from inspect_app.core.database import transaction
from inspect_app.web.downloads import WORKBOOK
from tests.accounts.factories import make_user, sign_in
from tests.checklists.workbook.school_form import write_form
from tests.checklists.workbook.sixty import MISTAKES, NAMED, as_file, sixty
from tests.sites.factories import region

OWN = recoded(sixty(), "WS-60")


def enter(client: FlaskClient, session: Session, role: Role = Role.COUNTY_HEAD) -> FlaskClient:
    with transaction():
        user = make_user(session, role, region(session))
    sign_in(client, user)
    return client


@pytest.fixture
def head(client: FlaskClient, session: Session) -> FlaskClient:
    return enter(client, session)


def send(client: FlaskClient, content: bytes, code: str = "", name: str = "表.xlsx") -> TestResponse:
    return client.post("/checklists/import", data={"file": (BytesIO(content), name), "code": code})


def good() -> bytes:
    return as_file(OWN, queries.register(), {})


def drafts(session: Session) -> int:
    rows = select(func.count()).select_from(ChecklistVersion).where(ChecklistVersion.state == "draft")
    return session.scalar(rows) or 0


def test_a_list_is_given_out_as_a_workbook(head: FlaskClient) -> None:
    answer = head.get("/checklists/C03/export?version=1")
    assert answer.mimetype == WORKBOOK
    assert openpyxl.load_workbook(BytesIO(answer.data))["检查项"]["A2"].value == "C03-01"
    assert head.get("/checklists/C03/export?version=7").status_code == 404
    assert head.get("/checklists/C03/export?version=x").status_code == 422


def test_an_empty_workbook_has_the_columns(head: FlaskClient) -> None:
    sheet = openpyxl.load_workbook(BytesIO(head.get("/checklists/blank.xlsx").data))["检查项"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("编号", None)


def test_ten_mistakes_are_shown_by_their_cells_and_nothing_is_imported(head: FlaskClient, session: Session) -> None:
    sent = send(head, as_file(sixty(), queries.register(), MISTAKES), "WS-60")
    answer = head.get(sent.location)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "有 10 处错误，什么都没有导入" in page
    assert all(f"<td>{place}</td>" in page for place in NAMED)
    assert "导入为草稿" not in page
    assert head.post(sent.location).status_code == 422
    assert drafts(session) == 0


def test_a_whole_list_is_looked_at_first_and_then_becomes_a_draft(head: FlaskClient, session: Session) -> None:
    sent = send(head, good())
    assert sent.status_code == 302
    page = head.get(sent.location).get_data(as_text=True)
    assert "新建检查表" in page
    assert page.count("<td>WS-60-") == 60
    assert drafts(session) == 0
    done = head.post(sent.location)
    assert (done.status_code, done.location) == (302, "/checklists/WS-60/draft")
    assert drafts(session) == 1


def test_a_second_file_shows_what_it_changes_and_asks_for_the_version_seen(head: FlaskClient, session: Session) -> None:
    head.post(send(head, good()).location)
    link = send(head, as_file(sixty(), queries.register(), {}), "WS-60").location
    assert "内容相同，没有变化" in head.get(link).get_data(as_text=True)
    other = as_file(OWN, queries.register(), {(1, Key.TEXT): "改了的问题？"})
    link = send(head, other).location
    page = head.get(link).get_data(as_text=True)
    assert "改了的问题？" in page
    assert head.post(link).status_code == 422
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    assert head.post(link, data={"version": version[1]}).status_code == 302
    assert queries.content(queries.version_of(session, "WS-60")).item("WS-60-01").text == "改了的问题？"


def test_a_form_shows_what_was_not_carried_over(head: FlaskClient, tmp_path: Path) -> None:
    link = send(head, write_form(tmp_path / "form.xlsx").read_bytes(), name="form.xlsx").location
    page = unescape(head.get(link).get_data(as_text=True))
    for words in ("没有带过来的内容", "由手机自动填写", "系统代为设定的内容", "还有 3 处要在草稿中补写"):
        assert words in page
    assert head.post(link).location == "/checklists/SCHOOL-SAFETY/draft"


def test_a_list_of_a_higher_body_is_refused_with_what_to_do(head: FlaskClient) -> None:
    exported = head.get("/checklists/C03/export").data
    link = send(head, exported).location
    page = head.get(link).get_data(as_text=True)
    assert "请先建立本地版" in page
    assert "导入为草稿" not in page
    assert head.post(link).status_code == 422
    assert "新建检查表" in head.get(send(head, exported, "WS-03").location).get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "空的"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"a,b\n1,2", "导出 Excel")]
)
def test_a_file_that_is_no_list_is_refused(head: FlaskClient, content: bytes, words: str) -> None:
    answer = send(head, content)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_a_wrong_code_and_a_missing_file_are_told(head: FlaskClient) -> None:
    assert "只能用字母" in send(head, good(), "学校").get_data(as_text=True)
    assert "请选择要上传" in head.post("/checklists/import").get_data(as_text=True)


def test_a_preview_belongs_to_who_sent_the_file(client: FlaskClient, session: Session) -> None:
    link = send(enter(client, session), good()).location
    client.post("/sign-out")
    enter(client, session)
    assert client.get(link).status_code == 404
    assert client.get("/checklists/import/preview?file=abc").status_code == 404


def test_an_inspector_may_take_a_list_out_but_not_bring_one_in(client: FlaskClient, session: Session) -> None:
    enter(client, session, Role.INSPECTOR)
    assert client.get("/checklists/C03/export").status_code == 200
    assert client.get("/checklists/import").status_code == 403
