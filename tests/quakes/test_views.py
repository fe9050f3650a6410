"""Pages: an officer records, one tap reports, both sides are compared, faults are named, the review becomes hazards."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core import clock as time
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.quakes.models import Quake
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.quakes.factories import INSTANT, TACHENG, WUSU, after, make_quake, make_report

VALUES = {
    "occurred_at": "2026-06-15T10:00:00", "magnitude": "3.4", "longitude": "84.7", "latitude": "44.4",
    "place": "乌苏市某乡附近", "source": "中国地震台网速报", "county": WUSU,
}  # fmt: skip


def enter(session: Session, client: FlaskClient, role: Role = Role.PREFECTURE_OFFICER, region: str = TACHENG) -> None:
    with transaction():
        person = make_user(session, role, by_code(session, region))
    sign_in(client, person)


@pytest.fixture
def officer(session: Session, client: FlaskClient) -> Iterator[FlaskClient]:
    with after(2):
        enter(session, client)
        yield client


def kept(session: Session) -> Quake:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Quake).order_by(Quake.id.desc())).first() or pytest.fail("no earthquake")


def reported(client: FlaskClient, quake: Quake, **values: str) -> int:
    return client.post(f"/quakes/{quake.reference}/report", data={"text": "震感明显。", **values}).status_code


def test_recording_starts_the_clocks_and_one_tap_reports(officer: FlaskClient, session: Session) -> None:
    assert "登记" in officer.get("/quakes").get_data(as_text=True)
    assert 'value="2026-06-15T10:02' in officer.get("/quakes/new").get_data(as_text=True)
    assert officer.post("/quakes/new", data=VALUES).status_code == 302
    quake = kept(session)
    text = officer.get(f"/quakes/{quake.reference}").get_data(as_text=True)
    assert "还剩 0 时 28 分 0 秒" in text
    form = re.search(r'action="([^"]+/report)" class="one-button">(.*?)</form>', text, re.DOTALL)
    assert form
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    assert "发生 3.4 级地震" in values["text"]
    with after(12):
        assert officer.post(form[1], data=values).status_code == 302
    assert kept(session).reports[0].made_at == INSTANT + timedelta(minutes=12)
    assert "按时完成" in officer.get(f"/quakes/{quake.reference}").get_data(as_text=True)


def test_what_cannot_be_true_is_told_beside_its_field(officer: FlaskClient) -> None:
    answer = officer.post("/quakes/new", data={**VALUES, "magnitude": "34", "longitude": "8.7", "source": ""})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "请写明参数来自哪里" in text
    answer = officer.post("/quakes/new", data={**VALUES, "magnitude": "34", "occurred_at": "2027-01-01T10:00"})
    text = answer.get_data(as_text=True)
    assert "震级应在 0 到 10 之间" in text


def test_figures_of_both_sides_stand_side_by_side(officer: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session, TACHENG, WUSU)
    assert reported(officer, quake, kind="damage", side="seismic", injured="3", deaths="") == 302
    assert reported(officer, quake, kind="damage", side="emergency", injured="5", relocated="40") == 302
    text = officer.get(f"/quakes/{quake.reference}").get_data(as_text=True)
    assert "不一致" in text
    assert "只有一方" in text
    assert "遇难" not in text.partition("两部门数字核对")[2].partition("违规报送")[0], "unknown is not zero"
    assert reported(officer, quake, kind="damage", injured="-1") == 422


def test_late_reports_are_found_and_a_fault_can_be_named_and_revoked(officer: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session, TACHENG)
    with after(31):
        assert reported(officer, quake, kind="first") == 302
    address = f"/quakes/{quake.reference}"
    assert "超过时限后才报" in officer.get(address).get_data(as_text=True)
    assert officer.post(f"{address}/faults", data={"kind": "false", "reason": ""}).status_code == 422
    named = {"kind": "false", "reason": "伤亡数字与实际不符", "region": TACHENG}
    assert officer.post(f"{address}/faults", data=named).status_code == 302
    key = kept(session).faults[0].id
    assert officer.post(f"{address}/faults/{key}/revoke", data={"reason": "通信中断"}).status_code == 302
    assert "不计" in officer.get(address).get_data(as_text=True)


def test_a_measure_of_the_review_becomes_a_hazard(officer: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session, TACHENG, WUSU)
        make_report(session, quake, ReportKind.FINAL, 10)
    address = f"/quakes/{quake.reference}"
    version = kept(session).version
    with after(20):
        refused = officer.post(f"{address}/review", data={"conclusion": "总体有序", "version": version})
        assert refused.status_code == 422
        assert "请列出整改措施" in refused.get_data(as_text=True)
        measure = {"text": "值班室没有卫星电话", "unit_name": "乌苏市应急管理局", "becomes": "hazard", "county": WUSU}
        assert officer.post(f"{address}/measures", data=measure).status_code == 302
        task = {**measure, "text": "修订预案", "becomes": "obligation", "due_on": "2026-08-01"}
        assert officer.post(f"{address}/measures", data=task).status_code == 302
        done = officer.post(f"{address}/review", data={"conclusion": "总体有序", "version": version})
    assert done.status_code == 302
    hazard = session.scalars(select(Hazard)).one()
    assert (hazard.origin, hazard.origin_reference) == ("after_action", quake.reference)
    assert hazard.reference in officer.get(address).get_data(as_text=True)
    assert kept(session).state == "reviewed"


def test_the_desk_corrects_ends_and_cancels(officer: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session, TACHENG, magnitude=Decimal("2.9"))
    address, values = f"/quakes/{quake.reference}", {**VALUES, "magnitude": "3.1", "reason": "正式测定", "version": "1"}
    assert officer.post(f"{address}/correct", data=values).status_code == 302
    assert [each.code for each in kept(session).clocks] == ["first"]
    assert officer.post(f"{address}/correct", data={**values, "version": "2"}).status_code == 422
    assert reported(officer, quake, kind="first") == 302
    assert officer.post(f"{address}/end", data={"version": kept(session).version}).status_code == 302
    stale = officer.post(f"{address}/cancel", data={"reason": "重复", "version": "1"})
    assert stale.status_code == 409
    done = officer.post(f"{address}/cancel", data={"reason": "重复", "version": kept(session).version})
    assert (done.status_code, kept(session).state) == (302, "cancelled")


def test_receivers_are_ticked_off_on_the_page(officer: FlaskClient, session: Session) -> None:
    with transaction():
        quake = make_quake(session, TACHENG)
        made = make_report(session, quake, ReportKind.FIRST, 2)
    address = f"/quakes/{quake.reference}/reports/{made.id}"
    for more in ({}, {"acknowledged": "y"}):
        assert officer.post(f"{address}/deliveries", data={"receiver": "行署", **more}).status_code == 302
    assert "行署 已签收" in officer.get(f"/quakes/{quake.reference}").get_data(as_text=True)
    assert officer.post(f"{address}/deliveries", data={"receiver": "某报社"}).status_code == 404
    again = officer.post(f"{address}/correct", data={"kind": "first", "side": "seismic", "text": "震中为丙乡。"})
    assert again.status_code == 302


def test_a_clerk_sees_what_happened_in_the_county_and_reports_for_it(session: Session, client: FlaskClient) -> None:
    with transaction():
        here, there = make_quake(session, TACHENG, WUSU), make_quake(session, TACHENG, "654221")
    with after(5):
        enter(session, client, Role.COUNTY_CLERK, WUSU)
        text = client.get("/quakes").get_data(as_text=True)
        assert here.reference in text
        assert there.reference not in text
        assert client.get(f"/quakes/{there.reference}").status_code == 404
        assert client.get("/quakes/new").status_code == 403
        assert reported(client, here, kind="first") == 302
    assert [each.region.code for each in kept(session).reports or here.reports] == [WUSU]


def test_an_anomaly_is_verified_the_same_day(session: Session, client: FlaskClient) -> None:
    with after(0):
        enter(session, client, Role.COUNTY_CLERK, WUSU)
        told = {"what": "水井水位突升", "region": WUSU, "place": "某村三组"}
        assert client.post("/quakes/anomalies/new", data={**told, "place": ""}).status_code == 422
        assert client.post("/quakes/anomalies/new", data={**told, "longitude": "84.7"}).status_code == 422
        made = client.post("/quakes/anomalies/new", data=told)
        address = made.headers["Location"]
        assert "请在今天 24 时前核实" in client.get(address).get_data(as_text=True)
        assert client.post(f"{address}/verify", data={"finding": "natural", "version": "1"}).status_code == 422
    values = {"finding": "natural", "result": "灌溉回灌所致，已到现场查看。", "version": "1"}
    with time.set_to(INSTANT.replace(hour=23, minute=59)):
        enter(session, client, Role.COUNTY_CLERK, WUSU)
        assert client.post(f"{address}/verify", data=values).status_code == 302
        assert "当日核实，没有过夜" in client.get(address).get_data(as_text=True)
        assert "水井水位突升" in client.get("/quakes/anomalies").get_data(as_text=True)
