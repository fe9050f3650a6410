"""Pages for leaders: counties side by side, the scorecard, trends, pairs, other schemes, ways up and joint scores."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.audit.service import record
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.reporting.stock import TODAY, days, fill, put

EVERY = ("", "/654202", "/trends", "/compare", "/schemes", "/roll-up", "/654202/ways-up", "/roll-up?region=654202")


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return {**fill(session), "prefecture": by_code(session, "6542"), "province": by_code(session, "65")}


def enter(session: Session, client: FlaskClient, role: Role, region: Region | None) -> User:
    with transaction():
        person = make_user(session, role, region)
    sign_in(client, person)
    return person


def page(client: FlaskClient, address: str = "") -> str:
    answer = client.get(f"/assessments{address}")
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.get_data(as_text=True))


def flask(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["assessments", *words])
    assert result.exit_code == 0, result.output
    return str(result.output)


def row_of(text: str, name: str) -> str:
    start = text.index(f">{name}</a>")
    return text[start : text.index("</tr>", start)]


def test_a_prefecture_sees_its_counties_with_ranks_and_grades(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    text = page(client)
    assert text.count('scope="row" class="whose"><a') == 7
    assert "暂计" in text
    assert "平均得分率" in text
    assert "没有存档，暂时无法比较" in text


def test_a_county_sees_itself_alone_and_is_told_no_rank(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.COUNTY_HEAD, counties["wusu"])
    for address in EVERY:
        assert "沙湾" not in page(client, address), address
    assert "名次在考核结果发布后告知" in page(client, "/654202")
    assert "对比需要至少两个" in page(client, "/compare")
    for address in ("/654203", "/654203/ways-up", "/roll-up?region=6542", "?region=6542", "/trends?region=654203"):
        assert client.get(f"/assessments{address}").status_code == 404, address


def test_the_grade_does_not_depend_on_who_looks(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    told = []
    for role, region in ((Role.COUNTY_HEAD, "wusu"), (Role.PREFECTURE_LEADER, "prefecture")):
        enter(session, client, role, counties[region])
        strip = page(client, "/654202").partition("strip-of")[2].partition("</div>")[0]
        told.append((re.findall(r"<b>([\d.]+)", strip)[0], re.findall(r"</i>([^<]+)", strip)[0]))
        client.post("/sign-out")
    assert told[0] == told[1]


def test_a_province_sees_prefectures_from_what_was_kept(
    app: Flask, session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["province"])
    assert "还没有存档的得分" in row_of(page(client), "塔城地区")
    with transaction():
        make_user(session, Role.ASSESSOR, counties["prefecture"])
    assert "新存 7 个" in flask(app, "keep")
    row = row_of(page(client), "塔城地区")
    assert "7 / 7" in row
    assert re.search(r"<b>[\d.]+</b>", row)
    assert "0 / " in row_of(page(client), "乌鲁木齐市")
    assert page(client, "?region=6542").count("heat-list") == 1
    for address in ("/trends", "/compare", "/schemes"):
        assert "请先选定" in page(client, address), address
    assert "塔城地区" in page(client, "/roll-up")


def test_a_month_is_kept_once_for_prefectures_where_somebody_works(
    app: Flask, session: Session, counties: dict[str, Region]
) -> None:
    assert counties
    assert "新存 0 个" in flask(app, "keep")
    with transaction():
        make_user(session, Role.COUNTY_CLERK, counties["yumin"])
    assert "2026-05" in flask(app, "keep")
    assert '"kept": 0' in flask(app, "keep", "--json")
    kept = session.scalars(select(ScoreSnapshot)).all()
    assert {each.kept_for for each in kept} == {"2026-05"}
    assert len(kept) == 7
    assert all(each.full > 0 for each in kept if each.score is not None)
    with core_clock.set_to(core_clock.now() + timedelta(days=31)):
        assert "新存 7 个" in flask(app, "keep")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 14


def test_movement_is_told_against_the_month_before(
    app: Flask, session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    with core_clock.set_to(core_clock.now() + timedelta(days=16)):
        enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
        flask(app, "keep")
        with transaction():
            for _ in range(3):
                put(session, counties["shawan"], State.RECTIFYING, due_on=days(-1))
            record(session, SYSTEM, "hazard.edit", kind="hazard", id=1, region_id=counties["shawan"].id)
        text = page(client)
    assert "与 2026-06 的存档相比" in text
    assert "期内按期销号率" in text.partition("新近转红")[2]
    assert '<b class="late">−' in row_of(text, "沙湾市")


def test_trends_have_their_table(
    app: Flask, session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    assert "还没有存档的得分" in page(client, "/trends")
    flask(app, "keep")
    text = page(client, "/trends?county=654202")
    assert "2026-05" in text
    assert text.count('class="as-table"') == 2
    assert '<th scope="col" class="num">乌苏市</th>' in text


def test_two_counties_are_compared_line_by_line(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    text = page(client, "/compare?one=654202&other=654203")
    assert "乌苏市 与 沙湾市" in text
    assert 'href="/assessments/654203?period=2026#M2-04"' in text
    assert client.get("/assessments/compare?one=371502").status_code == 404


def test_another_scheme_is_tried_and_nothing_is_kept(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    text = page(client, "/schemes?other=XINXIANG&period=2025")
    assert text.count('<th scope="row" class="nowrap">') >= 7
    assert client.get("/assessments/schemes?other=TOWNSHIP").status_code == 422
    assert client.get("/assessments/schemes?other=NONE").status_code == 404
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 0


def test_ways_up_list_steps_that_lead_somewhere(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.COUNTY_HEAD, counties["wusu"])
    text = page(client, "/654202/ways-up")
    assert "还能办的事" in text
    assert "要办的事" in text or 'class="empty"' in text
    assert "<small>还能办的事</small><b>0</b>" in page(client, "/654202/ways-up?period=2025")


def test_joint_scores_name_who_is_left_out(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    text = page(client, "/roll-up")
    assert "14.3%" in text
    assert "等权" in text
    assert "南苑街道" in page(client, "/roll-up?region=654202") or "没有可以汇总" in page(
        client, "/roll-up?region=654202"
    )


@pytest.mark.parametrize("address", EVERY)
def test_every_page_says_what_is_wrong_with_a_year(
    session: Session, client: FlaskClient, counties: dict[str, Region], address: str
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    mark = "&" if "?" in address else "?"
    answer = client.get(f"/assessments{address}{mark}period=soon")
    if address != "/trends":
        assert answer.status_code == 422
        assert "四位年份" in answer.get_data(as_text=True)


def test_a_second_look_asks_for_no_facts(
    session: Session, client: FlaskClient, counties: dict[str, Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    first = page(client, "/654202")

    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("inspect_app.assessments.evaluation.gather", refuse)
    csp = re.compile(r'nonce="[^"]+"|(?:content|value)="[^"]{40,}"')
    assert csp.sub("", page(client, "/654202")) == csp.sub("", first)
    with transaction():
        record(session, SYSTEM, "hazard.edit", kind="hazard", id=1, region_id=counties["wusu"].id)
    with pytest.raises(AssertionError):
        client.get("/assessments/654202")


def test_the_overview_of_a_province_names_prefectures(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["province"])
    text = unescape(client.get("/overview").get_data(as_text=True))
    assert "还没有存档的得分" in row_of(text, "塔城地区")
    assert "年度覆盖" not in text


def test_a_draft_is_tried_and_never_kept(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    enter(session, client, Role.ASSESSOR, counties["prefecture"])
    assert "存档本次得分" in page(client)
    assert "存档本次得分" not in page(client, "?scheme=XINXIANG")
    answer = client.post("/assessments/run", data={"period": "2026", "scheme": "XINXIANG", "region": ""})
    assert answer.status_code == 422
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 0
