"""Restricted papers through the browser: kept, opened with a note, told, taken back; no address says a word."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.opinions.models import Opinion
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.opinions.factories import WORD, make_opinion

pytestmark = pytest.mark.usefixtures("clock")
WRITTEN = {
    "kind": "consultation_monthly", "held_on": "2026-06-05", "title": f"{WORD}会商", "text": f"{WORD}无异常。",
    "receivers": "市应急管理局",
}  # fmt: skip


def sit(
    client: FlaskClient, session: Session, role: Role = Role.PREFECTURE_OFFICER, region: str = "6542"
) -> FlaskClient:
    client.delete_cookie("session")
    with transaction():
        user = make_user(session, role, by_code(session, region))
    sign_in(client, user)
    return client


def the(session: Session) -> Opinion:
    session.rollback()
    return session.scalars(select(Opinion).order_by(Opinion.id.desc())).one()


def deeds(session: Session) -> list[str]:
    session.rollback()
    rows = select(AuditEntry.action).where(AuditEntry.subject_kind == "opinion").order_by(AuditEntry.id)
    return [action.partition(".")[2] for action in session.scalars(rows)]


def test_a_paper_is_kept_opened_told_and_taken_back(client: FlaskClient, session: Session) -> None:
    sit(client, session)
    assert "录入第一份" in client.get("/opinions").get_data(as_text=True)
    assert client.post("/opinions/new", data=WRITTEN).status_code == 302
    reference = the(session).reference
    listed = client.get("/opinions").get_data(as_text=True)
    assert reference in listed
    assert WORD not in listed
    opened = client.post(f"/opinions/{reference}/open")
    assert f"{WORD}无异常。" in opened.get_data(as_text=True)
    assert opened.headers["Cache-Control"] == "no-store"
    changed = {**WRITTEN, "text": f"{WORD}有异常。", "version": "1"}
    assert client.post(f"/opinions/{reference}/change", data=changed).status_code == 302
    assert client.post(f"/opinions/{reference}/steps/notify", data={"version": "2"}).status_code == 302
    assert "已通报" in client.get("/opinions").get_data(as_text=True)
    assert client.post(f"/opinions/{reference}/change", data={**changed, "version": "3"}).status_code == 409
    assert client.post(f"/opinions/{reference}/steps/withdraw", data={"version": "3"}).status_code == 302
    assert deeds(session) == ["create", "open", "update", "notify", "withdraw"]


def test_a_file_is_given_out_by_its_paper_alone_and_each_time_noted(client: FlaskClient, session: Session) -> None:
    with transaction():
        reference = make_opinion(session).reference
    sit(client, session)
    sent = {"version": "1", "file": (io.BytesIO(b"%PDF-1.4 " + WORD.encode()), f"{WORD}.pdf")}
    assert client.post(f"/opinions/{reference}/files", data=sent).status_code == 302
    page = client.post(f"/opinions/{reference}/open").get_data(as_text=True)
    found = re.search(rf"/opinions/{reference}/files/([0-9a-f-]{{36}})", page)
    assert found
    for _ in range(2):
        given = client.post(f"/opinions/{reference}/files/{found[1]}")
        assert WORD.encode() in given.data
        assert given.headers["Cache-Control"] == "no-store"
    assert client.get(f"/files/{found[1]}").status_code == 404
    assert client.get(f"/opinions/{reference}/files/{found[1]}").status_code == 405
    assert deeds(session) == ["create", "attach", "open", "download", "download"]


def test_what_is_missing_is_said_and_photos_are_no_papers(client: FlaskClient, session: Session) -> None:
    with transaction():
        reference = make_opinion(session).reference
    sit(client, session)
    refused = client.post("/opinions/new", data={**WRITTEN, "title": "", "held_on": "2027-01-01"})
    assert (refused.status_code, "请填写标题" in refused.get_data(as_text=True)) == (422, True)
    later = client.post("/opinions/new", data={**WRITTEN, "held_on": "2027-01-01"})
    assert (later.status_code, "日期不能晚于今天" in later.get_data(as_text=True)) == (422, True)
    nothing = client.post(f"/opinions/{reference}/files", data={"version": "1"})
    assert (nothing.status_code, "请选择要上传的文件" in nothing.get_data(as_text=True)) == (422, True)
    photo = {"version": "1", "file": (io.BytesIO(b"\xff\xd8\xff\xe0"), "x.jpg")}
    assert client.post(f"/opinions/{reference}/files", data=photo).status_code == 422
    assert client.post(f"/opinions/{reference}/change", data={**WRITTEN, "text": "", "version": "1"}).status_code == 422


def test_the_leader_reads_and_does_not_write(client: FlaskClient, session: Session) -> None:
    with transaction():
        reference = make_opinion(session).reference
    sit(client, session, Role.PREFECTURE_LEADER)
    assert WORD in client.post(f"/opinions/{reference}/open").get_data(as_text=True)
    assert client.get("/opinions/new").status_code == 403
    assert client.post(f"/opinions/{reference}/steps/withdraw", data={"version": "1"}).status_code == 403


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.COUNTY_CLERK, Role.INSPECTOR])
def test_others_are_refused_and_their_pages_do_not_name_it(client: FlaskClient, session: Session, role: Role) -> None:
    with transaction():
        reference = make_opinion(session).reference
    sit(client, session, role, "654202")
    assert client.get("/opinions").status_code == 403
    assert client.post(f"/opinions/{reference}/open").status_code == 403
    assert "/opinions" not in client.get("/").get_data(as_text=True)


def test_another_prefecture_finds_nothing(client: FlaskClient, session: Session) -> None:
    with transaction():
        reference = make_opinion(session).reference
    sit(client, session, region="6543")
    assert reference not in client.get("/opinions").get_data(as_text=True)
    assert client.post(f"/opinions/{reference}/open").status_code == 404
