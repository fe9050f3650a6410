"""Trying out a list: the fill page with answers that count nowhere."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.checklists import service
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.questions import YesNo
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Answer, Inspection, Trial
from tests.accounts.factories import make_user, sign_in
from tests.inspections.lists import altered, make_item, make_list, publish, skipping_list
from tests.sites.factories import SHAWAN, region

pytestmark = pytest.mark.usefixtures("clock")
C03 = load_library().checklists["C03"]
TRY = "/inspections/try/C03/1"


@pytest.fixture
def head(client: FlaskClient, session: Session) -> User:
    """A head of a county, signed in."""
    with transaction():
        made = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, made)
    return made


def draft(session: Session, checklist: Checklist, owner_code: str = "654202") -> ChecklistVersion:
    """Keep a draft of a county."""
    with transaction():
        version = service.keep(session, checklist)
        version.owner_id = region(session, owner_code).id
    return version


def put(client: FlaskClient, item: str, value: Any, address: str = TRY) -> dict[str, Any]:  # noqa: ANN401 - JSON
    answer = client.put(f"{address}/answers/{item}", json={"value": value, "note": "", "version": 0})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: dict[str, Any] = answer.get_json()
    return told


@pytest.mark.usefixtures("head")
def test_the_page_says_that_nothing_counts_and_takes_no_photos(client: FlaskClient) -> None:
    page = client.get(TRY).get_data(as_text=True)
    assert "试用，不计入任何结果" in page
    assert page.count('class="item" id="C03-') == 16
    assert 'type="file"' not in page
    assert "应附的证据视为已有" in page


@pytest.mark.usefixtures("head")
def test_an_answer_shows_the_score_the_veto_and_the_hazard_it_would_make(client: FlaskClient) -> None:
    told = put(client, "C03-05", {"value": "yes"})
    assert told["totals"]["sheets"] == [{"code": "C03", "score": "0.0", "veto": True}]
    assert told["totals"]["vetoes"] == 1
    finding = told["findings"][0]
    assert (finding["item"], finding["kind"]) == ("C03-05", "重大隐患")
    assert finding["due"] == "2026-06-16"
    assert "C03-05" in finding["requirement"]
    good = put(client, "C03-05", {"value": "no"})
    assert good["findings"] == []
    assert good["answer"]["version"] == 2


@pytest.mark.usefixtures("head")
def test_evidence_counts_as_given(client: FlaskClient) -> None:
    assert put(client, "C03-09", {"value": "yes"})["item"]["open"] is False


def test_a_trial_leaves_no_visit_no_answer_and_no_hazard(client: FlaskClient, session: Session, head: User) -> None:
    put(client, "C03-05", {"value": "yes"})
    for table in (Inspection, Answer, Hazard):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    kept = session.scalars(select(Trial)).one()
    assert (kept.user_id, kept.answers["C03-05"]["value"]) == (head.id, {"value": "yes"})


@pytest.mark.usefixtures("head")
def test_everybody_tries_for_themselves_and_begins_again(client: FlaskClient, session: Session) -> None:
    put(client, "C03-05", {"value": "yes"})
    assert put(client, "C03-05", {"value": "yes"})["answer"]["version"] == 1
    with transaction():
        officer = make_user(session, Role.PREFECTURE_OFFICER, region(session, "654200"))
    assert [each["item"] for each in client.get(f"{TRY}/answers").get_json()["answers"]] == ["C03-05"]
    assert client.post(f"{TRY}/restart").status_code == 302
    assert client.get(f"{TRY}/answers").get_json()["answers"] == []
    put(client, "C03-07", {"value": "no"})
    client.post("/sign-out")
    sign_in(client, officer)
    assert client.get(f"{TRY}/answers").get_json()["answers"] == []


@pytest.mark.usefixtures("head")
def test_a_draft_is_tried_while_its_weights_do_not_sum_up_yet(client: FlaskClient, session: Session) -> None:
    whole = skipping_list()
    items = (replace(whole.items[0], weight=Decimal(1)), *whole.items[1:])
    draft(session, replace(whole, sections=(replace(whole.sections[0], items=items),)))
    page = client.get("/inspections/try/T01/1").get_data(as_text=True)
    assert "得分仅供参考" in page
    assert "各项分值合计应为 100" in page


@pytest.mark.usefixtures("head")
def test_a_draft_with_an_item_that_cannot_be_answered_says_which(client: FlaskClient, session: Session) -> None:
    draft(session, make_list(make_item(1, YesNo("no")), make_item(2, YesNo("no"), parts=())))
    answer = client.get("/inspections/try/T01/1")
    assert answer.status_code == 409
    assert "T01-02：请选择答案类型" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("head")
def test_answers_outlive_a_change_of_the_draft_where_their_item_is_left(client: FlaskClient, session: Session) -> None:
    whole = skipping_list()
    version = draft(session, whole)
    address = "/inspections/try/T01/1"
    put(client, "T01-05", {"value": "brick"}, address)
    put(client, "T01-02", {"value": "7"}, address)
    with transaction():
        shorter = altered(replace(whole, version=0), {}, ("T01-05", "T01-12"))
        service.replace_draft(session, session.get_one(ChecklistVersion, version.id), shorter)
    told = client.get(f"{address}/answers").get_json()
    assert [each["item"] for each in told["answers"]] == ["T01-02"]
    assert client.put(f"{address}/answers/T01-05", json={"value": {}}).status_code == 404
    stale = {"value": {"value": "1"}, "asked": "0" * 16}
    assert client.put(f"{address}/answers/T01-02", json=stale).status_code == 409


@pytest.mark.usefixtures("head")
def test_skipped_items_come_and_go_in_a_trial_too(client: FlaskClient, session: Session) -> None:
    draft(session, skipping_list())
    told = put(client, "T01-01", {"value": "yes"}, "/inspections/try/T01/1")
    assert "T01-07" not in told["totals"]["skipped"]
    assert "T01-08" in told["totals"]["skipped"]


@pytest.mark.usefixtures("head")
def test_a_draft_of_another_county_and_a_retired_version_are_not_tried(client: FlaskClient, session: Session) -> None:
    draft(session, skipping_list(), SHAWAN)
    assert client.get("/inspections/try/T01/1").status_code == 404
    with transaction():
        publish(session, altered(C03, {}))
    assert client.get(TRY).status_code == 409
    assert client.get("/inspections/try/C03/2").status_code == 200
    assert client.get("/inspections/try/C03/9").status_code == 404


def test_an_inspector_tries_nothing(client: FlaskClient, session: Session) -> None:
    with transaction():
        inspector = make_user(session, Role.INSPECTOR, region(session))
    sign_in(client, inspector)
    assert client.get(TRY).status_code == 403


@pytest.mark.usefixtures("head")
def test_a_version_on_trial_is_tried_like_a_draft(client: FlaskClient, session: Session) -> None:
    version = draft(session, skipping_list())
    with transaction():
        service.take_step(session, SYSTEM, session.get_one(ChecklistVersion, version.id), "try_out")
    page = client.get("/inspections/try/T01/1").get_data(as_text=True)
    assert "试用中" in page
    assert "得分仅供参考" not in page
