"""What changed while a tablet was away, seen on the tablet itself: lists, people, a second tablet, the server's key."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.accounts.models import User
from inspect_app.core.database import db, transaction
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.queries import newer_of
from inspect_app.inspections.moving.service import move
from inspect_app.inspections.queries import checklists_of
from inspect_app.tablet.models import Disagreement, Receipt
from tests.accounts.factories import PASSWORD
from tests.inspections.factories import make_team, make_visit
from tests.inspections.lists import altered, publish
from tests.journeys.conftest import Witness
from tests.journeys.tablet import PIN, Tablet, photo, tablet
from tests.sites.factories import SHAWAN, region

ITEM, OTHER = "C03-05", "C03-07"
PHOTOS = ("C03-08", "C03-09", "C03-10")
NEW_TEXT = "是否还有 D 级危房在使用？"
Lend = Callable[[], Tablet]


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        return make_visit(session)


@pytest.fixture
def lend(playwright: Playwright, tmp_path: Path, address: str, witness: Witness) -> Iterator[Lend]:
    """Lend as many tablets as are asked for."""
    witness.forgive("ERR_INTERNET_DISCONNECTED")
    with ExitStack() as back:
        count = iter(range(9))
        yield lambda: back.enter_context(tablet(playwright, tmp_path / f"profile{next(count)}", address, witness))


def ready(lend: Lend, user: User) -> Tablet:
    """Lend a tablet that this person has packed, and take the network away."""
    held, login = lend(), user.login
    db.session.rollback()
    held.enrol(login)
    held.pack()
    held.context.set_offline(True)
    return held


def office(visitor: Callable[..., Page], login: str) -> Page:
    page = visitor()
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    return page


def fill(held: Tablet) -> None:
    """Answer whatever is open and take the photos it wants."""
    for code in PHOTOS:
        if not held.item(code).locator(".thumb").count():
            held.take(code, photo((420, 315)))
    held.answer_all()
    for code in held.open_items():
        held.attach(code)
    expect(held.page.locator("#open-count")).to_have_text("0")


def hand_in(held: Tablet) -> None:
    held.page.click("#finish")
    held.shows("record")
    held.sign()
    held.page.fill("[name=site_person]", "甲校长")
    held.page.click("#signing [type=submit]")
    held.shows("outbox")


def leave_visit(held: Tablet) -> None:
    held.page.click("[data-foot=visit] [data-go=today]")
    held.shows("today")


def fresh(visit: Inspection) -> Inspection:
    db.session.rollback()
    return db.session.get_one(Inspection, visit.id)


def republish(session: Session, visit: Inspection, *, moved: bool) -> None:
    """Publish the list with one question changed; the visit follows it or keeps its version."""
    with transaction():
        found = session.get_one(Inspection, visit.id)
        publish(session, altered(checklists_of(found)[0], {ITEM: {"text": NEW_TEXT}}))
        if moved:
            move(session, SYSTEM, found, [each.name for each in newer_of(session, found)])


def test_a_list_published_meanwhile_leaves_a_visit_with_the_version_it_was_made_with(
    lend: Lend, session: Session, visit: Inspection
) -> None:
    held = ready(lend, visit.inspectors[0].user)
    held.begin()
    fill(held)
    hand_in(held)
    republish(session, visit, moved=False)
    held.online()
    held.all_received()
    assert fresh(visit).state == "submitted"
    assert fresh(visit).sheets[0].checklist_version.number == 1


def test_a_question_that_changed_meanwhile_is_asked_anew_and_the_old_answer_stays_to_be_read(
    lend: Lend, session: Session, visit: Inspection
) -> None:
    held = ready(lend, visit.inspectors[0].user)
    held.begin()
    held.answer(ITEM)
    held.item(ITEM).locator(".jot").click()
    held.item(ITEM).locator("[data-words=note]").fill("南楼已腾空")
    held.answer(OTHER)
    held.page.keyboard.press("Tab")
    republish(session, visit, moved=True)
    held.online()
    held.all_received()
    expect(held.item(ITEM).locator(".kept")).to_contain_text("题目已随检查表新版改变")
    leave_visit(held)
    expect(held.page.locator("#visits")).to_contain_text("检查表已换新版")
    held.pack()
    expect(held.page.locator("#visits")).not_to_contain_text("检查表已换新版")
    held.begin()
    expect(held.item(ITEM)).to_contain_text(NEW_TEXT)
    expect(held.page.locator("#orphans")).to_contain_text("南楼已腾空")
    assert ITEM in held.open_items()
    assert OTHER not in held.open_items()
    expect(held.item(ITEM).locator(".kept")).not_to_contain_text("已接收")
    fill(held)
    hand_in(held)
    expect(held.page.locator("#received")).to_contain_text("提交", timeout=60_000)
    assert fresh(visit).state == "submitted"
    assert fresh(visit).sheets[0].checklist_version.number == 2
    kept = [row.result for row in db.session.scalars(select(Receipt)) if row.result.get("outcome") == "needs_you"]
    assert [(each["question_now"], each["content"]["note"]) for each in kept] == [(NEW_TEXT, "南楼已腾空")]


def test_who_moved_to_another_county_sends_nothing_into_the_old_one_and_loses_nothing(
    lend: Lend, session: Session, visit: Inspection, visitor: Callable[..., Page]
) -> None:
    mover = visit.inspectors[0].user
    held = ready(lend, mover)
    held.begin()
    held.answer(ITEM)
    held.take(PHOTOS[0], photo((420, 315)))
    with transaction():
        user = session.get_one(User, mover.id)
        user.view_region_id = user.capture_region_id = region(session, SHAWAN).id
        successors = make_team(session)
        service.reassign(session, SYSTEM, session.get_one(Inspection, visit.id), [each.id for each in successors])
        service.start(session, SYSTEM, session.get_one(Inspection, visit.id))
        reference, login = session.get_one(Inspection, visit.id).reference, successors[0].login
    held.online()
    held.all_received()
    assert not db.session.scalars(select(Answer)).all()
    leave_visit(held)
    held.page.click("#standing")
    expect(held.page.locator("#received")).to_contain_text("您已调离这个地区")
    held.page.click("[data-foot=away] [data-go=today]")
    held.pack()
    expect(held.page.locator("#visits")).to_contain_text("没有分配给您的检查任务")

    page = office(visitor, login)
    page.click("text=平板来件未并入")
    page.click(f"text={reference}")
    for left in (2, 1):
        expect(page.locator("button:text-is('采用')")).to_have_count(left)
        page.locator("button:text-is('采用')").first.click()
    expect(page.locator("text=已采用，回执")).to_have_count(2)
    db.session.rollback()
    assert [row.item_code for row in db.session.scalars(select(Answer))] == [ITEM]


def test_two_tablets_contradict_each_other_and_the_lead_inspector_chooses(
    lend: Lend, session: Session, visit: Inspection, visitor: Callable[..., Page], witness: Witness
) -> None:
    witness.forgive("409")
    lead, second = (session.get_one(User, each.user_id) for each in visit.inspectors)
    login = lead.login
    first, other = ready(lend, lead), ready(lend, session.get_one(User, visit.inspectors[1].user_id))
    other.begin()
    other.item(ITEM).locator("input.bad + label").first.click()
    other.online()
    other.all_received()
    first.begin()
    fill(first)
    hand_in(first)
    first.online()
    expect(first.page.locator("#outgoing")).to_contain_text("两台平板对同一项的答案不同", timeout=60_000)
    expect(first.page.locator("#received")).to_contain_text("由带队人员选择")
    assert fresh(visit).state == "under_way"

    page = office(visitor, login)
    page.goto(first.page.locator("#outgoing a").get_attribute("href") or "")
    page.click("text=答案不一致")
    expect(page.locator(".answers .card")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(second.name)
    page.locator(".answers .card").nth(1).get_by_role("button", name="采用这一份").click()
    expect(page.locator(".chosen")).to_have_count(1)

    first.page.get_by_role("button", name="重新发送").click()
    first.all_received()
    assert fresh(visit).state == "submitted"
    chosen = db.session.scalars(select(Disagreement)).one()
    assert (chosen.chosen, chosen.settled_by_id) == ("offered", lead.id)
    answer = db.session.scalars(select(Answer).where(Answer.item_code == ITEM)).one()
    assert answer.value == {"value": "no"}


def test_after_a_change_of_the_secret_key_a_tablet_says_what_to_do_and_keeps_what_it_holds(
    lend: Lend, app: Flask, visit: Inspection
) -> None:
    login = visit.inspectors[0].user.login
    held = ready(lend, visit.inspectors[0].user)
    held.begin()
    held.answer(ITEM)
    leave_visit(held)
    old = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another key " * 4
    held.online()
    held.page.click("#standing")
    held.page.click("#send-now")
    expect(held.page.locator("#sending")).to_contain_text("服务器密钥已换，请重新登记本机")
    assert fresh(visit).state == "planned"
    app.config["SECRET_KEY_FALLBACKS"] = [old]
    held.page.click("#send-now")
    held.all_received()
    assert fresh(visit).state == "under_way"

    app.config["SECRET_KEY_FALLBACKS"] = []
    held.page.click("[data-foot=away] [data-go=today]")
    held.begin()
    held.answer(OTHER)
    leave_visit(held)
    expect(held.page.locator("#standing")).to_contain_text("服务器密钥已换")
    held.page.click("#lock")
    held.context.clear_cookies()
    held.enrol_again(login, PIN)
    held.all_received()
    db.session.rollback()
    assert sorted(db.session.scalars(select(Answer.item_code))) == [ITEM, OTHER]
    held.page.click("#lock")
    held.unlock()
    held.pack()
