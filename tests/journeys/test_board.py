"""The board of a campaign in a browser: cards move by dragging and by their form, refused ones go back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.campaigns.models import Campaign
from inspect_app.core.database import db, transaction
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import PASSWORD
from tests.campaigns.factories import Office, make_office, running
from tests.inspections.factories import submitted
from tests.journeys.conftest import Witness

MONDAY, TUESDAY = "2026-06-15", "2026-06-16"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(session: Session) -> Office:
    with transaction():
        return make_office(session)


@pytest.fixture
def campaign(session: Session, office: Office) -> Campaign:
    with transaction():
        return running(session, office)[0]


@pytest.fixture
def desk(visitor: Callable[..., Page], office: Office) -> Page:
    page = visitor()
    page.goto("/sign-in")
    page.fill("[name=login]", office.officer.login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    return page


@pytest.fixture
def board(desk: Page, campaign: Campaign) -> Page:
    desk.goto(f"/campaigns/{campaign.reference}/board")
    return desk


def slot(page: Page, on: str, team: int) -> Locator:
    return page.locator(f"td[data-on='{on}'][data-team='{team}']")


def drag(page: Page, card: Locator, target: Locator) -> None:
    start, end = card.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 30, steps=5)
    page.mouse.up()


def planned_on(reference: str) -> str:
    db.session.rollback()
    return db.session.scalars(select(Inspection.planned_on).where(Inspection.reference == reference)).one().isoformat()


def test_a_card_is_dragged_to_a_later_day_with_its_reason(
    board: Page, assert_accessible: Callable[[Page], None]
) -> None:
    assert_accessible(board)
    card = slot(board, MONDAY, 1).locator(".visit").first
    reference = card.get_attribute("id") or ""
    drag(board, card, slot(board, TUESDAY, 1))
    board.fill("#board-reason-text", "道路施工")
    board.click("#board-reason button[value=ok]")
    expect(board.locator("#board-told")).to_contain_text(TUESDAY)
    expect(slot(board, TUESDAY, 1).locator(f"[id='{reference}']")).to_be_visible()
    assert planned_on(reference) == TUESDAY


def test_a_refused_card_goes_back_and_the_page_says_why(board: Page, witness: Witness) -> None:
    witness.forgive("422")
    home = slot(board, MONDAY, 1)
    card = home.locator(".visit").first
    reference = card.get_attribute("id") or ""
    drag(board, card, slot(board, MONDAY, 2))
    expect(board.locator("#board-refusal")).to_contain_text("已经排满")
    expect(home.locator(f"[id='{reference}']")).to_be_visible()
    assert home.locator(".visit").first.get_attribute("id") == reference


def test_giving_no_reason_leaves_the_card_where_it_was(board: Page) -> None:
    home = slot(board, MONDAY, 1)
    reference = home.locator(".visit").first.get_attribute("id") or ""
    drag(board, home.locator(".visit").first, slot(board, TUESDAY, 1))
    board.keyboard.press("Escape")
    expect(home.locator(f"[id='{reference}']")).to_be_visible()
    assert planned_on(reference) == MONDAY


def test_a_card_is_moved_by_keyboard(board: Page) -> None:
    card = slot(board, MONDAY, 2).locator(".visit").first
    reference = card.get_attribute("id") or ""
    card.locator("summary").focus()
    board.keyboard.press("Enter")
    card.locator("[name=on]").fill(TUESDAY)
    card.locator("[name=reason]").fill("雨")
    card.locator("button").press("Enter")
    expect(board.locator(".flashes")).to_contain_text("已调整")
    assert planned_on(reference) == TUESDAY


def test_the_figures_follow_while_the_page_is_open(desk: Page, session: Session, campaign: Campaign) -> None:
    desk.clock.install()
    desk.goto(f"/campaigns/{campaign.reference}")
    expect(desk.locator("[data-figure=done]")).to_have_text("0")
    with transaction():
        submitted(session, session.scalars(select(Inspection).where(Inspection.campaign_id == campaign.id)).first())
    desk.clock.run_for(21_000)
    expect(desk.locator("[data-figure=done]")).to_have_text("1")
    expect(desk.locator("#progress-told")).to_contain_text("已提交 1 次，共 4 次")
