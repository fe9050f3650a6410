"""Registers in the browser: lists, entries by hand, history, files, figures with their rows."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.registers.models import RegisterEntry, RegisterImport
from tests.accounts.factories import make_user, sign_in
from tests.registers.factories import add_shelter, county, plain_file, township

pytestmark = pytest.mark.usefixtures("clock")
DAY = "2026-06-15"
SHELTERS = "/registers/shelters"


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, county(session))
    sign_in(client, user)
    return client


@pytest.fixture
def shelter(session: Session) -> Iterator[str]:
    with transaction():
        reference = add_shelter(session, contact_phone="13900001234", level="县级").reference
    yield reference
    session.rollback()


def text(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def form(session: Session, **over: str) -> dict[str, str]:
    values = {"name": "湖滨公园", "region_id": str(township(session).id), "capacity": "800", "as_of": DAY}
    session.rollback()
    return {**values, **over}


def version(session: Session, model: type[RegisterEntry | RegisterImport]) -> str:
    found = session.scalar(select(model.version))
    session.rollback()
    return str(found)


def upload(client: FlaskClient, session: Session, folder: Path, *rows: list[object], **over: str) -> TestResponse:
    head = ["场所名称", "乡镇", "可容纳人数"]
    content = plain_file(folder / "场所.xlsx", head, *rows).read_bytes()
    data = {"county_id": str(county(session).id), "as_of": DAY, "file": (BytesIO(content), "场所.xlsx"), **over}
    session.rollback()
    return client.post(f"{SHELTERS}/imports", data=data)


def sheet(answer: TestResponse, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return book.get_sheet_by_name(name).to_python()


def test_the_page_of_all_registers_tells_unknown_from_none(clerk: FlaskClient, shelter: str) -> None:
    said = text(clerk.get("/registers"))
    assert shelter not in said
    assert "应急避难场所 在册 1 2026-06-15 ● 正常" in said
    assert "地震应急演练 活动 — — ○ 从未报过" in said


def test_an_entry_is_added_changed_and_ended_by_hand(clerk: FlaskClient, session: Session) -> None:
    added = clerk.post(f"{SHELTERS}/new", data=form(session, public="yes", area_m2="12.50"))
    assert added.status_code == 302
    entry = session.scalars(select(RegisterEntry)).one()
    assert entry.values == {"name": "湖滨公园", "capacity": "800", "area_m2": "12.5", "public": True}
    session.rollback()
    changed = form(session, capacity="900", version=version(session, RegisterEntry))
    assert clerk.post(f"{added.location}/edit", data=changed).status_code == 302
    said = text(clerk.get(added.location))
    assert "可容纳人数： 800 → 900" in said
    ended = {"ended_on": DAY, "version": version(session, RegisterEntry)}
    assert clerk.post(f"{added.location}/end", data=ended).status_code == 302
    assert "起已结束" in text(clerk.get(added.location))
    assert "湖滨公园" not in text(clerk.get(SHELTERS))
    assert "湖滨公园" in text(clerk.get(f"{SHELTERS}?ended=1"))


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"name": ""}, "必填，不能为空。"),
        ({"capacity": "-5"}, "不能小于 0。"),
        ({"area_m2": "NaN"}, "不是一个确定的数。"),
        ({"area_m2": "1e300"}, "不能大于 1000000000000。"),
        ({"contact_phone": "123"}, "不像电话号码。"),
        ({"as_of": "2026-06-16"}, "数据日期不能晚于今天。"),
        ({"updated_on": "2026-06-16"}, "日期还没有到。"),
        ({"region_id": ""}, "请选择地区。"),
        ({"name": "人民广场避难场所"}, "已经登记过"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    clerk: FlaskClient, session: Session, shelter: str, over: dict[str, str], told: str
) -> None:
    answer = clerk.post(f"{SHELTERS}/new", data=form(session, **over))
    assert answer.status_code == 422
    assert told in text(answer)
    assert session.scalars(select(RegisterEntry.reference)).all() == [shelter]


def test_invisible_characters_are_not_kept(clerk: FlaskClient, session: Session) -> None:
    clerk.post(f"{SHELTERS}/new", data=form(session, address="\u200b人民路\x00 1 号 "))
    assert session.scalars(select(RegisterEntry)).one().values["address"] == "人民路 1 号"


def test_a_page_drawn_before_somebody_else_changed_the_entry_is_stale(
    clerk: FlaskClient, session: Session, shelter: str
) -> None:
    answer = clerk.post(f"/registers/entries/{shelter}/edit", data=form(session, version="0"))
    assert answer.status_code == 409


def test_a_form_carries_what_is_known(clerk: FlaskClient, shelter: str) -> None:
    page = clerk.get(f"/registers/entries/{shelter}/edit").get_data(as_text=True)
    assert 'value="人民广场避难场所"' in page
    assert 'value="4500.5"' in page
    assert 'value="13900001234"' in page


def test_telephone_numbers_are_masked_in_lists_pages_and_files(clerk: FlaskClient, shelter: str) -> None:
    for address in (SHELTERS, f"/registers/entries/{shelter}"):
        assert "13900001234" not in text(clerk.get(address))
    rows = sheet(clerk.get(f"{SHELTERS}/export.xlsx"), "应急避难场所")
    assert "139****1234" in rows[3]
    assert rows[3][0] == shelter


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", True), ("?text=广场", True), ("?text=公园", False), ("?level=县级", True), ("?level=村级", False),
        ("?region=654202", True), ("?region=654202101", False), ("?on=2026-06-14", False), ("?on=2026-06-15", True),
        ("?fact=updated&part=numerator", True), ("?fact=drilled&part=numerator", False),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(clerk: FlaskClient, shelter: str, asked: str, found: bool) -> None:  # noqa: FBT001
    assert (shelter in text(clerk.get(f"{SHELTERS}{asked}"))) is found


@pytest.mark.parametrize(
    ("asked", "status"), [("?on=gestern", 422), ("?on=2026-06-16", 422), ("?fact=none", 404), ("?region=999999", 404)]
)
def test_a_filter_that_makes_no_sense_is_refused(clerk: FlaskClient, asked: str, status: int) -> None:
    assert clerk.get(f"{SHELTERS}{asked}").status_code == status


def test_an_unknown_register_is_not_found(clerk: FlaskClient) -> None:
    assert clerk.get("/registers/unicorns").status_code == 404


def test_the_list_goes_on_to_the_next_page(clerk: FlaskClient, session: Session) -> None:
    with transaction():
        for number in range(53):
            add_shelter(session, f"第{number:02}场所")
    first = clerk.get(SHELTERS).get_data(as_text=True)
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    rest = text(clerk.get(following[1].replace("&amp;", "&")))
    assert ("第49场所" in text(clerk.get(SHELTERS)), "第49场所" in rest, "第52场所" in rest) == (True, False, True)


def test_a_file_is_uploaded_looked_at_imported_and_undone(
    clerk: FlaskClient, session: Session, tmp_path: Path, shelter: str
) -> None:
    place = township(session).name
    sent = upload(clerk, session, tmp_path, ["人民广场避难场所", place, 3500], ["湖滨公园", place, "约80人"])
    assert sent.status_code == 302, text(sent)
    page = text(clerk.get(sent.location))
    assert "不是一个确定的数" in page
    assert "可容纳人数： 3000 → 3500" in text(clerk.get(f"{sent.location}?group=update"))
    assert "约80人" in clerk.get(f"{sent.location}/plan.csv").get_data(as_text=True)
    step = {"version": version(session, RegisterImport)}
    assert clerk.post(f"{sent.location}/apply", data=step).status_code == 409
    assert clerk.post(f"{sent.location}/apply", data={**step, "good_rows_only": "y"}).status_code == 302
    assert "3500" in text(clerk.get(f"/registers/entries/{shelter}"))
    undo = {"version": version(session, RegisterImport), "reason": "报错了"}
    assert clerk.post(f"{sent.location}/undo", data={**undo, "reason": ""}).status_code == 422
    assert clerk.post(f"{sent.location}/undo", data=undo).status_code == 302
    assert "已撤销" in text(clerk.get(sent.location))
    assert session.scalars(select(RegisterEntry)).one().values["capacity"] == "3000"


def test_what_stands_in_the_way_of_undoing_is_listed(
    clerk: FlaskClient, session: Session, tmp_path: Path, shelter: str
) -> None:
    sent = upload(clerk, session, tmp_path, ["人民广场避难场所", township(session).name, 3500])
    clerk.post(f"{sent.location}/apply", data={"version": version(session, RegisterImport)})
    changed = form(session, name="人民广场避难场所", version=version(session, RegisterEntry))
    clerk.post(f"/registers/entries/{shelter}/edit", data=changed)
    page = text(clerk.get(sent.location))
    assert "不能整批撤销" in page
    assert shelter in page


def test_a_file_that_cannot_be_read_is_refused_on_the_page(clerk: FlaskClient, session: Session) -> None:
    data = {"county_id": str(county(session).id), "as_of": DAY, "file": (BytesIO(b"%PDF-1.7"), "台账.xlsx")}
    session.rollback()
    answer = clerk.post(f"{SHELTERS}/imports", data=data)
    assert answer.status_code == 422
    assert "无法" in text(answer) or "不" in text(answer)
    assert session.scalars(select(RegisterImport)).all() == []


def test_nothing_to_report_is_reported_in_one_click(clerk: FlaskClient, session: Session) -> None:
    data = {"county_id": str(county(session).id), "as_of": DAY}
    session.rollback()
    assert clerk.post("/registers/plans/zero", data=data).status_code == 422
    done = clerk.post("/registers/plans/zero", data={**data, "sure": "y"})
    assert "零报告：截至 2026-06-15 没有这一类。" in text(clerk.get(done.location))
    assert "地震应急预案 在册 0 2026-06-15 ● 正常" in text(clerk.get("/registers"))
    assert clerk.post("/registers/plans/zero", data={**data, "sure": "y"}).status_code == 409


def test_figures_lead_to_the_entries_they_count(clerk: FlaskClient, shelter: str) -> None:
    page = clerk.get(f"{SHELTERS}/facts").get_data(as_text=True)
    links = [each.replace("&amp;", "&") for each in re.findall(r'href="(/registers/shelters\?[^"]*fact=[^"]+)"', page)]
    assert links
    assert all(clerk.get(link).status_code == 200 for link in links)
    (updated,) = [each for each in links if "fact=updated" in each and "numerator" in each]
    assert shelter in text(clerk.get(updated))


def test_figures_of_a_past_day_are_those_of_that_day(clerk: FlaskClient, shelter: str) -> None:
    assert shelter
    assert "还没有报过" in text(clerk.get(f"{SHELTERS}/facts?on=2026-06-14"))


def test_the_template_offers_townships_words_and_instructions(
    clerk: FlaskClient, session: Session, shelter: str
) -> None:
    answer = clerk.get(f"{SHELTERS}/template.xlsx")
    rows = sheet(answer, "应急避难场所")
    assert rows[0][:3] == ["编号", "场所名称*", "乡镇（街道）*"]
    assert rows[1][:2] == [shelter, "人民广场避难场所"]
    assert [township(session).name] in sheet(answer, "选项")
    assert any("零报告" in str(cell) for row in sheet(answer, "填表说明") for cell in row)
    blank = sheet(clerk.get(f"{SHELTERS}/template.xlsx?blank=1"), "应急避难场所")
    assert len(blank) == 1


def test_an_export_comes_back_without_a_change(clerk: FlaskClient, session: Session, shelter: str) -> None:
    assert shelter
    exported = clerk.get(f"{SHELTERS}/export.xlsx").data
    data = {"county_id": str(county(session).id), "as_of": DAY, "file": (BytesIO(exported), "导出.xlsx")}
    session.rollback()
    sent = clerk.post(f"{SHELTERS}/imports", data=data)
    assert sent.status_code == 302, text(sent)
    counts = session.scalars(select(RegisterImport)).one().counts
    assert {name: n for name, n in counts.items() if n and name != "ignored"} == {"unchanged": 1}


def test_somebody_of_the_prefecture_sees_all_counties_side_by_side(client: FlaskClient, session: Session) -> None:
    with transaction():
        officer = make_user(session, Role.PREFECTURE_OFFICER, county(session, "6542"))
        add_shelter(session)
        add_shelter(session, "额敏广场", "654221")
    sign_in(client, officer)
    assert "○ 从未报过 5 县" in text(client.get("/registers"))
    said = text(client.get(f"{SHELTERS}/facts"))
    assert "乌苏市 1" in said
    assert {"额敏广场" in text(client.get(f"{SHELTERS}?region={code}")) for code in ("654221", "654202")} == {
        True,
        False,
    }
