"""A tablet that never finds a network: its outbox, receipts and pack travel as files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, Playwright, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet.models import Receipt
from tests.accounts.factories import PASSWORD, make_user
from tests.inspections.factories import WUSU, make_visit
from tests.journeys.conftest import Witness
from tests.journeys.tablet import Tablet, photo, tablet
from tests.sites.factories import region

FIRST, SECOND, WITH_PHOTO = "C03-05", "C03-07", "C03-08"
LARGE = 7_000_000


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
def office(visitor: Callable[..., Page], session: Session) -> Page:
    """Sit a clerk of the county down at a computer of the office."""
    with transaction():
        clerk = make_user(session, Role.COUNTY_CLERK, region(session, WUSU)).login
    return signed_in(visitor(), clerk)


def signed_in(page: Page, login: str) -> Page:
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    return page


def fetched(page: Page, press: str, folder: Path) -> Path:
    """Press what begins a download, and keep the file."""
    with page.expect_download() as coming:
        page.click(press)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def stored() -> list[int]:
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in (Answer, Evidence, Receipt)]


def test_an_outbox_travels_as_a_file_and_its_receipts_come_back(
    held: Tablet, office: Page, visit: Inspection, tmp_path: Path, assert_accessible: Callable[[Page], None]
) -> None:
    held.enrol(visit.inspectors[0].user.login)
    held.pack()
    held.context.set_offline(True)
    held.begin()
    for code in (FIRST, SECOND, WITH_PHOTO):
        held.answer(code)
    held.item(WITH_PHOTO).locator("input[type=file]").first.set_input_files([photo()])
    expect(held.item(WITH_PHOTO).locator(".thumb")).to_have_count(1)
    held.page.click("[data-foot=visit] [data-go=today]")
    held.shows("today")
    held.page.click(".storage")
    held.shows("outbox")
    expect(held.page.locator("#outgoing li")).to_have_count(5)  # begun, three answers, a photo
    bag = fetched(held.page, "#bundle-save", tmp_path)
    expect(held.page.locator("#bundle-told")).to_contain_text("已存成 1 个文件")
    assert stored() == [0, 0, 0]

    office.goto("/tablet/import")
    assert_accessible(office)
    office.set_input_files("[name=file]", bag)
    office.click("main button[type=submit]")
    expect(office.locator(".kpi b").first).to_have_text("5")
    assert_accessible(office)
    assert stored() == [3, 1, 5]
    receipts = fetched(office, "text=下载回执文件", tmp_path)

    held.page.set_input_files("#bundle-open", receipts)
    expect(held.page.locator("#bundle-told")).to_contain_text("已接收 5 项")
    expect(held.page.locator("#received li")).to_have_count(5)
    held.context.set_offline(False)
    held.page.click("#send-now")
    expect(held.page.locator("#sending")).to_contain_text("没有待发送")
    assert stored() == [3, 1, 5]


def test_what_travelled_as_a_file_is_sent_again_over_the_network_and_counted_once(
    held: Tablet, office: Page, visit: Inspection, tmp_path: Path
) -> None:
    held.enrol(visit.inspectors[0].user.login)
    held.pack()
    held.context.set_offline(True)
    held.begin()
    held.answer(FIRST)
    held.item(WITH_PHOTO).locator("input[type=file]").first.set_input_files([photo()])
    expect(held.item(WITH_PHOTO).locator(".thumb")).to_have_count(1)
    held.page.click("[data-foot=visit] [data-go=today]")
    held.shows("today")
    held.page.click(".storage")
    held.shows("outbox")
    bag = fetched(held.page, "#bundle-save", tmp_path)
    office.goto("/tablet/import")
    office.set_input_files("[name=file]", bag)
    office.click("main button[type=submit]")
    expect(office.locator(".kpi b").first).to_have_text("3")
    before = stored()
    held.context.set_offline(False)
    held.page.click("#send-now")
    expect(held.page.locator("#received li")).to_have_count(3)
    assert stored() == before == [1, 1, 3]


def test_a_pack_travels_as_a_file_to_the_tablet_of_its_person_only(
    held: Tablet, visitor: Callable[..., Page], visit: Inspection, session: Session, tmp_path: Path
) -> None:
    lead, other = (session.get_one(User, each.user_id).login for each in visit.inspectors)
    held.enrol(lead)
    held.context.set_offline(True)
    desk = signed_in(visitor(), lead)
    desk.goto("/tablet/import")
    pack = fetched(desk, "text=下载任务包", tmp_path)
    held.page.click(".storage")
    held.shows("outbox")
    held.page.set_input_files("#bundle-open", pack)
    expect(held.page.locator("#bundle-told")).to_contain_text("可以离线检查")
    held.page.click("[data-foot=away] [data-go=today]")
    held.begin()
    held.answer(FIRST)

    held.context.clear_cookies()
    held.context.set_offline(False)
    held.enrol(other)
    held.page.click(".storage")
    held.shows("outbox")
    held.page.set_input_files("#bundle-open", pack)
    expect(held.page.locator("#bundle-told")).to_contain_text("打不开")


def test_a_foreign_file_changes_nothing(held: Tablet, visit: Inspection) -> None:
    held.enrol(visit.inspectors[0].user.login)
    held.page.click(".storage")
    held.shows("outbox")
    for content in (b"", b"PK\x03\x04", b"JCBAG1\n\x00\x00\x00\x02{}" + bytes(60)):
        held.page.set_input_files(
            "#bundle-open", {"name": "x.jcbag", "mimeType": "application/octet-stream", "buffer": content}
        )
        expect(held.page.locator("#bundle-told")).to_contain_text("打不开")


def test_the_self_check_is_part_of_the_application_and_works_without_a_network(held: Tablet, visit: Inspection) -> None:
    held.enrol(visit.inspectors[0].user.login)
    held.context.set_offline(True)
    held.page.click(".storage")
    held.shows("outbox")
    held.page.click("[data-go=check]")
    held.shows("check")
    verdict = held.page.locator("[data-view=check] [data-verdict]")
    expect(verdict).to_contain_text("可以离线检查")
    expect(held.page.locator("[data-check=server]")).to_contain_text("离线时这是正常的")


def test_much_travels_in_several_files_each_taken_in_by_itself(
    held: Tablet, office: Page, visit: Inspection, tmp_path: Path
) -> None:
    held.enrol(visit.inspectors[0].user.login)
    held.pack()
    held.context.set_offline(True)
    held.begin()
    papers = held.page.locator("[data-paper='1']").first
    for number in range(4):
        content = b"%PDF-1.4\n" + bytes([number]) * LARGE + b"\n%%EOF"
        papers.set_input_files({"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": content})
        expect(held.page.locator("#sheets .thumb")).to_have_count(number + 1)
    held.page.click("[data-foot=visit] [data-go=today]")
    held.shows("today")
    held.page.click(".storage")
    held.shows("outbox")
    bags: list[Download] = []

    def note(bag: Download) -> None:
        bags.append(bag)

    held.page.on("download", note)
    held.page.click("#bundle-save")
    expect(held.page.locator("#bundle-told")).to_contain_text("已存成 2 个文件")
    for number, bag in enumerate(bags):
        bag.save_as(tmp_path / f"{number}.jcbag")
        office.goto("/tablet/import")
        office.set_input_files("[name=file]", tmp_path / f"{number}.jcbag")
        office.click("main button[type=submit]")
        expect(office.locator(".kpi b").first).not_to_have_text("0")
    assert stored() == [0, 4, 5]
