"""Documents through the browser: chosen from a case, filled in, signed, issued, corrected; and who sees what."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.documents.models import Document
from inspect_app.documents.queries import is_seen
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.documents.factories import PEN, Desk, make_desk
from tests.hazards.stories import Story, stage
from tests.inspections.factories import make_visit, picture, submitted
from tests.sites.factories import WUSU, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def story(session: Session) -> Story:
    with transaction():
        return stage(session)


@pytest.fixture
def hazard(story: Story) -> Hazard:
    with transaction():
        return story.register()


@pytest.fixture
def desk(session: Session) -> Desk:
    with transaction():
        return make_desk(session)


def sit(client: FlaskClient, session: Session, key: int | None) -> FlaskClient:
    client.delete_cookie("session")
    sign_in(client, session.get_one(User, key))
    session.rollback()
    return client


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def version(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text_of(client, address))
    assert found
    return found[1]


def only(session: Session) -> Document:
    session.rollback()
    return session.scalars(select(Document).order_by(Document.id.desc())).first() or Document()


def test_a_letter_goes_from_the_hazard_to_the_issued_pdf(
    client: FlaskClient, session: Session, story: Story, hazard: Hazard
) -> None:
    reference, about = hazard.reference, f"hazard:{hazard.reference}"
    sit(client, session, story.cast.officer.id)
    assert f"/documents/new?subject={about}" in text_of(client, f"/hazards/{reference}").replace("%3A", ":")
    assert "问题反馈函" in text_of(client, f"/documents/new?subject={about}")
    form = text_of(client, f"/documents/new?subject={about}&kind=feedback_letter")
    assert "教学楼二层外廊抗震墙开洞未加固｜2026-07-05" in form
    data = {"addressee": "乌苏市教育局", "occasion": "检查了晨光小学", "problems": "外廊开洞｜2026-07-05\n通道堆物",
            "due_on": "2026-07-01", "requirement": "限期整改", "cited": "REG-744 第二十一条"}  # fmt: skip
    answer = client.post(f"/documents/new?subject={about}&kind=feedback_letter", data=data)
    address = answer.location
    assert answer.status_code == 302
    assert only(session).data["problems"] == [
        {"text": "外廊开洞", "due_on": "2026-07-05"},
        {"text": "通道堆物", "due_on": ""},
    ]
    assert "《建设工程抗震管理条例》第二十一条" in text_of(client, address)
    assert client.get(f"{address}/preview.pdf").data.startswith(b"%PDF")
    assert client.get(f"{address}/word.docx").data.startswith(b"PK")
    sit(client, session, story.cast.leader.id)
    assert "文书<" in text_of(client, "/").replace("\n", "")
    issued = client.post(f"{address}/steps/issue", data={"version": version(client, address)}, follow_redirects=True)
    assert "塔震督〔2026〕1号" in issued.get_data(as_text=True)
    assert client.get(f"{address}/preview.pdf").mimetype == "application/pdf"
    assert "塔震督〔2026〕1号" in text_of(client, f"/hazards/{reference}")
    assert "乌苏市教育局" in text_of(client, "/documents?text=〔2026〕1号&kind=feedback_letter&state=issued")


def test_mistakes_in_the_form_are_told_at_their_fields(
    client: FlaskClient, session: Session, story: Story, hazard: Hazard
) -> None:
    address = f"/documents/new?subject=hazard:{hazard.reference}&kind=feedback_letter"
    sit(client, session, story.cast.officer.id)
    answer = client.post(address, data={"cited": "REG-1 第一条", "problems": "外廊｜七月五日"})
    assert answer.status_code == 422
    told = answer.get_data(as_text=True)
    assert "依据登记册中没有 REG-1" in told
    assert "整改期限应为日期" in told
    assert only(session).id is None


def test_a_record_is_signed_on_the_screen_and_refused_before_a_witness(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    with transaction():
        address = f"/documents/{desk.draft('inspection_record').uuid}"
    sit(client, session, desk.officer.id)
    wrong = {"version": version(client, address), "role": "site", "name": "万山", "refused": "y"}
    answer = client.post(f"{address}/signatures", data=wrong)
    assert (answer.status_code, "请写明见证人" in answer.get_data(as_text=True)) == (422, True)
    for given in (
        {"role": "inspector", "name": "柳青", "credential": "检证1", "strokes": PEN},
        {"role": "inspector", "name": "杨红", "credential": "检证2", "strokes": PEN},
        {"role": "site", "name": "万山", "refused": "y", "witness": "社区网格员松岩"},
    ):
        data = {"version": version(client, address), **given}
        assert client.post(f"{address}/signatures", data=data).status_code == 302
    page = text_of(client, address)
    assert f'd="{PEN}"' in page
    assert "再加一个签名或签字件" in page
    assert "拒绝签字，见证人：社区网格员松岩" in page
    assert "签发前还差" not in page
    assert client.get(f"{address}/edit").status_code == 409


def test_a_scan_is_kept_with_the_draft(client: FlaskClient, session: Session, desk: Desk) -> None:
    with transaction():
        address = f"/documents/{desk.draft('interview_notice').uuid}"
    sit(client, session, desk.officer.id)
    assert client.post(f"{address}/scans", data={"version": "1"}).status_code == 422
    data = {"version": "1", "file": (io.BytesIO(picture()), "签字件.jpg")}
    assert client.post(f"{address}/scans", data=data).status_code == 302
    assert "签字件.jpg" in text_of(client, address)


def test_a_number_is_reserved_and_a_draft_voided_with_a_reason(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    with transaction():
        address = f"/documents/{desk.draft().uuid}"
    sit(client, session, desk.officer.id)
    assert client.post(f"{address}/number", data={"version": "1"}).status_code == 302
    assert "塔震督〔2026〕1号" in text_of(client, address)
    assert client.post(f"{address}/steps/void", data={"version": "2"}).status_code == 409
    answer = client.post(f"{address}/steps/void", data={"version": "2", "reason": "对象写错"}, follow_redirects=True)
    assert "已作废：对象写错" in answer.get_data(as_text=True)
    assert client.post(f"{address}/steps/burn", data={"version": "3"}).status_code == 404


def test_a_draft_is_filled_in_and_a_late_page_is_refused(client: FlaskClient, session: Session, desk: Desk) -> None:
    with transaction():
        address = f"/documents/{desk.draft('circular').uuid}"
    sit(client, session, desk.officer.id)
    data = {
        "version": "1",
        "addressee": "各县（市）",
        "scope": "全地区",
        "units": "晨光小学｜逾期",
        "requirement": "整改",
    }
    assert client.post(f"{address}/edit", data=data).status_code == 302
    assert client.post(f"{address}/edit", data=data).status_code == 409
    assert only(session).addressee == "各县（市）"


def test_a_correction_begins_with_what_the_old_one_said(
    client: FlaskClient, session: Session, story: Story, hazard: Hazard
) -> None:
    desk = Desk(session, story.cast.officer, story.cast.leader, story.county)
    with transaction():
        old = desk.issued("circular", case=hazard.reference, addressee="写错的单位")
        key, reference = old.uuid, old.subject_reference
    sit(client, session, story.cast.officer.id)
    assert "开具更正文书" in text_of(client, f"/documents/{key}")
    address = f"/documents/new?subject=hazard:{reference}&kind=circular&replaces={key}"
    assert "写错的单位" in text_of(client, address)
    made = client.post(address, data={"addressee": "各县（市）"}).location
    assert "更正并替代塔地抗震办〔2026〕1号" in text_of(client, made)
    assert "更正本文书的新文书正在拟制" in text_of(client, f"/documents/{key}")
    sit(client, session, story.cast.leader.id)
    assert client.post(f"{made}/steps/issue", data={"version": version(client, made)}).status_code == 302
    assert "本文书已有更正" in text_of(client, f"/documents/{key}")


def test_drafts_are_for_those_who_draw_up_and_issue(client: FlaskClient, session: Session, desk: Desk) -> None:
    with transaction():
        draft, issued = desk.draft().uuid, desk.issued().uuid
        clerk = make_user(session, Role.COUNTY_CLERK, region(session, WUSU)).id
        neighbour = make_user(session, Role.COUNTY_HEAD, region(session, "654221")).id
    sit(client, session, clerk)
    assert client.get(f"/documents/{draft}").status_code == 404
    assert client.get(f"/documents/{issued}").status_code == 200
    reader = actor_of(session.get_one(User, clerk))
    assert [is_seen(session, reader, key) for key in (draft, issued, "none")] == [False, True, False]
    assert client.get("/documents/new?subject=hazard:x").status_code == 403
    sit(client, session, neighbour)
    for key in (draft, issued):
        assert client.get(f"/documents/{key}").status_code == 404
        assert client.get(f"/documents/{key}/preview.pdf").status_code == 404


def test_documents_of_an_unannounced_visit_are_as_hidden_as_the_visit(
    client: FlaskClient, session: Session, story: Story
) -> None:
    with transaction():
        visit = make_visit(session, kind="unannounced")
        reference = visit.reference
    sit(client, session, story.cast.officer.id)
    address = f"/documents/new?subject=inspection:{reference}&kind=inspection_plan"
    made = client.post(address, data={"site": "晨光小学", "content": "校舍"}).location
    assert client.get(made).status_code == 200
    sit(client, session, story.cast.head.id)
    assert client.get(made).status_code == 404
    assert reference not in text_of(client, "/documents")
    assert client.get(address).status_code == 404


def test_a_visit_tells_its_record_what_it_found(client: FlaskClient, session: Session, story: Story) -> None:
    with transaction():
        visit = submitted(session)
        reference, site = visit.reference, visit.site.name
    sit(client, session, story.cast.officer.id)
    form = text_of(client, f"/documents/new?subject=inspection:{reference}&kind=inspection_record")
    assert site in form
    assert "2026年6月15日 " in form
    assert session.scalars(select(Inspection)).one().state == "submitted"


def test_unknown_subjects_and_kinds_are_told(client: FlaskClient, session: Session, desk: Desk) -> None:
    sit(client, session, desk.officer.id)
    assert client.get("/documents/new?subject=horse:1").status_code == 404
    assert client.get("/documents/new?subject=hazard:YH-1&kind=circular").status_code == 404
    assert client.get("/documents/new?subject=hazard:YH-1&kind=novel").status_code == 422


def test_many_drafts_are_issued_at_once_with_a_result_for_each(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    with transaction():
        drafts = [desk.draft(), desk.draft("circular"), desk.draft(due_on="2026-06-01"), desk.draft("urging_letter")]
        picks = [f"{each.uuid}@{each.version}" for each in drafts]
        keys = [each.uuid for each in drafts]
    sit(client, session, desk.leader.id)
    page = text_of(client, "/documents")
    assert all(pick in page for pick in picks)
    told = client.post("/documents/issue", data={"pick": [*picks[:3], f"{keys[3]}@7", "nowhere@1"]})
    text = told.get_data(as_text=True)
    assert "已签发 2 份，未签发 3 份" in text
    assert "不能倒签" in text
    session.rollback()
    states = session.scalars(select(Document.state).order_by(Document.id))
    assert list(states) == ["issued", "issued", "draft", "draft"]
    assert client.post("/documents/issue", data={"pick": [f"{n}@1" for n in range(51)]}).status_code == 422
    sit(client, session, desk.officer.id)
    assert picks[2] not in text_of(client, "/documents")
