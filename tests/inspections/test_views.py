"""Visits through the browser: pages, steps, answers and files."""

import hashlib
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import fill, lead_of, make_team, make_visit, picture, submitted
from tests.sites.factories import SHAWAN, make_site, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        made = make_visit(session)
        service.start(session, lead_of(made), made)
    return made


@pytest.fixture
def inspector(client: FlaskClient, visit: Inspection) -> FlaskClient:
    sign_in(client, visit.inspectors[0].user)
    return client


def stranger(session: Session) -> User:
    with transaction():
        return make_team(session, SHAWAN, 1)[0]


def put(client: FlaskClient, visit: Inspection, item: str, **body: object) -> TestResponse:
    return client.put(f"/inspections/{visit.reference}/answers/{item}", json=body)


def upload(client: FlaskClient, visit: Inspection, code: str, content: bytes, **over: str) -> TestResponse:
    told = {"item": code, "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest(), "paper": "0"}
    data = {**told, **over, "file": (io.BytesIO(content), "photo.jpg")}
    return client.post(f"/inspections/{visit.reference}/files", data=data, headers={"Accept": "application/json"})


def test_an_answer_is_kept_and_told_back_with_where_the_visit_stands(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    answer = put(inspector, visit, "C03-05", value={"value": "yes"}, note="东楼", version=0)
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["answer"]["version"] == 1
    assert told["item"]["consequence_label"] == "将生成 1 项重大隐患"
    assert told["item"]["veto"] is True
    assert told["totals"]["answered"] == 1
    assert told["totals"]["sheets"] == [{"code": "C03", "score": "0.0", "veto": True}]
    assert session.scalars(select(Answer)).one().note == "东楼"


def test_sending_an_answer_twice_is_sending_it_once(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    for _ in range(3):
        assert put(inspector, visit, "C03-05", value={"value": "no"}, version=0).get_json()["answer"]["version"] == 1
    assert session.scalars(select(Answer)).one().version == 1


def test_two_tablets_get_both_answers_and_nothing_is_lost(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    put(inspector, visit, "C03-05", value={"value": "no"}, version=0)
    refused = put(inspector, visit, "C03-05", value={"value": "yes"}, version=0)
    assert refused.status_code == 409
    assert refused.get_json()["stored"]["value"] == {"value": "no"}
    assert refused.get_json()["stored"]["version"] == 1
    assert session.scalars(select(Answer)).one().value == {"value": "no"}


@pytest.mark.parametrize("body", [None, [], "yes", {"version": "1"}, {"version": -1}, {"version": True}])
def test_a_body_that_is_no_answer_is_refused(inspector: FlaskClient, visit: Inspection, body: object) -> None:
    answer = inspector.put(f"/inspections/{visit.reference}/answers/C03-05", json=body)
    assert answer.status_code == 422


def test_extra_fields_change_nothing(inspector: FlaskClient, visit: Inspection, session: Session) -> None:
    extra = {"state": "reviewed", "score": 100, "county_id": 1, "answered_by_id": 99, "inspection_id": 99}
    assert put(inspector, visit, "C03-05", value={"value": "no"}, version=0, **extra).status_code == 200
    kept = session.scalars(select(Answer)).one()
    assert (kept.inspection_id, kept.answered_by_id) == (visit.id, visit.inspectors[0].user_id)


def test_a_visit_of_another_county_is_not_found_at_any_address(
    client: FlaskClient, visit: Inspection, session: Session
) -> None:
    sign_in(client, stranger(session))
    base = f"/inspections/{visit.reference}"
    for path in ("", "/fill", "/answers", "/submit"):
        assert client.get(base + path).status_code == 404, path
    assert put(client, visit, "C03-05", value={"value": "no"}, version=0).status_code == 404
    assert upload(client, visit, "C03-09", picture()).status_code == 404
    assert client.post(f"{base}/submit", data={"version": 2, "site_person": "乙"}).status_code == 404
    assert client.post(f"{base}/steps/void", data={"reason": "x"}).status_code in {403, 404}
    assert not session.scalars(select(Answer)).all()


def test_an_inspector_who_is_not_on_the_team_may_look_and_not_answer(
    client: FlaskClient, visit: Inspection, session: Session
) -> None:
    with transaction():
        other = make_team(session, size=1)[0]
    sign_in(client, other)
    assert client.get(f"/inspections/{visit.reference}").status_code == 200
    assert put(client, visit, "C03-05", value={"value": "no"}, version=0).status_code == 403
    assert upload(client, visit, "C03-09", picture()).status_code == 403


def test_a_photo_is_received_when_length_and_hash_agree(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    content = picture()
    answer = upload(inspector, visit, "C03-09", content, longitude="84.7", latitude="44.4")
    assert answer.status_code == 201
    told = answer.get_json()["file"]
    assert (told["size"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    stored = session.scalars(select(Evidence)).one()
    assert (stored.item, str(stored.longitude), stored.county_id) == ("C03-09", "84.7000000", visit.county_id)
    assert inspector.get(f"/files/{told['uuid']}").data == content


def test_the_same_photo_twice_is_one(inspector: FlaskClient, visit: Inspection, session: Session) -> None:
    assert len({upload(inspector, visit, "C03-09", picture()).get_json()["file"]["uuid"] for _ in range(3)}) == 1
    assert len(session.scalars(select(Evidence)).all()) == 1


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"size": "12"}, "file_refused"),
        ({"sha256": "0" * 64}, "file_refused"),
        ({"size": ""}, "invalid"),
        ({"sha256": "x"}, "invalid"),
        ({"item": "C99-01"}, "not_found"),
    ],
)
def test_a_photo_that_differs_from_what_was_said_is_refused(
    inspector: FlaskClient, visit: Inspection, session: Session, over: dict[str, str], code: str
) -> None:
    answer = upload(inspector, visit, "C03-09", picture(), **over)
    assert answer.status_code in {404, 422}
    assert answer.get_json()["code"] == code
    assert not session.scalars(select(Evidence)).all()


def test_a_cut_photo_is_refused(inspector: FlaskClient, visit: Inspection, session: Session) -> None:
    whole = picture(size=(400, 300))
    answer = upload(inspector, visit, "C03-09", whole[: len(whole) * 9 // 10])
    assert (answer.status_code, answer.get_json()["file_code"]) == (422, "E_CORRUPT")
    assert not session.scalars(select(Evidence)).all()


def test_no_file_at_all_is_no_empty_photo(inspector: FlaskClient, visit: Inspection) -> None:
    answer = inspector.post(f"/inspections/{visit.reference}/files", data={"item": "C03-09"})
    assert answer.status_code == 422


def test_a_photo_is_taken_off_and_kept_in_the_archive(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    key = upload(inspector, visit, "C03-09", picture()).get_json()["file"]["uuid"]
    address = f"/inspections/{visit.reference}/files/{key}"
    assert inspector.delete(address).status_code == 200
    assert inspector.delete(address).status_code == 200
    assert session.scalars(select(Evidence)).one().withdrawn_at is not None
    assert inspector.get(f"/files/{key}").status_code == 404


def test_the_fill_page_asks_every_item_and_runs_no_inline_script(inspector: FlaskClient, visit: Inspection) -> None:
    put(inspector, visit, "C03-05", value={"value": "yes"}, note="</script><script>alert(1)</script>", version=0)
    page = inspector.get(f"/inspections/{visit.reference}/fill").get_data(as_text=True)
    assert page.count('class="item"') == 16
    assert "建设工程抗震管理条例》第二十一条" in page
    assert "<script>alert" not in page
    assert " style=" not in page


def test_what_is_stored_can_be_asked_for_with_a_fresh_token(inspector: FlaskClient, visit: Inspection) -> None:
    put(inspector, visit, "C03-05", value={"value": "no"}, version=0)
    told = inspector.get(f"/inspections/{visit.reference}/answers").get_json()
    assert [each["item"] for each in told["answers"]] == ["C03-05"]
    assert len(told["items"]) == 16
    assert told["csrf_token"]


def test_submitting_early_lists_what_is_open_with_links(
    inspector: FlaskClient, visit: Inspection, session: Session
) -> None:
    version = session.get_one(Inspection, visit.id).version
    answer = inspector.post(
        f"/inspections/{visit.reference}/submit", data={"version": version, "site_person": "甲", "summary": "已核"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"/inspections/{visit.reference}/fill#C03-05" in page
    assert page.count("/fill#C03-") == 16
    assert "已核" in page
    assert not session.scalars(select(Hazard)).all()


def test_submitting_twice_makes_the_hazards_once(inspector: FlaskClient, visit: Inspection, session: Session) -> None:
    with transaction():
        fill(session, session.get_one(Inspection, visit.id), C03_05={"value": "yes"})
    version = session.get_one(Inspection, visit.id).version
    for _ in range(2):
        answer = inspector.post(
            f"/inspections/{visit.reference}/submit", data={"version": version, "site_person": "甲校长"}
        )
        assert answer.status_code == 302
    assert len(session.scalars(select(Hazard)).all()) == 2
    page = inspector.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    assert "一票否决" in page
    assert "YH-654202-2026-C03-0001" in page


def test_a_page_without_its_version_submits_nothing(inspector: FlaskClient, visit: Inspection) -> None:
    answer = inspector.post(f"/inspections/{visit.reference}/submit", data={"site_person": "甲校长"})
    assert answer.status_code == 409


def test_the_reviewer_sees_the_buttons_and_the_inspector_does_not(client: FlaskClient, session: Session) -> None:
    with transaction():
        visit = submitted(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
        lead = visit.inspectors[0].user
    sign_in(client, lead)
    assert "审核通过" not in client.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    assert client.post(f"/inspections/{visit.reference}/steps/review", data={"version": 3}).status_code == 403
    client.post("/sign-out")
    sign_in(client, head)
    assert "审核通过" in client.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    answer = client.post(f"/inspections/{visit.reference}/steps/review", data={"version": 3, "opinion": "属实"})
    assert answer.status_code == 302
    assert session.get_one(Inspection, visit.id).state == "reviewed"


def test_the_list_tells_the_conclusion_of_submitted_visits(client: FlaskClient, session: Session) -> None:
    with transaction():
        submitted(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, head)
    page = client.get("/inspections").get_data(as_text=True)
    assert "<td>合格</td>" in re.sub(r">\s+|\s+<", lambda found: found[0].strip(), page)


def test_a_stale_review_and_an_unknown_step_change_nothing(client: FlaskClient, session: Session) -> None:
    with transaction():
        visit = submitted(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, head)
    assert client.post(f"/inspections/{visit.reference}/steps/review", data={"version": 2}).status_code == 409
    assert client.post(f"/inspections/{visit.reference}/steps/review", data={"opinion": "x"}).status_code == 409
    assert client.post(f"/inspections/{visit.reference}/steps/explode", data={"version": 3}).status_code == 404
    assert client.post(f"/inspections/{visit.reference}/steps/send_back", data={"version": 3}).status_code == 409
    assert session.get_one(Inspection, visit.id).state == "submitted"


def test_a_head_plans_a_visit_and_one_inspector_is_refused(client: FlaskClient, session: Session) -> None:
    with transaction():
        site, team = make_site(session), make_team(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, head)
    assert site.reference in client.get("/inspections/plan").get_data(as_text=True)
    address = f"/inspections/plan?site={site.reference}"
    plan: dict[str, Any] = {"kind": "special", "planned_on": "2026-06-20", "checklist_codes": ["C03"]}
    plan["lead"] = team[0].id
    alone = client.post(address, data={**plan, "inspector_ids": [team[0].id]})
    assert alone.status_code == 422
    assert "不得少于两名" in alone.get_data(as_text=True)
    made = client.post(address, data={**plan, "inspector_ids": [team[1].id]})
    assert made.status_code == 302
    visit = session.scalars(select(Inspection)).one()
    assert [each.user_id for each in visit.inspectors] == [team[0].id, team[1].id]


def test_an_inspector_plans_nothing(inspector: FlaskClient) -> None:
    assert inspector.get("/inspections/plan").status_code == 403


def test_the_list_narrows_and_pages(client: FlaskClient, session: Session) -> None:
    with transaction():
        team = make_team(session)
        for number in range(52):
            make_visit(session, team=team, site=make_site(session, name=f"小学{number:02d}"), kind="joint")
        make_visit(session, team=team, site=make_site(session, name="医院"))
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, head)
    page = client.get("/inspections?kind=joint").get_data(as_text=True)
    assert "共 52 条" in page
    assert "医院" not in page
    assert "after=2026-06-15." in page
    assert "小学07" in client.get("/inspections?text=小学07").get_data(as_text=True)
    assert client.get("/inspections?after=x.y").status_code == 422
    assert client.get("/inspections?fact=nothing&county=654202").status_code == 422
    behind = client.get("/inspections?fact=special_inspections&county=654202&period=2026")
    assert "没有符合条件的检查" in behind.get_data(as_text=True)


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_the_townships_without_a_visit_of_a_county_out_of_sight_are_not_told(
    client: FlaskClient, session: Session, part: str
) -> None:
    with transaction():
        clerk = make_user(session, Role.COUNTY_CLERK, region(session))
    sign_in(client, clerk)
    address = f"/inspections?fact=coverage&period=2026&part={part}&county="
    assert client.get(f"{address}654202").status_code == 200
    assert client.get(f"{address}654221").status_code == 404
