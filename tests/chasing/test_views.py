"""Chasing through the browser: the matrix, taking rungs for one and for many, listing, looking back."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.chasing.listings import Wish, list_hazard
from inspect_app.chasing.models import Listing, LookBackSample, LookBackTask, RungTaken
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.regions.queries import by_code
from tests.accounts.factories import sign_in
from tests.chasing.days import day
from tests.chasing.factories import closed, late
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def enter(client: FlaskClient, story: Story, who: str) -> FlaskClient:
    client.delete_cookie("session")
    sign_in(client, story.session.get_one(User, getattr(story.cast, who).id))
    return client


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def many(story: Story, *days: int) -> list[str]:
    with transaction():
        return [late(story, TODAY - timedelta(days=each)).reference for each in days]


def count(session: Session, kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_matrix_counts_and_links_each_figure_to_its_rows(story: Story, client: FlaskClient) -> None:
    references = many(story, 3, 4, 8)
    page = text_of(enter(client, story, "officer"), "/chasing")
    assert 'href="/chasing?region=654202&amp;rung=urging_letter">2</a>' in page
    assert references[2] in page
    assert references[0] not in page
    rows = text_of(client, "/chasing?region=654202&rung=urging_letter")
    assert all(reference in rows for reference in references[:2])
    assert "严重逾期" in rows


def test_with_nothing_due_the_page_says_so(story: Story, client: FlaskClient) -> None:
    assert "没有到期应办的督办" in text_of(enter(client, story, "head"), "/chasing")


def test_another_county_sees_none_of_it(story: Story, client: FlaskClient) -> None:
    reference = many(story, 3)[0]
    assert reference not in text_of(enter(client, story, "other_clerk"), "/chasing?rung=urging_letter")


def test_pages_of_many_follow_each_other(story: Story, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspect_app.chasing.views.ladder.SIZE", 1)
    references = many(story, 4, 3)
    first = text_of(enter(client, story, "officer"), "/chasing")
    assert references[0] in first
    assert references[1] not in first
    following = re.search(r'href="(/chasing\?[^"]*after=[^"]+)"', first)
    assert following
    assert references[1] in text_of(client, following[1].replace("&amp;", "&"))


def test_ticked_hazards_are_taken_with_a_result_for_each(story: Story, client: FlaskClient) -> None:
    due, early = many(story, 3, 1)
    enter(client, story, "head")
    data = {"rung": "urging_letter", "reference": [due, early], "note": "限三日内说明"}
    answer = client.post("/chasing/take", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "办理 1 条，没有办理 1 条" in page
    assert "2026-06-17 起才可以" in page
    assert story.session.scalars(select(RungTaken.note)).all() == ["限三日内说明"]


def test_all_that_is_due_is_taken_at_once_and_again_changes_nothing(story: Story, client: FlaskClient) -> None:
    many(story, 3, 4, 5)
    enter(client, story, "officer")
    data = {"rung": "urging_letter", "all": "1"}
    assert "办理 3 条，没有办理 0 条" in client.post("/chasing/take", data=data).get_data(as_text=True)
    assert client.post("/chasing/take", data=data).status_code == 422
    assert count(story.session, RungTaken) == 3


@pytest.mark.parametrize(("data", "status"), [({"rung": "urging_letter"}, 422), ({"rung": "none"}, 404), ({}, 404)])
def test_nothing_ticked_or_no_such_rung_is_refused(
    story: Story, client: FlaskClient, data: dict[str, str], status: int
) -> None:
    assert enter(client, story, "head").post("/chasing/take", data=data).status_code == status


def test_a_rung_for_others_is_refused_row_by_row(story: Story, client: FlaskClient) -> None:
    reference = many(story, 20)[0]
    enter(client, story, "head")
    assert "不由您的角色办理" in text_of(client, "/chasing?rung=circular")
    answer = client.post("/chasing/take", data={"rung": "circular", "reference": reference})
    assert "没有权限执行" in answer.get_data(as_text=True)
    assert count(story.session, RungTaken) == 0


def test_many_are_listed_with_one_form(story: Story, client: FlaskClient) -> None:
    many(story, 31, 40)
    enter(client, story, "leader")
    assert "挂牌层级" in text_of(client, "/chasing")
    data = {"rung": "listing", "all": "1", "level": "prefecture", "reason": "长期逾期", "due_on": "2026-12-01"}
    assert "办理 2 条" in client.post("/chasing/take", data=data).get_data(as_text=True)
    assert count(story.session, Listing) == 2


def test_many_are_not_listed_without_saying_how(story: Story, client: FlaskClient) -> None:
    many(story, 31)
    answer = enter(client, story, "leader").post("/chasing/take", data={"rung": "listing", "all": "1"})
    assert "请选择挂牌层级" in answer.get_data(as_text=True)
    assert count(story.session, Listing) == 0


def test_the_page_of_a_hazard_shows_its_ladder_and_takes_a_rung(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = late(story, TODAY - timedelta(days=4))
        reference, version = hazard.reference, hazard.version
    enter(client, story, "head")
    page = text_of(client, f"/hazards/{reference}")
    assert "2026-06-18 起" in page
    address = f"/chasing/hazards/{reference}/rungs/urging_letter"
    assert f'action="{address}"' in page
    assert client.post(address, data={"version": version - 1}).status_code == 409
    assert client.post(address, data={"version": version, "note": "电话告知"}).status_code == 302
    assert "电话告知" in text_of(client, f"/hazards/{reference}")
    again = client.post(address, data={"version": version})
    assert again.status_code == 409
    assert "不必重复" in again.get_data(as_text=True)


def test_a_hazard_that_is_not_late_shows_no_ladder(story: Story, client: FlaskClient) -> None:
    with transaction():
        reference = story.register().reference
    assert 'id="chasing"' not in text_of(enter(client, story, "head"), f"/hazards/{reference}")


@pytest.mark.parametrize("code", ["listing", "none"])
def test_listing_is_not_taken_without_its_form(story: Story, client: FlaskClient, code: str) -> None:
    reference = many(story, 31)[0]
    answer = enter(client, story, "leader").post(f"/chasing/hazards/{reference}/rungs/{code}", data={"version": 9})
    assert answer.status_code == 404


def test_a_leader_lists_reports_publishes_and_delists(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = late(story, day("6-30"), State.CLOSURE_PENDING)
        reference, version = hazard.reference, hazard.version
    enter(client, story, "leader")
    assert f"/chasing/hazards/{reference}/listing" in text_of(client, f"/hazards/{reference}")
    address = f"/chasing/hazards/{reference}/listing"
    text_of(client, address)
    data = {"version": version, "level": "prefecture", "reason": "鉴定为危楼", "due_on": "2026-12-01"}
    assert client.post(address, data={**data, "due_on": "2026-06-01"}).status_code == 422
    assert client.post(address, data={**data, "version": version - 1}).status_code == 409
    shown = client.post(address, data=data).location
    assert "地市级挂牌督办" in text_of(client, shown)
    assert "待报备或公布 1" in re.sub(r"\s+", " ", text_of(client, "/chasing/listings"))
    follow = {"what": "publish", "on": "2026-06-15"}
    assert client.post(f"{shown}/follow-up", data=follow).status_code == 422
    assert client.post(f"{shown}/follow-up", data={**follow, "where": "塔城日报"}).status_code == 302
    assert client.post(f"{shown}/follow-up", data={**follow, "where": "塔城日报"}).status_code == 422
    assert client.post(f"{shown}/follow-up", data={"what": "report", "on": "2026-06-15"}).status_code == 302
    assert client.post(f"{shown}/end", data={"reason": "好"}).status_code == 422
    assert client.post(f"{shown}/end", data={"reason": "复查合格"}).status_code == 302
    assert "公布摘牌" in text_of(client, shown)
    assert reference in text_of(client, "/chasing/listings?which=ended")
    assert story.session.scalars(select(Hazard.listed)).all() == [False]


def test_delisting_too_early_is_refused_on_the_page(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = late(story, day("6-30"))
        wish = Wish("county", "鉴定为危楼", day("12-1"))
        key = list_hazard(story.session, story.cast.leader, hazard, wish).id
    enter(client, story, "leader")
    assert "先摘牌，再销号" in text_of(client, f"/chasing/listings/{key}")
    answer = client.post(f"/chasing/listings/{key}/end", data={"reason": "复查合格"})
    assert answer.status_code == 422
    assert "先摘牌，再销号" in answer.get_data(as_text=True)
    assert enter(client, story, "other_clerk").get(f"/chasing/listings/{key}").status_code == 404


def test_listing_from_the_page_takes_the_rung_with_it(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = late(story, TODAY - timedelta(days=40))
        reference, version = hazard.reference, hazard.version
    enter(client, story, "leader")
    data = {"version": version, "level": "prefecture", "reason": "长期逾期", "due_on": "2026-12-01"}
    assert client.post(f"/chasing/hazards/{reference}/listing", data=data).status_code == 302
    assert story.session.scalars(select(RungTaken.rung)).all() == ["listing"]


def test_an_officer_draws_and_the_sample_is_published(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = closed(story, day("5-6"))
        reference = hazard.reference
    enter(client, story, "officer")
    data = {"region": "6542", "start": "2026-05-01", "end": "2026-05-31", "seed": "种子"}
    assert client.post("/chasing/samples", data={**data, "start": "2026-06-01"}).status_code == 422
    answer = client.post("/chasing/samples", data=data)
    page = text_of(client, answer.location)
    assert "复演一致" in page
    assert reference in page
    assert "种子" in text_of(client, "/chasing/samples")
    assert count(story.session, LookBackSample) == 1
    assert enter(client, story, "head").post("/chasing/samples", data=data).status_code == 403


def test_look_backs_that_are_due_are_done_at_the_hazard(story: Story, client: FlaskClient) -> None:
    with transaction():
        hazard = closed(story, day("5-6"))
        period = Period(day("5-1"), day("5-31"))
        draw_sample(story.session, story.cast.officer, by_code(story.session, "6542"), period, "种子")
        reference, version = hazard.reference, hazard.version
    enter(client, story, "officer")
    page = text_of(client, "/chasing/look-backs")
    assert page.count(f"{reference}#chasing") == 1
    assert text_of(client, "/chasing/look-backs?when=open&region=654202").count(f"{reference}#chasing") == 3
    assert "应于 2026-06-05，已过" in text_of(client, f"/hazards/{reference}")
    step = f"/hazards/{reference}/steps/look_back"
    assert step in page
    data = {"version": version, "rebounded": "no", "finding": "没有反弹"}
    assert client.post(step, data=data).status_code == 302
    assert f"{reference}#chasing" not in text_of(client, "/chasing/look-backs")
    assert f"{reference}#chasing" in text_of(client, "/chasing/look-backs?when=done")
    assert "2026-06-15 没有反弹" in text_of(client, f"/hazards/{reference}")


def test_a_look_back_is_waived_with_a_reason(story: Story, client: FlaskClient) -> None:
    with transaction():
        closed(story, day("5-6"))
        period = Period(day("5-1"), day("5-31"))
        draw_sample(story.session, story.cast.officer, by_code(story.session, "6542"), period, "种子")
        key = story.session.scalars(select(LookBackTask.id)).first()
    enter(client, story, "officer")
    address = f"/chasing/look-backs/{key}/waive"
    text_of(client, address)
    assert client.post(address, data={"reason": "拆"}).status_code == 422
    assert client.post(address, data={"reason": "教学楼已整体拆除"}).status_code == 302
    assert client.post(address, data={"reason": "教学楼已整体拆除"}).status_code == 422
    assert "已免去" in text_of(client, "/chasing/look-backs?when=done")


def test_recurrences_have_a_page(story: Story, client: FlaskClient) -> None:
    assert "没有复发的隐患" in text_of(enter(client, story, "head"), "/chasing/recurrences")
