"""The self-check before real connections: plain, distrusted, and trusted through the authority of `flask tls`."""

import os
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, Playwright, ViewportSize, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from inspect_app.core.database import transaction
from inspect_app.inspections import service
from inspect_app.launch import browser as launch_browser
from inspect_app.tablet.tls.authority import issue, make_authority
from inspect_app.tablet.tls.folder import TlsFolder
from inspect_app.tablet.tls.hosts import read_hosts
from tests.accounts.factories import PASSWORD
from tests.inspections.factories import lead_of, make_visit
from tests.journeys.conftest import FLAGS, HOST, TABLET_SCREEN, QuietHandler
from tests.journeys.trust import trust

NAME = "inspect.wusu.lan"
PORTRAIT: ViewportSize = {"width": 800, "height": 1280}
Opened = Callable[..., AbstractContextManager[Page]]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Chromium keeps its authorities like this on Linux only")


@pytest.fixture
def folder(tmp_path: Path) -> TlsFolder:
    """Make certificates as the command does; they hold today, whatever the pinned clock says."""
    folder, now, hosts = TlsFolder.below(tmp_path), datetime.now(UTC), read_hosts([NAME])
    authority = make_authority("乌苏市", hosts, now)
    folder.write("authority", authority)
    folder.write("server", issue(authority, hosts, now))
    return folder


@pytest.fixture
def secure_address(app: Flask, folder: TlsFolder) -> Iterator[str]:
    """Serve the application over TLS with the certificate of the command."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder.certificate_of("server"), folder.key_of("server"))
    server = make_server(HOST, 0, app, threaded=True, request_handler=QuietHandler, ssl_context=context)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"https://{NAME}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tablet(playwright: Playwright, tmp_path: Path) -> Opened:
    """Open a browser that finds the server by its name, with a home folder of its own."""

    @contextmanager
    def opened(*, careless: bool = False) -> Iterator[Page]:
        browser = playwright.chromium.launch(
            executable_path=launch_browser.find(),
            args=[*FLAGS, f"--host-resolver-rules=MAP {NAME} {HOST}"],
            env={**os.environ, "HOME": str(tmp_path)},
        )
        context = browser.new_context(viewport=TABLET_SCREEN, ignore_https_errors=careless)
        try:
            yield context.new_page()
        finally:
            browser.close()

    return opened


def line(page: Page, check: str) -> str:
    return page.locator(f"[data-check={check}]").inner_text()


def checked(page: Page, address: str) -> Page:
    page.goto(f"{address}/tablet/check")
    page.locator("[data-checks][data-ready]").wait_for()
    return page


def test_on_a_trusted_connection_everything_works(
    page: Page, address: str, assert_accessible: Callable[[Page], None]
) -> None:
    page.set_viewport_size(PORTRAIT)
    checked(page, address)
    expect(page.locator("[data-verdict]")).to_contain_text("可以离线检查")
    for check in ("server", "secure", "trusted", "keeping", "encryption", "clock"):
        assert "● 可以" in line(page, check), check
    expect(page.locator("#reduced")).to_be_hidden()
    assert_accessible(page)
    page.goto(f"{address}/tablet/install")
    assert_accessible(page)


def test_camera_and_place_are_tried_only_when_pressed(visitor: Callable[..., Page], address: str) -> None:
    place = {"latitude": 44.43, "longitude": 84.67, "accuracy": 12.4}
    page = checked(visitor(TABLET_SCREEN, geolocation=place, permissions=["geolocation"]), address)
    assert "还没有试" in line(page, "camera")
    assert "还没有试" in line(page, "place")
    page.get_by_role("button", name="定位：试一试").click()
    expect(page.locator("[data-check=place]")).to_contain_text("精度约 12 米")
    page.get_by_role("button", name="相机：试一试").click()
    expect(page.locator("[data-check=camera]")).to_contain_text("◑ 注意")


def test_a_page_of_somebody_else_is_not_taken_for_the_server(page: Page, address: str) -> None:
    page.route("**/healthz", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>请登录</h1>"))
    checked(page, address)
    assert "不是本系统" in line(page, "server")


def test_a_wrong_clock_is_told_with_its_size(page: Page, address: str) -> None:
    page.clock.set_system_time(datetime.now().astimezone().replace(year=datetime.now().astimezone().year + 1))
    checked(page, address)
    assert "◑ 注意" in line(page, "clock")
    assert "天" in line(page, "clock")


def test_over_plain_http_the_reduced_mode_says_so(tablet: Opened, address: str) -> None:
    with tablet() as page:
        checked(page, address.replace(HOST, NAME))
        expect(page.locator("#reduced")).to_contain_text("请保持填写页面打开")
        expect(page.locator("[data-verdict]")).to_contain_text("只能用简化方式")
        for check in ("secure", "trusted", "encryption"):
            assert "▲ 不行" in line(page, check), check
        assert "● 可以" in line(page, "keeping")


def test_over_plain_http_the_page_to_fill_asks_to_be_kept_open(
    tablet: Opened, address: str, session: Session, clock: object
) -> None:
    assert clock
    with transaction():
        visit = make_visit(session)
        service.start(session, lead_of(visit), visit)
    with tablet() as page:
        there = address.replace(HOST, NAME)
        page.goto(f"{there}/sign-in")
        page.fill("[name=login]", visit.inspectors[0].user.login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"{there}/inspections/{visit.reference}/fill")
        page.wait_for_selector("html.ready")
        expect(page.locator("#reduced")).to_contain_text("请保持填写页面打开")
        page.get_by_role("link", name="安装根证书").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("安装根证书")


def test_a_warning_clicked_away_is_no_trust(tablet: Opened, secure_address: str) -> None:
    with tablet() as page, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(secure_address)
    with tablet(careless=True) as page:
        checked(page, secure_address)
        assert "不信任服务器证书" in line(page, "trusted")
        expect(page.locator("[data-verdict]")).to_contain_text("只能用简化方式")


@ON_LINUX
def test_with_the_authority_installed_the_tablet_can_work_without_a_network(
    tablet: Opened, secure_address: str, folder: TlsFolder, tmp_path: Path
) -> None:
    authority = folder.read("authority")
    assert authority
    trust(tmp_path, authority.der)
    with tablet() as page:
        checked(page, secure_address)
        assert "浏览器信任服务器证书" in line(page, "trusted")
        expect(page.locator("[data-verdict]")).to_contain_text("可以离线检查")
