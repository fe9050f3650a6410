"""A tablet in the field: a visit made without a network, killed in the middle, sent by itself; and what goes wrong."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Playwright, Route, ViewportSize, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.accounts.models import User
from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet import devices
from inspect_app.tablet.models import Device, Receipt
from tests.inspections.factories import make_visit
from tests.journeys.conftest import Witness
from tests.journeys.tablet import PIN, QUEUE, Tablet, photo, tablet

FIRST, WITH_PHOTO = "C03-05", "C03-08"
API = "**/api/v1/**"


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        return make_visit(session)


@pytest.fixture
def held(playwright: Playwright, tmp_path: Path, address: str, witness: Witness) -> Iterator[Tablet]:
    witness.forgive("ERR_INTERNET_DISCONNECTED")
    with tablet(playwright, tmp_path / "profile", address, witness) as lent:
        yield lent


@pytest.fixture
def ready(held: Tablet, visit: Inspection) -> Tablet:
    """A tablet that its inspector has packed, out of reach of any network."""
    held.enrol(visit.inspectors[0].user.login)
    held.pack()
    held.context.set_offline(True)
    return held


def stored(what: type[Answer | Evidence | Receipt]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(what)) or 0


def fresh(visit: Inspection) -> Inspection:
    db.session.rollback()
    return db.session.get_one(Inspection, visit.id)


def test_a_visit_is_made_without_a_network_survives_a_kill_and_is_sent_by_itself(
    ready: Tablet, visit: Inspection
) -> None:
    ready.begin()
    ready.answer(FIRST)
    ready.take(WITH_PHOTO, *(photo() for _ in range(4)))
    ready.item(FIRST).locator(".jot").click()
    ready.item(FIRST).locator("[data-words=note]").fill("外廊栏杆完好")
    ready.page.keyboard.press("Tab")
    expect(ready.item(FIRST).locator(".kept")).to_contain_text("已存本机")
    ready.kill()

    ready.switch_on(online=False)
    ready.open()
    ready.unlock()
    ready.begin()
    expect(ready.item(FIRST).locator("[data-words=note]")).to_have_value("外廊栏杆完好")
    expect(ready.item(WITH_PHOTO).locator(".thumb")).to_have_count(4)
    ready.take("C03-09", *(photo() for _ in range(3)))
    ready.take("C03-10", *(photo() for _ in range(3)))
    ready.answer_all()
    for code in ready.open_items():
        ready.attach(code)
    expect(ready.page.locator("#open-count")).to_have_text("0")
    ready.page.click("#finish")
    ready.shows("record")
    expect(ready.page.locator("#record")).to_contain_text("外廊栏杆完好")
    ready.sign()
    ready.page.fill("[name=site_person]", "甲校长")
    ready.page.click("#signing [type=submit]")
    ready.shows("outbox")
    assert stored(Receipt) == 0

    ready.online()
    ready.all_received()
    assert fresh(visit).state == "submitted"
    assert fresh(visit).site_person == "甲校长"
    assert stored(Evidence) >= 10
    assert {receipt.kind for receipt in db.session.scalars(select(Receipt))} == {
        "start", "answer", "file", "signatures", "submit",
    }  # fmt: skip


def test_time_and_place_of_a_photo_arrive_although_it_was_made_smaller(ready: Tablet, visit: Inspection) -> None:
    ready.begin()
    ready.take(WITH_PHOTO, photo((3000, 2250)))
    ready.online()
    ready.all_received()
    db.session.rollback()
    file = db.session.scalars(select(Evidence)).one()
    assert (file.width, file.height) == (2048, 1536)
    assert file.taken_at is not None
    assert f"{file.latitude:.4f} {file.longitude:.4f}" == "44.4343 84.6701"
    del visit


def test_dark_and_blurred_photos_are_questioned(ready: Tablet) -> None:
    asked: list[str] = []

    def decline(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    ready.begin()
    ready.page.on("dialog", decline)
    ready.item(WITH_PHOTO).locator("[data-paper='0']").set_input_files([photo(dark=True), photo(flat=True)])
    ready.take(WITH_PHOTO, photo())
    assert [sentence[:9] for sentence in asked] == ["这张照片很暗，可能", "这张照片可能模糊。"]


def test_a_drawing_on_a_photo_is_a_second_photo(ready: Tablet) -> None:
    ready.begin()
    ready.take(WITH_PHOTO, photo())
    ready.item(WITH_PHOTO).locator(".pen").click()
    sheet = ready.page.locator("#sketch canvas")
    frame = sheet.bounding_box()
    assert frame is not None
    ready.page.mouse.move(frame["x"] + 50, frame["y"] + 50)
    ready.page.mouse.down()
    ready.page.mouse.move(frame["x"] + 200, frame["y"] + 120, steps=4)
    ready.page.mouse.up()
    ready.page.click("#sketch [data-act=keep]")
    expect(ready.item(WITH_PHOTO).locator(".thumb")).to_have_count(2)


def test_what_another_page_answers_is_not_taken_for_the_server(ready: Tablet, visit: Inspection) -> None:
    ready.begin()
    ready.answer(FIRST)
    ready.page.route(API, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>欢迎上网</h1>"))
    ready.online()
    expect(ready.page.locator("#standing")).to_contain_text("未连接到服务器")
    ready.page.unroute(API)
    ready.page.route(
        API,
        lambda route: route.fulfill(status=200, content_type="application/json", body='{"number": "1", "done": true}'),
    )
    ready.page.click("#standing")
    ready.page.click("#send-now")
    expect(ready.page.locator("#outgoing .card")).to_have_count(2)
    assert stored(Answer) == 0
    ready.page.unroute(API)
    ready.page.click("#send-now")
    ready.all_received()
    assert stored(Answer) == 1
    del visit


def test_an_upload_that_breaks_off_goes_on_where_it_stopped(ready: Tablet) -> None:
    ready.witness.forgive("ERR_FAILED")
    tries: list[str] = []

    def break_off(route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        tries.append(route.request.headers["upload-offset"])
        if len(tries) % 3 == 2:
            route.abort()
        else:
            route.continue_()

    ready.begin()
    ready.take(WITH_PHOTO, photo((2000, 1500)))
    ready.page.route(
        "**/api/v1/uploads/*", lambda route: break_off(route) if route.request.method == "PATCH" else route.continue_()
    )
    ready.online()
    ready.all_received()
    assert stored(Evidence) == 1
    assert len(tries) > len(set(tries)) > 2


def test_a_proxy_that_lets_little_through_gets_smaller_portions(ready: Tablet) -> None:
    ready.witness.forgive("413")
    sizes: list[int] = []

    def narrow(route: Route) -> None:
        size = len(route.request.post_data_buffer or b"")
        if size > 100_000:
            route.fulfill(status=413, content_type="text/html", body="413 Request Entity Too Large")
        else:
            sizes.append(size)
            route.continue_()

    ready.begin()
    ready.take(WITH_PHOTO, photo((2000, 1500)))
    ready.page.route(API, narrow)
    ready.online()
    ready.all_received()
    assert stored(Evidence) == 1
    assert max(sizes) <= 65_536


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_kept_once(ready: Tablet) -> None:
    ready.witness.forgive("ERR_FAILED")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    ready.begin()
    ready.answer(FIRST)
    expect(ready.page.locator("#standing")).to_contain_text("2 项")
    ready.page.route("**/answers", lose)
    ready.online()
    ready.all_received()
    assert lost
    assert stored(Answer) == 1


def test_a_thousand_answers_after_a_month_arrive_in_their_order(ready: Tablet, visit: Inspection) -> None:
    ready.page.click("#lock")
    ready.shows("unlock")
    ready.page.evaluate(QUEUE, [PIN, visit.uuid, 1000])
    ready.unlock()
    expect(ready.page.locator("#standing")).to_contain_text("1001")
    ready.online()
    begun = time.monotonic()
    ready.all_received(180)
    assert time.monotonic() - begun < 180
    assert stored(Receipt) == 1001
    last = {f"C03-{index % 16 + 1:02}": f"note {index}" for index in range(1000)}
    assert {row.item_code: row.note for row in db.session.scalars(select(Answer))} == last


def test_a_hazard_outside_the_list_survives_a_kill_and_arrives_with_its_photo(ready: Tablet) -> None:
    ready.page.locator("[data-go=hazard]").click()
    ready.shows("hazard")
    ready.page.fill("#hazard-form [name=text]", "围墙开裂")
    ready.page.locator("#hazard-form [type=file]").set_input_files(photo())
    expect(ready.page.locator("#hazard-form .thumb")).to_have_count(1)
    ready.kill()

    ready.switch_on(online=False)
    ready.open()
    ready.unlock()
    ready.page.locator("[data-go=hazard]").click()
    ready.shows("hazard")
    expect(ready.page.locator("#hazard-form [name=text]")).to_have_value("围墙开裂")
    expect(ready.page.locator("#hazard-form .thumb")).to_have_count(1)
    ready.page.click("#hazard-form [type=submit]")
    expect(ready.page.locator("#standing")).to_contain_text("2 项")
    ready.online()
    ready.all_received()
    db.session.rollback()
    hazard = db.session.scalars(select(Hazard)).one()
    assert hazard.description == "围墙开裂"
    assert stored(Evidence) == 1


def test_what_was_given_for_a_visit_called_off_meanwhile_is_kept_by_the_office(
    ready: Tablet, visit: Inspection, session: Session
) -> None:
    ready.begin()
    ready.answer(FIRST)
    with transaction():
        service.void(session, SYSTEM, session.get_one(Inspection, visit.id), "改期另行安排")
    ready.online()
    ready.all_received()
    ready.page.click("#standing")
    ready.shows("outbox")
    expect(ready.page.locator("#received")).to_contain_text("检查已作废，内容已由服务器保存")
    db.session.rollback()
    kept = db.session.scalars(select(Receipt).where(Receipt.kind == "stranded")).all()
    assert [row.result["content"].get("item") for row in kept] == [None, FIRST]
    assert stored(Answer) == 0


def test_a_tablet_that_is_laid_aside_locks_itself(ready: Tablet) -> None:
    ready.page.clock.install()
    ready.open()
    ready.unlock()
    ready.page.clock.fast_forward(6 * 60 * 1000)
    ready.shows("unlock")
    expect(ready.page.locator("#visits li")).to_have_count(0)


def test_the_room_that_is_left_is_watched_and_the_last_of_it_is_kept_for_answers(ready: Tablet) -> None:
    narrow = "() => {{ navigator.storage.estimate = async () => ({{ usage: {used}, quota: 100 }}); }}"
    ready.begin()
    ready.page.evaluate(narrow.format(used=85))
    ready.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ready.page.locator("#full")).to_contain_text("85%")
    ready.take(WITH_PHOTO, photo())
    ready.page.evaluate(narrow.format(used=97))
    ready.item(WITH_PHOTO).locator("[data-paper='0']").set_input_files([photo()])
    expect(ready.page.locator("#message")).to_contain_text("空间不足")
    expect(ready.item(WITH_PHOTO).locator(".thumb")).to_have_count(1)
    ready.answer(FIRST)
    expect(ready.item(FIRST).locator(".kept")).to_contain_text("已存本机")


def test_what_is_kept_is_sealed_and_belongs_to_one_person(ready: Tablet, visit: Inspection) -> None:
    ready.begin()
    ready.item(FIRST).locator(".jot").click()
    ready.item(FIRST).locator("[data-words=note]").fill("TRACE-OF-PLAIN-TEXT")
    ready.page.keyboard.press("Tab")
    expect(ready.item(FIRST).locator(".kept")).to_contain_text("已存本机")
    assert "TRACE-OF-PLAIN-TEXT" not in ready.everything_stored()
    ready.page.click("[data-foot=visit] [data-go=today]")
    ready.shows("today")
    ready.page.click("#lock")
    ready.shows("unlock")
    ready.online()
    ready.context.clear_cookies()
    ready.enrol(visit.inspectors[1].user.login, "135791")
    ready.pack()
    ready.page.click("[data-foot=away] [data-go=outbox]")
    ready.shows("outbox")
    ready.page.click("#send-now")
    expect(ready.page.locator("#outgoing")).to_contain_text("没有待发送的内容")
    assert stored(Answer) == 0


def test_only_the_pin_opens_and_wrong_ones_take_ever_longer(ready: Tablet) -> None:
    ready.page.click("#lock")
    ready.shows("unlock")
    for _ in range(5):
        ready.page.fill("#pin", "000000")
        ready.page.click("#unlock [type=submit]")
        expect(ready.page.locator("#message")).to_have_text("解锁码不对，请重新输入。")
    ready.page.fill("#pin", PIN)
    ready.page.click("#unlock [type=submit]")
    expect(ready.page.locator("#message")).to_contain_text("输错次数过多")


def test_a_revoked_tablet_forgets_everything_on_its_next_contact(ready: Tablet, session: Session) -> None:
    ready.witness.forgive("401")
    ready.begin()
    ready.answer(FIRST)
    with transaction():
        devices.revoke(session, SYSTEM, session.scalars(select(Device)).one())
    ready.online()
    ready.shows("welcome")
    assert ready.everything_stored() == "[]"
    assert stored(Answer) == 0


def test_a_disabled_account_keeps_its_drafts_sealed_until_it_is_enabled(
    ready: Tablet, visit: Inspection, session: Session
) -> None:
    ready.witness.forgive("401")
    ready.begin()
    ready.answer(FIRST)
    with transaction():
        visit.inspectors[0].user.active = False
    ready.online()
    ready.shows("unlock")
    expect(ready.page.locator("#message")).to_contain_text("账号已停用")
    assert len(ready.everything_stored()) > 1000
    with transaction():
        session.get_one(User, visit.inspectors[0].user_id).active = True
    ready.unlock()
    ready.all_received()
    assert stored(Answer) == 1


@pytest.mark.parametrize("screen", [{"width": 800, "height": 1280}, {"width": 1280, "height": 800}])
def test_its_views_are_accessible_and_made_for_fingers(
    ready: Tablet, screen: ViewportSize, assert_accessible: Callable[[Page], None]
) -> None:
    ready.page.set_viewport_size(screen)
    ready.page.goto("/tablet")
    ready.page.wait_for_selector("html.ready")
    assert_accessible(ready.page)
    ready.unlock()
    for view in ("today", "outbox", "hazard", "site"):
        ready.page.locator(f"[data-go={view}]:visible").first.click()
        ready.shows(view)
        assert_accessible(ready.page)
        assert not ready.small_targets()
        ready.page.locator("[data-foot=away] [data-go=today]").click()
        ready.shows("today")
    ready.begin()
    assert_accessible(ready.page)
    assert not ready.small_targets()
