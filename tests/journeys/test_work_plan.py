"""From a notice to the score: received, reviewed, published, reported by workbook, returned, accepted, counted."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code, ensure_unit
from tests.accounts.factories import make_user
from tests.journeys.desk import picture, sit_down
from tests.workplans.feedback.books import filled

Visitor = Callable[..., Page]
Check = Callable[[Page], None]
NOTICE = """塔城地区抗震救灾指挥部文件
塔地抗震指〔2026〕1号
关于印发《塔城地区2026年防震减灾工作要点》的通知
各县（市）人民政府，地区有关部门：
现将《塔城地区2026年防震减灾工作要点》印发给你们，请抓好落实，并分别于2026年6月15日、11月6日前报送工作完成情况。
一、强化应急准备
（一）完善应急预案。修订本级地震应急预案，明确各方职责。（牵头单位：地区应急管理局；责任单位：各县（市）人民政府）
（二）加强物资保障。健全储备管理制度，确保随时可用。（牵头单位：地区应急管理局；责任单位：各县（市）人民政府）
"""


@pytest.fixture
def people(session: Session, clock: datetime) -> dict[str, User]:
    assert clock.day == 15
    with transaction():
        region, wusu = by_code(session, "6542"), by_code(session, "654202")
        ensure_unit(session, region.id, "地区应急管理局")
        roles = {"officer": (Role.PREFECTURE_OFFICER, region), "clerk": (Role.COUNTY_CLERK, wusu)}
        return {name: make_user(session, role, place) for name, (role, place) in roles.items()}


def test_a_notice_becomes_a_score(
    visitor: Visitor, people: dict[str, User], tmp_path: Path, assert_accessible: Check
) -> None:
    officer, clerk = (sit_down(visitor(), people[name]) for name in ("officer", "clerk"))
    publishes(officer)
    assert "—/0" in line_of(clerk, "M10-03")
    reports_by_workbook(clerk, tmp_path, assert_accessible)
    sends_back(officer, assert_accessible)
    reports_again(clerk, assert_accessible)
    accepts(officer)
    assert "2/2" in line_of(clerk, "M10-03")


def publishes(officer: Page) -> None:
    """Paste the notice, check both tasks against their text, and publish."""
    officer.goto("/workplans/new")
    officer.locator("[name=text]").fill(NOTICE)
    officer.get_by_role("button", name="读取").click()
    expect(officer).to_have_url(re.compile("/workplans/YD-6542-2026-01/review"))
    for left in (1, 0):
        officer.get_by_role("button", name="核对无误").first.click()
        expect(officer.get_by_role("button", name="核对无误")).to_have_count(left)
    officer.once("dialog", lambda dialog: dialog.accept())
    officer.get_by_role("button", name="发布", exact=True).click()
    expect(officer.locator("main")).to_contain_text("已发布")


def line_of(clerk: Page, code: str) -> str:
    """Read a line of the county's scorecard."""
    clerk.goto("/assessments/654202?period=2026")
    return clerk.locator(f"#{code}").inner_text()


def reports_by_workbook(clerk: Page, folder: Path, assert_accessible: Check) -> None:
    """Fetch the workbook, fill in both tasks for the first date, send it and confirm what it would report."""
    clerk.goto("/workplans/mine?pick=")
    expect(clerk.locator("tbody tr")).to_have_count(4)
    assert_accessible(clerk)
    clerk.get_by_role("link", name="用表格报送（塔城地区 2026 年）").click()
    with clerk.expect_download() as started:
        clerk.get_by_role("link", name="下载报送表").click()
    book = folder / started.value.suggested_filename
    started.value.save_as(book)
    first = {"已完成数": 2, "总数": 3, "完成情况": "县级预案已修订，两个乡镇已完成。"}
    clerk.set_input_files("[name=file]", filled(book, first, {}, {"完成情况": "储备库已清点。"}))
    assert_accessible(clerk)
    clerk.get_by_role("button", name="上传并核对").click()
    expect(clerk.locator("main")).to_contain_text("两个乡镇已完成")
    assert_accessible(clerk)
    clerk.get_by_role("button", name="报送这 2 项").click()
    expect(clerk.locator("main")).to_contain_text("已报送 2 项")


def sends_back(officer: Page, assert_accessible: Check) -> None:
    """Return one report with the reason, and accept the other from the list."""
    officer.goto("/")
    officer.get_by_role("link", name=re.compile("待审核 2")).click()
    assert_accessible(officer)
    officer.get_by_role("link", name=re.compile("完善应急预案")).click()
    assert_accessible(officer)
    officer.get_by_text("退回，请应报单位修改").click()
    officer.locator("[name=send_back-reason]").fill("缺少乡镇预案的印发文件")
    officer.get_by_role("button", name="退回", exact=True).click()
    expect(officer.locator("main")).to_contain_text("已退回")
    officer.goto("/workplans/inbox")
    officer.locator("[name=pick][type=checkbox]").check()
    officer.once("dialog", lambda dialog: dialog.accept())
    officer.get_by_role("button", name=re.compile("认可勾选的")).click()
    expect(officer.locator("main")).to_contain_text("已认可 1 项")


def reports_again(clerk: Page, assert_accessible: Check) -> None:
    """Find what was returned, lose the page while typing, and report again with a photo."""
    clerk.goto("/")
    clerk.get_by_role("link", name=re.compile("被退回 1")).click()
    expect(clerk.locator("main")).to_contain_text("缺少乡镇预案的印发文件")
    clerk.get_by_role("link", name=re.compile("完善应急预案")).click()
    clerk.get_by_label("完成情况").fill("三个乡镇预案均已印发，见照片。")
    clerk.wait_for_selector("form[data-keeping]")
    clerk.reload()
    expect(clerk.get_by_label("完成情况")).to_have_value("三个乡镇预案均已印发，见照片。")
    clerk.get_by_label("已完成数").fill("3")
    clerk.set_input_files("[name=files]", picture())
    assert_accessible(clerk)
    clerk.get_by_role("button", name="报送", exact=True).click()
    expect(clerk.locator("main")).to_contain_text("已报，待审核")
    expect(clerk.locator(".photo")).to_have_count(1)


def accepts(officer: Page) -> None:
    """Accept the second report."""
    officer.goto("/workplans/inbox")
    officer.get_by_role("link", name=re.compile("完善应急预案")).click()
    officer.get_by_role("button", name="认可", exact=True).click()
    expect(officer.locator("main")).to_contain_text("已认可")
