"""The main job from a visit to a closed hazard, a moved score and an exported ledger, by six people."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user
from tests.hazards.stories import SIX_PARTS
from tests.inspections.factories import make_visit
from tests.journeys.desk import HazardPage, Sheet, fetch, sit_down

Visitor = Callable[..., Page]
DUE = date(2026, 7, 10)


@dataclass(frozen=True)
class Cast:
    inspector: User
    second: User
    clerk: User
    head: User
    officer: User
    leader: User
    stranger: User
    visit: str


@pytest.fixture
def cast(session: Session, clock: datetime) -> Cast:
    assert clock.day == 15
    with transaction():
        county, prefecture, other = (by_code(session, code) for code in ("654202", "6542", "654221"))
        team = [make_user(session, Role.INSPECTOR, prefecture, name=name) for name in ("陈立群", "马晓宁")]
        visit = make_visit(session, team=team)
        return Cast(
            inspector=team[0],
            second=team[1],
            clerk=make_user(session, Role.COUNTY_CLERK, county, name="刘佳禾"),
            head=make_user(session, Role.COUNTY_HEAD, county, name="方向阳"),
            officer=make_user(session, Role.PREFECTURE_OFFICER, prefecture, name="宋明远"),
            leader=make_user(session, Role.PREFECTURE_LEADER, prefecture, name="李安平"),
            stranger=make_user(session, Role.COUNTY_CLERK, other, name="郑秋实"),
            visit=visit.reference,
        )


def fill_with_two_failures(page: Page, visit: str) -> None:
    page.goto(f"/inspections/{visit}")
    page.get_by_role("button", name="开始检查").click()
    expect(page).to_have_url(re.compile("/fill$"))
    sheet = Sheet(page)
    for item, numerator in {"C03-01": 4, "C03-02": 3, "C03-03": 2, "C03-04": 2}.items():
        sheet.rate(item, numerator, numerator)
    for item in ("C03-05",):
        sheet.choose(item, "no")
    for item in ("C03-06", "C03-15"):
        sheet.choose(item, "na")
    sheet.choose("C03-07", "yes")
    sheet.note("C03-07", "教学楼二层外廊抗震墙开洞未加固")
    sheet.attach("C03-07")
    sheet.choose("C03-08", "no")
    sheet.note("C03-08", "图书室书柜没有固定")
    sheet.attach("C03-08")
    for item in ("C03-09", "C03-10"):
        sheet.choose(item, "yes")
        sheet.attach(item)
    for item in ("C03-11", "C03-16"):
        sheet.choose(item, "yes")
        sheet.attach(item, paper=True)
    sheet.number("C03-12", 9)
    sheet.settled()
    expect(page.locator("#open-count")).to_have_text("2")


def submit(page: Page) -> None:
    page.locator("#finish").click()
    expect(page.locator("#open")).to_contain_text("C03-13")
    page.get_by_role("link", name="C03-13").click()
    sheet = Sheet(page)
    sheet.number("C03-13", 95)
    sheet.choose("C03-14", "yes")
    sheet.settled()
    expect(page.locator("#open-count")).to_have_text("0")
    page.locator("#finish").click()
    page.fill("[name=site_person]", "杨校长")
    page.get_by_role("button", name="提交检查结果").click()
    expect(page.locator(".state.wait").first).to_contain_text("待审核")


def rectify(clerk: HazardPage, head: HazardPage, officer: HazardPage) -> None:
    clerk.open().page.get_by_role("link", name="补充或更正").click()
    for name, text in {
        "fund_amount": "18.6",
        "interim_control": "外廊停用，设置围挡",
        "measures": "拆除后补砌，型钢补强洞口",
    }.items():
        clerk.page.fill(f"[name={name}]", text)
    clerk.page.locator("form button[type=submit]", has_text="保存").click()
    if clerk.open().page.locator(".do").get_by_text("登记", exact=True).count():
        clerk.press("登记")
    head.press("交办", {"due_on": DUE})
    clerk.press("签收")
    plan = {
        "measures": "拆除后补砌，型钢补强洞口四周",
        "fund_amount": "18.6",
        "responsible_leader": "分管副市长",
        "interim_control": "外廊停用，设置围挡",
        **SIX_PARTS,
    }
    clerk.press("报送治理方案", plan)
    officer.press("批准治理方案")
    report_done(clerk)


def report_done(clerk: HazardPage) -> None:
    clerk.upload("after")
    clerk.press("报告整改完成", {"progress": "洞口已用型钢补强", "measure_type": "engineering"})


def recheck(officer: HazardPage, label: str, finding: str, names: list[str]) -> None:
    officer.press("开始复查")
    officer.upload("recheck")
    officer.press(label, {"finding": finding, "recheckers": names})


def points_of(page: Page) -> str:
    page.goto("/assessments/654202")
    return page.locator("main").inner_text()


def test_a_failed_item_becomes_a_hazard_that_is_closed_scored_and_exported(
    cast: Cast, session: Session, visitor: Visitor, assert_accessible: Callable[[Page], None]
) -> None:
    inspector, officer = sit_down(visitor(), cast.inspector), sit_down(visitor(), cast.officer)
    before = points_of(officer)
    fill_with_two_failures(inspector, cast.visit)
    assert_accessible(inspector)
    submit(inspector)

    session.rollback()
    hazards = session.scalars(select(Hazard).order_by(Hazard.item_code)).all()
    assert [(hazard.item_code, hazard.grade) for hazard in hazards] == [("C03-07", "major"), ("C03-08", "general")]
    reference = hazards[0].reference
    at = {name: HazardPage(page, reference) for name, page in {
        "inspector": inspector,
        "officer": officer,
        "clerk": sit_down(visitor(), cast.clerk),
        "head": sit_down(visitor(), cast.head),
        "leader": sit_down(visitor(), cast.leader),
    }.items()}  # fmt: skip
    assert_accessible(at["clerk"].open().page)

    rectify(at["clerk"], at["head"], at["officer"])
    team = ["宋明远", "马晓宁"]
    recheck(at["officer"], "复查不合格", "焊缝还有一处未补", team)
    report_done(at["clerk"])
    recheck(at["officer"], "复查合格，转验收", "问题已经消除", team)
    at["inspector"].upload("proof")
    paper = {"accepted_by_unit": "塔城建设工程质量监督站", "acceptance_paper": "test", "acceptance": "检测合格"}
    at["inspector"].press("验收合格", paper)
    at["leader"].press("销号", {"consent": "同意销号"})
    expect(at["leader"].page.locator(".state.large")).to_contain_text("已销号")
    at["inspector"].press("回头看", {"rebounded": "no", "finding": "没有反弹"})

    assert points_of(officer) != before
    the_ledger_shows_the_row(officer, reference)
    the_neighbour_finds_nothing(sit_down(visitor(), cast.stranger), session, reference, cast.visit)


def the_ledger_shows_the_row(page: Page, reference: str) -> None:
    answer = fetch(page, "/overview/ledger?region=654202")
    assert answer.status == 200
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.body())).get_sheet_by_index(0).to_python()
    row = next(row for row in sheet if reference in row)
    assert "已销号" in row or "是" in row
    assert Decimal("18.6") in [Decimal(str(cell)) for cell in row if isinstance(cell, float)]


def the_neighbour_finds_nothing(page: Page, session: Session, reference: str, visit: str) -> None:
    session.rollback()
    photos = session.scalars(select(Evidence.uuid)).all()
    site = session.scalars(select(Inspection)).one().site.reference
    assert len(photos) >= 6
    addresses = [
        f"/hazards/{reference}",
        f"/hazards/{reference}.json",
        f"/hazards/{reference}/edit",
        f"/hazards/{reference}/steps/accept",
        f"/inspections/{visit}",
        f"/inspections/{visit}/fill",
        f"/inspections/{visit}/answers",
        f"/sites/{site}",
        "/overview/654202",
        "/assessments/654202",
        "/overview/ledger?region=654202",
        *(f"/files/{uuid}" for uuid in photos),
        *(f"/files/{uuid}/thumbnail" for uuid in photos),
    ]
    answers = {address: fetch(page, address).status for address in addresses}
    assert set(answers.values()) <= {403, 404}, answers
    assert {
        status for address, status in answers.items() if address.startswith(("/hazards", "/files", "/overview"))
    } == {404}
    page.goto("/hazards")
    expect(page.locator("main")).not_to_contain_text(reference)
