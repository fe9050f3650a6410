"""A bulletin in a browser: figures taken, a name put into the text, sent, issued, opened by a county."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from tests.accounts.factories import PASSWORD
from tests.hazards.stories import Story, stage

pytestmark = pytest.mark.usefixtures("clock")
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def story(session: Session) -> Story:
    with transaction():
        story = stage(session)
        with core_clock.set_to(core_clock.now() - timedelta(days=36)):
            story.reach("closed", description="外廊抗震墙开洞")
            story.reach("rectifying", description="楼梯间填充墙开裂")
        return story


def sit(page: Page, story: Story, who: str) -> None:
    login = story.session.get_one(User, getattr(story.cast, who).id).login
    story.session.rollback()
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator(".person")).to_be_visible()


def test_a_bulletin_is_written_issued_and_opened_to_the_last_row(
    visitor: Callable[..., Page], story: Story, assert_accessible: Callable[[Page], None]
) -> None:
    page = visitor()
    sit(page, story, "officer")
    page.goto("/bulletins")
    page.get_by_role("link", name="起草第一份").click()
    page.get_by_label("月份").select_option("2026-05")
    assert_accessible(page)
    page.get_by_role("button", name="取数起草").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026年5月防震减灾隐患排查整改情况的通报")
    assert_accessible(page)
    reference = page.url.rpartition("/")[2]
    page.get_by_role("link", name="修改文字").click()
    text = page.locator("[name=requirement]")
    text.fill("还有隐患条没有整改。")
    text.evaluate("field => field.setSelectionRange(4, 4)")
    card = page.locator(".wording", has=text)
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="逾期未改 1", exact=True).press("Enter")
    expect(text).to_have_value("还有隐患【逾期未改】条没有整改。")
    assert_accessible(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".bulletin")).to_contain_text("还有隐患1条没有整改。")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="送签发").click()
    expect(page.locator(".flashes")).to_contain_text("已送签发")

    sit(page, story, "leader")
    page.goto(f"/bulletins/{reference}")
    page.get_by_role("link", name="核对并签发").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="签发", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("文书已发出")

    page.set_viewport_size(PHONE)
    sit(page, story, "clerk")
    page.get_by_role("link", name="2026年5月防震减灾隐患排查整改情况的通报").click()
    page.locator(".bulletin").get_by_role("link", name="1", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("逾期未改")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.get_by_role("link", name="YH-654202").click()
    expect(page.locator("main")).to_contain_text("楼梯间填充墙开裂")
