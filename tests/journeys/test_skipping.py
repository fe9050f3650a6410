"""Items that come and go on the tablet page, by the page's own rules and by the server's."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists.relevance import not_asked
from inspect_app.core.database import db, transaction
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.service import move
from inspect_app.inspections.presenting import definition_json
from tests.accounts.factories import PASSWORD, make_user
from tests.inspections.factories import lead_of, make_visit
from tests.inspections.lists import altered, publish, skipping_list
from tests.inspections.skipping import CASES, TODAY, Answers, at_random, left_out
from tests.journeys.conftest import Witness
from tests.sites.factories import region

UPRIGHT: ViewportSize = {"width": 800, "height": 1280}
LIST = skipping_list()
JUDGE = """async ([items, fillings, on]) => {
  const { notAsked } = await import('/static/fill/relevance.js');
  return fillings.map((answers) => [...notAsked(items, answers, on).entries()]);
}"""


@pytest.fixture
def visit(session: Session) -> Inspection:
    """A visit under way with a list whose items hang on others."""
    with transaction():
        publish(session, LIST)
        made = make_visit(session, checklist_codes=["T01"])
        service.start(session, lead_of(made), made)
    return made


@pytest.fixture
def enter(visitor: Callable[..., Page]) -> Callable[[str, str], Page]:
    """Let somebody sign in on a tablet and open a page that is filled."""

    def arrive(login: str, address: str) -> Page:
        page = visitor(UPRIGHT)
        page.goto("/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(address)
        page.wait_for_selector("html.ready")
        return page

    return arrive


@pytest.fixture
def fill(enter: Callable[[str, str], Page], visit: Inspection) -> Page:
    return enter(visit.inspectors[0].user.login, f"/inspections/{visit.reference}/fill")


def judged(page: Page, app: Flask, fillings: list[Answers]) -> list[dict[str, int]]:
    """Let the page's module judge, and return by code which condition is the first that does not hold."""
    with app.test_request_context():
        items = definition_json(LIST)["items"]
    found: list[list[Any]] = page.evaluate(JUDGE, [items, fillings, TODAY.isoformat()])
    return [dict(each) for each in found]


def test_the_page_judges_the_written_cases_as_the_server_does(fill: Page, app: Flask) -> None:
    found = judged(fill, app, [given for given, _ in CASES])
    assert [set(each) for each in found] == [left_out(asked) for _, asked in CASES]


def test_the_page_and_the_server_agree_on_whatever_is_typed(fill: Page, app: Flask) -> None:
    fillings = list(at_random(1500))
    found = judged(fill, app, fillings)
    differing = [
        given for given, each in zip(fillings, found, strict=True) if set(each) != set(not_asked(LIST, given, TODAY))
    ]
    assert not differing


def test_items_come_and_go_and_keep_what_was_typed(fill: Page, assert_accessible: Callable[[Page], None]) -> None:
    hanging = fill.locator("#T01-07")
    expect(hanging).to_be_hidden()
    fill.click("label[for='T01-01--yes']")
    expect(hanging).to_be_visible()
    expect(fill.locator("#told")).to_contain_text("现在需要填写：T01-07")
    fill.click("label[for='T01-07-made-no']")
    expect(hanging.locator(".kept")).to_contain_text("已保存")
    expect(fill.locator("#asked")).to_have_text("7")
    fill.click("label[for='T01-01--no']")
    expect(hanging).to_be_hidden()
    expect(fill.locator("#told")).to_contain_text("不再需要填写：T01-07")
    expect(fill.locator("#asked")).to_have_text("6")
    fill.click("label[for='T01-01--yes']")
    expect(hanging).to_be_visible()
    expect(fill.locator("#T01-07-made-no")).to_be_checked()
    assert_accessible(fill)


def test_without_a_network_the_page_decides_alone(fill: Page, witness: Witness) -> None:
    witness.forgive("net::ERR_")
    fill.route("**/answers/*", lambda route: route.abort())
    fill.click("label[for='T01-01--yes']")
    expect(fill.locator("#T01-07")).to_be_visible()
    fill.reload()
    fill.wait_for_selector("html.ready")
    expect(fill.locator("#T01-01--yes")).to_be_checked()
    expect(fill.locator("#T01-07")).to_be_visible()
    fill.unroute("**/answers/*")
    expect(fill.locator("#storage")).to_contain_text("已保存", timeout=15000)
    expect(fill.locator("#asked")).to_have_text("7")


def test_the_contents_say_why_an_item_is_not_asked(fill: Page, assert_accessible: Callable[[Page], None]) -> None:
    fill.click("#to-contents")
    entry = fill.locator("[data-entry='T01-07']")
    expect(entry).to_contain_text("不需填写")
    expect(entry.locator(".reason")).to_contain_text("T01-01")
    assert entry.locator("a").get_attribute("href") is None
    assert_accessible(fill)
    fill.click("[data-entry='T01-05'] a")
    expect(fill.locator("#contents")).to_be_hidden()
    expect(fill.locator("#T01-05")).to_be_focused()


def test_words_are_kept_as_an_answer(fill: Page) -> None:
    fill.click("label[for='T01-01--na']")
    fill.fill("#T01-08 [data-field=value]", "见附页第 3 行")
    expect(fill.locator("#T01-08 .kept")).to_contain_text("已保存")
    db.session.rollback()
    kept = db.session.scalars(select(Answer).where(Answer.item_code == "T01-08")).one()
    assert kept.value == {"value": "见附页第 3 行"}


def test_the_page_that_asks_before_moving_is_whole(
    fill: Page, visit: Inspection, session: Session, assert_accessible: Callable[[Page], None]
) -> None:
    with transaction():
        publish(session, altered(LIST, {"T01-05": {"text": "换了个问法？"}}, ("T01-16",)))
    fill.click("label[for='T01-05--brick']")
    expect(fill.locator("#storage")).to_contain_text("已保存")
    fill.goto(f"/inspections/{visit.reference}/fill")
    assert_accessible(fill)
    fill.click("text=查看变化，改用新版")
    fill.wait_for_url("**/move")
    expect(fill.locator("main")).to_contain_text("题目已改，另存备查")
    assert_accessible(fill)
    fill.click("main button[type=submit]")
    fill.wait_for_url(f"**/{visit.reference}")
    expect(fill.locator("#aside-T01-05")).to_contain_text("选择“砖混”")
    assert_accessible(fill)


def test_what_waits_for_a_question_that_was_changed_is_shown_and_not_sent(
    fill: Page, visit: Inspection, session: Session, witness: Witness
) -> None:
    witness.forgive("net::ERR_")
    fill.route("**/answers/*", lambda route: route.abort())
    fill.click("label[for='T01-01--yes']")
    fill.click("label[for='T01-05--brick']")
    expect(fill.locator("#storage")).to_contain_text("未保存")
    with transaction():
        publish(session, altered(LIST, {"T01-05": {"text": "换了个问法？"}}))
        move(session, SYSTEM, session.get_one(Inspection, visit.id), ["T01-2"])
    fill.unroute("**/answers/*")
    fill.reload()
    fill.wait_for_selector("html.ready")
    expect(fill.locator("#orphans")).to_contain_text("T01-05：brick")
    expect(fill.locator("#storage")).to_contain_text("已保存", timeout=15000)
    db.session.rollback()
    assert [each.item_code for each in db.session.scalars(select(Answer))] == ["T01-01"]
    fill.click("#orphans button")
    fill.reload()
    fill.wait_for_selector("html.ready")
    expect(fill.locator("#orphans")).to_be_hidden()


def test_a_trial_shows_score_veto_and_hazards_and_begins_again(
    enter: Callable[[str, str], Page], session: Session, assert_accessible: Callable[[Page], None]
) -> None:
    with transaction():
        publish(session, LIST)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    page = enter(head.login, "/inspections/try/T01/1")
    expect(page.locator(".trial")).to_contain_text("试用，不计入任何结果")
    expect(page.locator("#findings")).to_contain_text("还没有不合格项")
    page.click("label[for='T01-01--yes']")
    expect(page.locator("#live-veto")).to_contain_text("否决 1")
    expect(page.locator("#findings-list")).to_contain_text("重大隐患 · T01-01")
    expect(page.locator("#findings-list")).to_contain_text("30 日内整改")
    expect(page.locator("#T01-07")).to_be_visible()
    assert_accessible(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("text=重新开始")
    page.wait_for_selector("html.ready")
    expect(page.locator("#T01-01--yes")).not_to_be_checked()
    expect(page.locator("#T01-07")).to_be_hidden()
    page.click("#finish")
    page.wait_for_url("**/checklists/T01*")
