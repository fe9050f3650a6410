"""A served application, and visitors in Chromium: nothing foreign is fetched and nothing fails unseen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from inspect_app.core import clock as core_clock
from inspect_app.launch import browser as launch_browser

HOST = "127.0.0.1"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OFFICE_SCREEN: ViewportSize = {"width": 1366, "height": 768}
TABLET_SCREEN: ViewportSize = {"width": 1194, "height": 834}
GRAVE = {"serious", "critical"}
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


class Witness:
    """Collects what must not happen in a browser; a test that provokes an error forgives it by a fragment."""

    def __init__(self) -> None:
        self._seen: list[str] = []
        self._forgiven: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda failure: self._seen.append(f"script error: {failure.error}"))

    def forgive(self, fragment: str) -> None:
        self._forgiven.append(fragment)

    @property
    def complaints(self) -> list[str]:
        return [line for line in self._seen if not any(fragment in line for fragment in self._forgiven)]

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != HOST:
            self._seen.append(f"foreign request: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._seen.append(f"console: {message.text} {message.location}")


class QuietHandler(WSGIRequestHandler):
    """Logs nothing: the application keeps its own log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is werkzeug's
        del type, message, args


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Serve as in production: forged forms are refused, errors become pages."""
    return {**settings, "WTF_CSRF_ENABLED": True, "PROPAGATE_EXCEPTIONS": False}


@pytest.fixture
def address(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    """Serve the application on a free port; with the `clock` fixture its requests see the pinned instant."""
    instant = request.getfixturevalue("clock") if "clock" in request.fixturenames else None

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # noqa: ANN401 - a WSGI answer
        if instant is None:
            return app(environ, start_response)
        with core_clock.set_to(instant):
            return app(environ, start_response)

    server = make_server(HOST, 0, served, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = launch_browser.find()
    assert executable, f"no browser: install Chromium, Chrome or Edge, or set {launch_browser.VARIABLE} to its path"
    browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def witness() -> Iterator[Witness]:
    """Fail the test on any foreign request, console error, script error or breach of the content policy."""
    witness = Witness()
    yield witness
    assert not witness.complaints, "\n".join(witness.complaints)


@pytest.fixture
def visitor(browser: Browser, address: str, witness: Witness) -> Iterator[Callable[..., Page]]:
    """Let somebody sit down at a browser of their own: `visitor()` at the office, `visitor(TABLET_SCREEN)` outside."""
    with ExitStack() as departures:

        def arrive(screen: ViewportSize = OFFICE_SCREEN, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own
            context = browser.new_context(
                base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=screen, **options
            )
            departures.callback(context.close)
            witness.watch(context)
            return context.new_page()

        yield arrive


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """Give one visitor at the office."""
    return visitor()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Give a check that axe finds nothing serious on the page shown."""

    def check(page: Page) -> None:
        violations = Axe().run(page).response["violations"]
        grave = [
            f"{page.url} {found['id']}: {found['help']} {[node['target'] for node in found['nodes']]}"
            for found in violations
            if found["impact"] in GRAVE
        ]
        assert not grave, "\n".join(grave)

    return check
