"""Earthquake mode through the browser: opened, looked at, printed, held up, sent out, ended."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.campaigns.models import Campaign
from inspect_app.core.database import transaction
from inspect_app.emergencies.estimate import estimate
from inspect_app.emergencies.holding import hazards_to_hold, hold_hazards
from inspect_app.emergencies.intensity import MARK
from inspect_app.emergencies.models import Emergency
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import by_code, townships_of
from tests.accounts.factories import make_user, sign_in
from tests.emergencies.scenes import make_emergency, make_quake, make_sites, site_at
from tests.emergencies.test_holding import hazard_at
from tests.hazards.stories import stage
from tests.inspections.factories import make_team
from tests.test_scope import text_of

pytestmark = pytest.mark.usefixtures("clock")
OPENED = {"least_intensity": "6", "relation": "", "axis": "", "pause_until": "2026-06-30"}


def sit(client: FlaskClient, session: Session, role: Role = Role.PREFECTURE_OFFICER, region: str = "6542") -> None:
    client.delete_cookie("session")
    with transaction():
        user = make_user(session, role, by_code(session, region))
    sign_in(client, user)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.get_data(as_text=True)[-800:])
    return answer.get_data(as_text=True)


def version(session: Session) -> int:
    session.rollback()
    return session.scalars(select(Emergency.version)).one()


def test_an_emergency_goes_from_its_opening_to_its_end(client: FlaskClient, session: Session) -> None:
    with transaction():
        made, quake = make_sites(session), make_quake(session).reference
        hazard = hazard_at(stage(session), made.far, grade=Grade.GENERAL)
        make_team(session, "654202", 2)
        names, reference, due = (made.near.name, made.far.name, made.nowhere.name), hazard.reference, hazard.due_on
    sit(client, session)
    assert "为一次地震启动应急" in page(client, "/emergencies")
    assert quake in page(client, "/emergencies/new")
    assert f"/emergencies/new?quake={quake}" in page(client, f"/quakes/{quake}")
    opened = client.post("/emergencies/new", data={**OPENED, "quake": quake})
    address = opened.location
    shown = page(client, address)
    assert all(name in shown for name in (*names, MARK, "位置未知", "俞言祥", "长轴方向未知"))
    assert shown.count("<ellipse") == 2
    assert address in page(client, "/")
    assert address in page(client, f"/quakes/{quake}")
    assert client.post(f"{address}/hold", data={"version": "1"}).status_code == 302
    assert reference in page(client, f"{address}/held")
    sent = client.post(f"{address}/check", data={"most": "10", "teams": "county"})
    assert sent.status_code == 302
    assert "已生成 2 次应急核查" in page(client, address)
    campaign = session.scalars(select(Campaign.reference)).one()
    assert f"/campaigns/{campaign}" in page(client, address)
    ended = {"version": str(version(session)), "reason": "核查完毕"}
    assert client.post(f"{address}/finish/end", data=ended).status_code == 302
    over = page(client, address)
    assert "已结束" in over
    assert "停止计时并推后检查" not in over
    session.rollback()
    session.refresh(hazard)
    assert hazard.due_on == due


def test_every_page_and_file_with_an_intensity_says_that_it_is_an_estimate(
    client: FlaskClient, session: Session
) -> None:
    with transaction():
        made = make_sites(session)
        reference = make_emergency(session).reference
        near, nowhere = made.near.name, made.nowhere.name
    sit(client, session)
    for part in ("", "/held", "/check"):
        assert MARK in page(client, f"/emergencies/{reference}{part}"), part
    book = text_of(client.get(f"/emergencies/{reference}/sites.xlsx"))
    assert all(word in book for word in (MARK, near, nowhere, "位置未知", "Ⅶ"))


def test_teams_by_hand_and_what_is_missing(client: FlaskClient, session: Session) -> None:
    with transaction():
        make_sites(session)
        team = [user.id for user in make_team(session, "654202", 2)]
        reference = make_emergency(session).reference
    sit(client, session)
    address = f"/emergencies/{reference}/check"
    nobody = client.post(address, data={"most": "10", "teams": "chosen"})
    assert (nobody.status_code, "给检查员选组" in nobody.get_data(as_text=True)) == (422, True)
    chosen = {f"team-{key}": "1" for key in team}
    assert client.post(address, data={"most": "1", "teams": "chosen", **chosen}).status_code == 302


def test_an_exercise_shows_the_estimate_and_offers_nothing_real(client: FlaskClient, session: Session) -> None:
    with transaction():
        made = make_sites(session)
        reference = make_emergency(session, quake=make_quake(session, exercise=True)).reference
        near = made.near.name
    sit(client, session)
    shown = page(client, f"/emergencies/{reference}")
    assert "这是演练" in shown
    assert near in shown
    assert "派人应急核查" not in shown
    assert client.get(f"/emergencies/{reference}/check").status_code == 409
    assert client.post(f"/emergencies/{reference}/hold", data={"version": "1"}).status_code == 409


def test_wrong_settings_are_said_at_their_fields(client: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session)
        reference = quake.reference
        made = make_emergency(session, quake=make_quake(session)).reference
    sit(client, session)
    late = client.post("/emergencies/new", data={**OPENED, "quake": reference, "pause_until": "2026-06-15"})
    assert (late.status_code, "晚于今天" in late.get_data(as_text=True)) == (422, True)
    none = client.post("/emergencies/new", data={**OPENED, "quake": "DZ-nothing"})
    assert (none.status_code, "请选择一次地震" in none.get_data(as_text=True)) == (422, True)
    turned = client.post(f"/emergencies/{made}/adjust", data={**OPENED, "axis": "200", "version": "1"})
    assert turned.status_code == 422
    assert client.post(f"/emergencies/{made}/adjust", data={**OPENED, "axis": "90", "version": "1"}).status_code == 302
    assert "长轴方向未知" not in page(client, f"/emergencies/{made}")
    assert client.post(f"/emergencies/{made}/finish/end", data={"version": "2", "reason": ""}).status_code == 422
    assert client.post(f"/emergencies/{made}/finish/end", data={"version": "1", "reason": "完"}).status_code == 409


def test_a_county_sees_its_own_sites_and_may_not_lead(client: FlaskClient, session: Session) -> None:
    with transaction():
        made = make_sites(session)
        reference, near = make_emergency(session).reference, made.near.name
    sit(client, session, Role.COUNTY_HEAD, "654202")
    shown = page(client, f"/emergencies/{reference}")
    assert near in shown
    assert "停止计时并推后检查" not in shown
    assert client.get("/emergencies/new").status_code == 403
    for role, region in ((Role.COUNTY_HEAD, "654221"), (Role.PREFECTURE_OFFICER, "6543")):
        sit(client, session, role, region)
        assert client.get(f"/emergencies/{reference}").status_code == 404
        assert reference not in page(client, "/emergencies")


def test_a_neighbour_sees_it_once_it_concerns_them_and_their_own_sites_alone(
    client: FlaskClient, session: Session
) -> None:
    with transaction():
        made, story = make_sites(session), stage(session)
        township = townships_of(session, by_code(session, "654221").id)[0].code
        there = site_at(session, 20, code=township)
        hazard = hazard_at(story, there)
        hazard.county_id = hazard.region_id = there.county_id
        emergency = make_emergency(session)
        told = estimate(session, SYSTEM, emergency)
        hold_hazards(session, SYSTEM, emergency, hazards_to_hold(session, emergency, told))
        reference, near, own = emergency.reference, made.near.name, there.name
    sit(client, session, Role.COUNTY_HEAD, "654221")
    shown = page(client, f"/emergencies/{reference}")
    assert (own in shown, near in shown) == (True, False)


def test_hazards_that_may_not_stand_still_are_listed_with_their_reason(client: FlaskClient, session: Session) -> None:
    with transaction():
        made = make_sites(session)
        hazard = hazard_at(stage(session), made.near, State.RECTIFYING)
        hazard.listed = True
        reference, key = make_emergency(session).reference, hazard.reference
    sit(client, session)
    client.post(f"/emergencies/{reference}/hold", data={"version": "1"})
    told = re.sub(r"\s+", " ", page(client, f"/emergencies/{reference}/held"))
    assert re.search(rf"不能停止计时的.*{key}.*没有权限", told)
