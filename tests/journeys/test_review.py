"""The review of the notice of 塔城地区 on office screens: marks belong to proposals, and nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code
from inspect_app.workplans.intake import tasks
from inspect_app.workplans.models import WorkPlan
from tests.accounts.factories import make_user, system_actor
from tests.journeys.conftest import Witness
from tests.journeys.desk import sit_down
from tests.workplans.intake.notices import received

SCREENS: tuple[ViewportSize, ...] = (
    {"width": 1366, "height": 900}, {"width": 1280, "height": 800}, {"width": 800, "height": 1280},
)  # fmt: skip
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
REVIEW = "/workplans/YD-6542-2024-01/review"
SELECT = """([place, start, end]) => {
  const said = document.querySelectorAll('[data-task] .said')[place]
  const words = document.createRange()
  words.setStart(said.firstChild, start)
  words.setEnd(said.firstChild, end)
  getSelection().removeAllRanges()
  getSelection().addRange(words)
  said.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }))
}"""


@pytest.fixture
def desk(session: Session, clock: datetime, visitor: Callable[..., Page]) -> Page:
    """Open the review as the officer of 塔城地区."""
    assert clock.year == 2026
    with transaction():
        received(session)
        user = make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542"))
    page = sit_down(visitor(), user)
    page.goto(REVIEW)
    return page


def test_nineteen_tasks_fit_on_every_screen(desk: Page, assert_accessible: Callable[[Page], None]) -> None:
    expect(desk.locator("[data-task]")).to_have_count(19)
    assert_accessible(desk)
    for screen in SCREENS:
        desk.set_viewport_size(screen)
        desk.wait_for_function(FITS)
    desk.set_viewport_size(SCREENS[0])
    said, read = (desk.locator(f"[data-task] .{side}").nth(11).bounding_box() for side in ("said", "read"))
    assert said is not None
    assert read is not None
    assert abs(said["y"] - read["y"]) < 40
    assert said["x"] + said["width"] <= read["x"]


def test_words_lead_to_what_was_read_of_them_and_back(desk: Page) -> None:
    mark = desk.locator("a.mark.asked", has_text="每个村（社区）至少有1名")
    mark.click()
    demand = desk.locator(".demand.shown")
    expect(demand).to_contain_text("至少 1 名")
    demand.locator(".asks > a").click()
    expect(mark).to_have_class("mark asked shown")


def test_keys_walk_through_the_tasks(desk: Page) -> None:
    for _step in range(3):
        desk.keyboard.press("j")
    desk.keyboard.press("k")
    assert "坚决扛起" in desk.evaluate("document.activeElement.getAttribute('aria-label')")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-task]").nth(1).locator("details[open]").first).to_be_visible()


def test_saving_one_piece_keeps_what_was_typed_elsewhere(desk: Page) -> None:
    second, third = desk.locator("[data-task]").nth(1), desk.locator("[data-task]").nth(2)
    third.locator("summary", has_text="改编号").click()
    third.locator("input[name=title]").fill("还没有保存的名称")
    desk.evaluate(SELECT, [1, 1, 9])
    second.locator("[data-add-demand] button").click()
    expect(second.locator(".demand.taken")).to_have_count(1)
    expect(third.locator("input[name=title]")).to_have_value("还没有保存的名称")


def test_what_is_refused_is_said_beside_the_form_and_stays_typed(desk: Page, witness: Witness) -> None:
    witness.forgive("422")
    task = desk.locator("[data-task]").first
    task.locator("summary", has_text="添加单位").click()
    form = task.locator("form[id^=form-more]")
    form.locator("input[name=who]").fill("不存在的局")
    form.locator("button").click()
    expect(form.get_by_role("alert")).to_contain_text("单位库里没有“不存在的局”")
    expect(form.locator("input[name=who]")).to_have_value("不存在的局")


def test_an_older_page_is_told_that_somebody_else_changed_the_task(desk: Page, witness: Witness) -> None:
    witness.forgive("409")
    with transaction():
        plan = db.session().query(WorkPlan).one()
        tasks.change_task(db.session(), system_actor(), plan, plan.tasks[0].id, tasks.Named("（一）", "改过了", None))
    task = desk.locator("[data-task]").first
    task.locator("summary", has_text="改编号").click()
    task.locator("form[id^=form-task] input[name=title]").fill("我的名称")
    task.locator("form[id^=form-task] button").click()
    expect(task.get_by_role("alert")).to_contain_text("已被他人修改")
    expect(task.locator("form[id^=form-task] input[name=title]")).to_have_value("我的名称")
