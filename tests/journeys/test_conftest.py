"""The witness of every journey must itself see."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import Error, Page

from inspect_app.core import clock as core_clock
from inspect_app.core.clock import local
from tests.journeys.conftest import Witness

GOOD = (
    "<!doctype html><html lang=zh-CN><head><title>样例</title><link rel=icon href=data:,></head><body>%s</body></html>"
)


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    @fresh_app.get("/trial/page")
    def trial_page() -> Response:
        now = local(core_clock.now()).isoformat()
        return Response(GOOD % f"<main><h1>样例</h1><p>{now}</p><input></main>")

    @fresh_app.get("/trial/policy")
    def trial_policy() -> Response:
        return Response(GOOD % "<script>1</script>", headers={"Content-Security-Policy": "script-src 'self'"})

    return fresh_app


def take(witness: Witness) -> str:
    """Return what the witness saw, and clear it, since here it is provoked."""
    seen = " ".join(witness.complaints)
    witness.forgive("")
    return seen


def test_a_visitor_sees_the_page_at_the_pinned_time(clock: datetime, page: Page) -> None:
    page.goto("/trial/page")
    assert local(clock).isoformat() in page.inner_text("main")


def test_a_foreign_request_is_seen(page: Page, witness: Witness) -> None:
    with suppress(Error):
        page.goto("https://elsewhere.invalid/")
    assert "foreign request: https://elsewhere.invalid/" in take(witness)


def test_a_breach_of_the_content_policy_is_seen(page: Page, witness: Witness) -> None:
    page.goto("/trial/policy")
    page.wait_for_timeout(100)
    assert "Content Security Policy" in take(witness)


def test_an_unlabelled_field_is_not_accessible(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    page.goto("/trial/page")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


def test_two_visitors_share_no_cookie(visitor: Callable[..., Page], settings: dict[str, Any]) -> None:
    assert settings["WTF_CSRF_ENABLED"]
    one, other = visitor(), visitor()
    one.goto("/trial/page")
    one.evaluate("document.cookie = 'name=one'")
    other.goto("/trial/page")
    assert other.evaluate("document.cookie") == ""
