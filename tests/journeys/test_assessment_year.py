"""A year of assessment in the browser: a county reports, two assessors decide, it appeals, a leader publishes."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from tests.assessments.course import SHAWAN, WUSU, Year, accept_all, everybody, fill_in, open_year, people, sign_all
from tests.journeys.desk import picture, sit_down
from tests.reporting.stock import fill

Visitor = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def year(session: Session, clock: datetime) -> Year:
    assert clock.day == 15
    with transaction():
        fill(session)
        users = people(session)
    made = open_year(session, users)
    session.rollback()
    return made


def test_a_county_is_assessed_from_its_own_report_to_the_published_sheet(
    visitor: Visitor, year: Year, assert_accessible: Check
) -> None:
    base = f"/assessments/course/{year.reference}"
    assessor, second, clerk, leader = (
        sit_down(visitor(), year.users[name]) for name in ("assessor", "second", "clerk", "leader")
    )
    assessor.goto(base)
    assessor.get_by_role("button", name="开始自评").click()
    expect(assessor.locator("main")).to_contain_text("县级自评")
    reports(clerk, base, assert_accessible)
    the_others_report(year)
    reviews(assessor, base, assert_accessible)
    confirms(second)
    accept_all(year)
    year.session.rollback()
    announces(assessor, base)
    appeals(clerk, assessor, leader, base)
    sign_all(year)
    year.session.rollback()
    publishes(leader, base, assert_accessible)
    clerk.goto(f"{base}/{WUSU}")
    expect(clerk.locator("main")).to_contain_text(year.sheet().digest)
    expect(clerk.locator("main")).to_contain_text("核对销号单，其中六项属实")
    expect(clerk.get_by_role("button", name="报送自评")).to_have_count(0)
    assert year.sheet(SHAWAN).locked


def reports(clerk: Page, base: str, assert_accessible: Check) -> None:
    clerk.goto("/")
    clerk.get_by_role("link", name=re.compile("填报并报送自评")).click()
    clerk.get_by_role("link", name=re.compile("A-1 按期销号率")).click()
    clerk.get_by_label("完成数").fill("14")
    clerk.get_by_label("说明").fill("十项录入滞后，销号单见附件")
    assert_accessible(clerk)
    clerk.get_by_role("button", name="保存，填下一项").click()
    expect(clerk).to_have_url(re.compile("/A-2$"))
    clerk.goto(f"{base}/{WUSU}/A-3")
    clerk.get_by_label("是否做到").fill("1")
    clerk.get_by_role("button", name="保存", exact=True).click()
    clerk.set_input_files("[name=file]", picture())
    clerk.get_by_role("button", name="上传", exact=True).click()
    expect(clerk.locator(".photo")).to_have_count(1)
    clerk.goto(f"{base}/{WUSU}/A-4")
    clerk.get_by_label("迟").fill("0")
    clerk.get_by_label("瞒").fill("0")
    clerk.get_by_role("button", name="保存", exact=True).click()
    clerk.goto(f"{base}/{WUSU}")
    assert_accessible(clerk)
    clerk.once("dialog", lambda dialog: dialog.accept())
    clerk.get_by_role("button", name="报送自评").click()
    expect(clerk.locator("main")).to_contain_text("自评已报送")


def the_others_report(year: Year) -> None:
    for code in everybody(year):
        if code != WUSU:
            fill_in(year, code)
    year.session.rollback()


def reviews(assessor: Page, base: str, assert_accessible: Check) -> None:
    assessor.goto(base)
    assessor.get_by_role("button", name="转入评审").click()
    assessor.goto(f"{base}/{WUSU}/A-3")
    assessor.get_by_label("采纳自评").check()
    assessor.get_by_role("button", name="保存，看下一项待办").click()
    expect(assessor).to_have_url(re.compile("/A-4$"))
    assessor.get_by_label("采纳自评").check()
    assessor.get_by_role("button", name="保存处理").click()
    assessor.goto(f"{base}/{WUSU}/A-1")
    expect(assessor.locator("main")).to_contain_text("与机算相差较大")
    assessor.get_by_label("改为多少分").fill("4.5")
    assessor.get_by_label("改动理由").fill("核对销号单，其中六项属实")
    assert_accessible(assessor)
    assessor.get_by_role("button", name="提出改动").click()
    expect(assessor.locator("main")).to_contain_text("须由提出人以外的第二人复核")
    expect(assessor.get_by_role("button", name="复核同意")).to_have_count(0)


def confirms(second: Page) -> None:
    second.goto("/assessments/course")
    second.get_by_role("link", name=re.compile("复核别人提出的改动")).click()
    second.get_by_role("link", name=re.compile("A-1 按期销号率")).click()
    second.get_by_role("button", name="复核同意").click()
    expect(second.locator("main")).to_contain_text("已改动")


def announces(assessor: Page, base: str) -> None:
    assessor.goto(base)
    assessor.once("dialog", lambda dialog: dialog.accept())
    assessor.get_by_role("button", name="冻结数据").click()
    expect(assessor.locator("main")).to_contain_text("数据已冻结")
    assessor.get_by_role("button", name="公布评审结果").click()


def appeals(clerk: Page, assessor: Page, leader: Page, base: str) -> None:
    clerk.goto(f"{base}/{WUSU}/A-2")
    clerk.get_by_label("申诉理由").fill("重大隐患一项已销号，请复核")
    clerk.get_by_role("button", name="提出申诉").click()
    leader.goto(base)
    expect(leader.locator("#left")).to_contain_text("申诉没有答复")
    assessor.goto(f"{base}/{WUSU}/A-2")
    assessor.get_by_label("维持原评分").check()
    assessor.get_by_role("group", name="结论").wait_for()
    assessor.locator("#answer-answer").fill("复查未通过，维持原评分")
    assessor.get_by_role("button", name="答复", exact=True).click()
    expect(assessor.locator("main")).to_contain_text("维持原评分")


def publishes(leader: Page, base: str, assert_accessible: Check) -> None:
    leader.goto(base)
    assert_accessible(leader)
    leader.once("dialog", lambda dialog: dialog.accept())
    leader.get_by_role("button", name="发布", exact=True).click()
    expect(leader.locator("main")).to_contain_text("已发布")
