"""Leaders read one screen and one sheet of paper, and reach the photo behind a figure in three clicks."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.assessments import monthly
from inspect_app.assessments.queries import scheme_of
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import attach, prepare_photo
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user
from tests.inspections.factories import picture
from tests.journeys.conftest import Witness
from tests.journeys.desk import sit_down
from tests.reporting.stock import TODAY, days, fill, put

Visitor = Callable[..., Page]
OFFICE: ViewportSize = {"width": 1366, "height": 900}
SCREENS: tuple[ViewportSize, ...] = ({"width": 800, "height": 1280}, {"width": 390, "height": 844})
PAGES = (
    "/assessments", "/assessments/654202", "/assessments/trends?county=654202", "/assessments/compare",
    "/assessments/schemes", "/assessments/roll-up", "/assessments/654202/ways-up",
)  # fmt: skip
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def leader(session: Session, clock: datetime) -> User:
    """Furnish three counties, one late hazard with a photo among them, with the month before kept."""
    assert clock.date() == TODAY
    stored = prepare_photo(io.BytesIO(picture(7, (64, 48))), "外墙开裂.jpg")
    with transaction():
        counties = fill(session)
        late = put(session, counties["wusu"], State.RECTIFYING, due_on=days(-2), description="看台悬挑梁露筋")
        _show(session, late.id, counties["wusu"], stored)
        person = make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542"))
        monthly.keep(session, SYSTEM, scheme_of("DEFAULT"), by_code(session, "6542"), core_clock.today())
    return person


def _show(session: Session, hazard_id: int, county: Region, stored: object) -> None:
    where: Mapping[str, int] = {"county_id": county.id, "region_id": county.id}
    attach(session, SYSTEM, stored, kind="hazard", id=hazard_id, purpose=Purpose.BEFORE, **where)  # type: ignore[arg-type]


def test_three_clicks_lead_from_the_scorecard_to_the_photo(leader: User, visitor: Visitor, witness: Witness) -> None:
    witness.forgive("inline style violates")  # Chromium's own around a picture that is opened alone
    page = sit_down(visitor(OFFICE), leader)
    page.goto("/assessments/654202")
    page.locator("#M2-04 .figures a").nth(1).click()
    page.get_by_role("link", name="看台悬挑梁露筋").or_(
        page.locator("tr", has_text="看台悬挑梁露筋").locator("a")
    ).first.click()
    with page.expect_response(lambda answer: "/files/" in answer.url and "thumbnail" not in answer.url) as photo:
        page.locator("figure.photo a, .photos a").first.click()
    assert photo.value.ok
    assert photo.value.headers["content-type"].startswith("image/")


def test_the_scorecard_fits_one_screen_and_one_sheet(leader: User, visitor: Visitor, tmp_path: Path) -> None:
    page = sit_down(visitor(OFFICE), leader)
    page.goto("/assessments/654202")
    bottom = page.locator(".modules").bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= OFFICE["height"]
    page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    (sheet,) = PdfReader(tmp_path / "card.pdf").pages
    text = sheet.extract_text().replace("\n", "")
    for said in ("乌苏市", "暂计", "期内按期销号率", "失", "待评"):
        assert said in text


def test_a_long_line_does_not_push_the_sheet_onto_a_second_one(leader: User, visitor: Visitor, tmp_path: Path) -> None:
    page = sit_down(visitor(OFFICE), leader)
    page.goto("/assessments/654202")
    page.evaluate(
        """() => document.querySelectorAll('.line-of .why').forEach(each => {
             each.classList.remove('kept');
             each.textContent = '应计 649 栋，达到 334 栋（51.46 %），还差 315 栋，失 1.43 分。';
           })"""
    )
    page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    assert len(PdfReader(tmp_path / "card.pdf").pages) == 1


@pytest.mark.parametrize("place", PAGES)
def test_every_page_fits_every_screen_and_is_accessible(
    leader: User, visitor: Visitor, assert_accessible: Callable[[Page], None], place: str
) -> None:
    page = sit_down(visitor(OFFICE), leader)
    page.goto(place)
    assert_accessible(page)
    for screen in (OFFICE, *SCREENS):
        page.set_viewport_size(screen)
        page.wait_for_function(FITS)


def test_the_figures_are_reached_with_the_keyboard(leader: User, visitor: Visitor) -> None:
    page = sit_down(visitor(OFFICE), leader)
    page.goto("/assessments/654202")
    figure = page.locator("#M2-04 .figures a").first
    figure.focus()
    expect(page.locator("#M2-04 .why")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#M2-04 .figures a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_be_visible()
