"""Filling a visit in a browser: nothing typed is lost, whatever the network does."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from tests.accounts.factories import PASSWORD
from tests.inspections.factories import lead_of, make_visit, picture
from tests.journeys.conftest import Witness
from tests.journeys.desk import sit_down

UPRIGHT: ViewportSize = {"width": 800, "height": 1280}
ANSWERS = "**/answers/*"
FILES = "**/files"
FAULT = "C03-05"
YES, NO = f"label[for='{FAULT}--yes']", f"label[for='{FAULT}--no']"


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        made = make_visit(session)
        service.start(session, lead_of(made), made)
    return made


@pytest.fixture
def fill(visitor: Callable[..., Page], visit: Inspection) -> Callable[..., Page]:
    """Let an inspector of the visit open its fill page on a tablet of their own."""

    def arrive(position: int = 0) -> Page:
        page = visitor(UPRIGHT)
        page.goto("/sign-in")
        page.fill("[name=login]", visit.inspectors[position].user.login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"/inspections/{visit.reference}/fill")
        page.wait_for_selector("html.ready")
        return page

    return arrive


def stored(item: str = FAULT) -> Answer | None:
    db.session.rollback()
    return db.session.scalar(select(Answer).where(Answer.item_code == item))


def test_an_answer_is_kept_at_once_and_shows_what_it_leads_to(
    fill: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = fill()
    page.click(YES)
    item = page.locator(f"#{FAULT}")
    expect(item.locator(".consequence")).to_contain_text("将生成 1 项重大隐患，否决")
    expect(page.locator("#storage")).to_contain_text("已保存")
    expect(page.locator("#live-veto")).to_contain_text("否决 1")
    expect(page.locator("#answered")).to_have_text("1")
    item.locator("[data-words=note]").fill("东楼二层仍作教室")
    expect(item.locator(".kept")).to_contain_text("已保存")
    kept = stored()
    assert kept is not None
    assert (kept.value, kept.note, kept.version) == ({"value": "yes"}, "东楼二层仍作教室", 2)
    assert_accessible(page)


def test_what_is_given_before_the_scripts_have_arrived_is_kept(visitor: Callable[..., Page], visit: Inspection) -> None:
    page, held = visitor(UPRIGHT), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    sit_down(page, visit.inspectors[0].user)
    page.route("**/fill/tally.js*", hold)
    page.goto(f"/inspections/{visit.reference}/fill", wait_until="commit")
    page.click(YES)
    expect(page.locator("html.ready")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#answered")).to_have_text("1")
    expect(page.locator("#storage")).to_contain_text("已保存")
    kept = stored()
    assert kept is not None
    assert kept.value == {"value": "yes"}


def test_everything_can_be_answered_by_keyboard(fill: Callable[..., Page]) -> None:
    page = fill()
    page.focus(f"#{FAULT}--yes")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#{FAULT} .kept")).to_contain_text("已保存")
    kept = stored()
    assert kept is not None
    assert kept.value == {"value": "no"}


@pytest.mark.parametrize("fault", ["no network", "another server answers"])
def test_an_answer_that_was_not_taken_survives_a_restart_and_arrives_later(
    fill: Callable[..., Page], witness: Witness, fault: str
) -> None:
    witness.forgive("net::ERR_FAILED")
    page = fill()

    def fail(route: Route) -> None:
        if fault == "no network":
            route.abort()
        else:
            route.fulfill(status=200, content_type="text/html", body="<h1>请先登录无线网络</h1>")

    page.route(ANSWERS, fail)
    page.click(YES)
    page.locator(f"#{FAULT} [data-words=note]").evaluate("each => { each.closest('.words').hidden = false; }")
    page.fill(f"#{FAULT} [data-words=note]", "断网时写的")
    expect(page.locator("#storage")).to_contain_text("未保存，正在重试")
    assert stored() is None
    page.reload()
    page.wait_for_selector("html.ready")
    expect(page.locator(f"#{FAULT}--yes")).to_be_checked()
    expect(page.locator(f"#{FAULT} [data-words=note]")).to_have_value("断网时写的")
    page.unroute(ANSWERS)
    expect(page.locator("#storage")).to_contain_text("已保存", timeout=15000)
    kept = stored()
    assert kept is not None
    assert kept.note == "断网时写的"


def test_an_answer_whose_receipt_was_lost_is_followed_by_the_newer_one(
    fill: Callable[..., Page], witness: Witness
) -> None:
    witness.forgive("net::ERR_FAILED")
    witness.forgive("409")
    page = fill()

    def lose_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(ANSWERS, lose_receipt, times=1)
    page.click(YES)
    page.click(NO)
    expect(page.locator("#storage")).to_contain_text("已保存", timeout=15000)
    expect(page.locator(f"#{FAULT} .conflict")).to_be_hidden()
    kept = stored()
    assert kept is not None
    assert (kept.value, kept.version) == ({"value": "no"}, 2)


@pytest.mark.parametrize(("choice", "value"), [("采用我的", "yes"), ("采用对方的", "no")])
def test_two_tablets_keep_both_answers_until_somebody_chooses(
    fill: Callable[..., Page], witness: Witness, choice: str, value: str
) -> None:
    witness.forgive("409")
    mine, theirs = fill(0), fill(1)
    theirs.click(NO)
    expect(theirs.locator("#storage")).to_contain_text("已保存")
    mine.click(YES)
    conflict = mine.locator(f"#{FAULT} .conflict")
    expect(conflict).to_contain_text("另一台设备的答案（测试2号")
    expect(conflict).to_contain_text("：否")
    expect(conflict).to_contain_text("您的答案：是")
    mine.click(f"text={choice}")
    expect(conflict).to_be_hidden()
    expect(mine.locator(f"#{FAULT}--{value}")).to_be_checked()
    expect(mine.locator(f"#{FAULT} .kept")).to_contain_text("已保存")
    kept = stored()
    assert kept is not None
    assert kept.value == {"value": value}


def test_a_photo_is_sent_again_until_the_server_has_all_of_it(
    fill: Callable[..., Page], tmp_path: Path, witness: Witness
) -> None:
    witness.forgive("net::ERR_FAILED")
    photo = tmp_path / "stairs.jpg"
    photo.write_bytes(picture(size=(800, 600)))
    page = fill()
    page.route(FILES, lambda route: route.abort(), times=1)
    page.set_input_files("#C03-09 input[data-paper='0']", photo)
    expect(page.locator("#C03-09 .retry")).to_be_visible()
    page.click("#C03-09 .retry")
    expect(page.locator("#C03-09 .thumb em")).to_have_text("已存")
    expect(page.locator("#C03-09 .thumb img[src$='/thumbnail']")).to_have_js_property("complete", value=True)
    db.session.rollback()
    kept = db.session.scalars(select(Evidence)).one()
    assert kept.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()


def test_the_hash_made_without_the_browser_is_the_same(fill: Callable[..., Page]) -> None:
    page = fill()
    script = """async (text) => {
      const { plainSha256 } = await import('/static/fill/sha256.js');
      return plainSha256(new TextEncoder().encode(text));
    }"""
    for text in ("", "abc", "震" * 41, "x" * 55, "x" * 56, "x" * 64, "长" * 4000):
        assert page.evaluate(script, text) == hashlib.sha256(text.encode()).hexdigest()


def test_submitting_early_leads_back_to_what_is_open(
    fill: Callable[..., Page], visit: Inspection, assert_accessible: Callable[[Page], None]
) -> None:
    page = fill()
    page.click(NO)
    page.click("#finish")
    page.wait_for_url("**/submit")
    expect(page.locator("#open")).to_contain_text("还有 15 项没有完成")
    assert_accessible(page)
    page.click("#open a[href$='#C03-07']")
    page.wait_for_url(f"**/{visit.reference}/fill#C03-07")


def test_everything_to_press_is_large_enough_for_a_thumb(fill: Callable[..., Page]) -> None:
    page = fill()
    targets = "button, .seg label, .choice label, .pick, .foot a, input.form-control, select"
    small = page.locator(targets).evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).filter(box => box.height && box.height < 44).length"
    )
    assert small == 0


def test_without_a_network_the_page_tells_score_veto_and_consequence_alone(
    fill: Callable[..., Page], witness: Witness
) -> None:
    witness.forgive("net::ERR_FAILED")
    page = fill()
    page.route(ANSWERS, lambda route: route.abort())
    page.click("label[for='C03-08--no']")
    expect(page.locator("#live-score")).to_contain_text("0.0")
    page.click("label[for='C03-07--no']")
    expect(page.locator("#live-score")).not_to_contain_text("实时得分 0.0")
    page.click(YES)
    item = page.locator(f"#{FAULT}")
    expect(item.locator(".consequence")).to_contain_text("将生成 1 项重大隐患，否决")
    expect(item.locator(".why")).to_contain_text("回答“是”。")
    expect(page.locator("#live-veto")).to_contain_text("否决 1")
    expect(page.locator("#answered")).to_have_text("3")
    expect(page.locator("#C03-08 .problems")).to_contain_text("缺少现场照片。")
    assert stored() is None
