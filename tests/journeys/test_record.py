"""The record that the inspected person reads on the tablet says what was answered, what it leads to and why."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import PASSWORD
from tests.inspections.factories import GOOD, make_visit

WRITE = """async ([pack, contents, photos]) => {
  const { accountOf, drawAccount } = await import('/static/tablet/account.js');
  const [visit] = pack.visits;
  const account = accountOf(pack, visit, new Map(contents), (item) => photos[item] || 0, pack.today);
  document.querySelector('main').replaceChildren(...drawAccount(account, pack.record));
  return account.open.map((each) => each.item);
}"""


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    with transaction():
        return make_visit(session)


@pytest.fixture
def page(visitor: Callable[..., Page], visit: Inspection) -> Page:
    page = visitor({"width": 800, "height": 1280})
    page.goto("/sign-in")
    page.fill("[name=login]", visit.inspectors[0].user.login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    return page


def write(page: Page, answers: Mapping[str, Mapping[str, Any]], **photos: int) -> list[str]:
    """Draw the record from a pack of the server; returns what is still open."""
    pack = page.evaluate("async () => (await fetch('/api/v1/pack')).json()")
    contents = [
        [code, {"value": value, "note": "东楼二层" if code == "C03-05" else "", "immediate_measure": ""}]
        for code, value in answers.items()
    ]
    told: list[str] = page.evaluate(WRITE, [pack, contents, {key.replace("_", "-"): n for key, n in photos.items()}])
    return told


def test_what_failed_stands_first_with_nature_demand_and_basis(
    page: Page, visit: Inspection, assert_accessible: Callable[[Page], None]
) -> None:
    still_open = write(page, {**GOOD, "C03-05": {"value": "yes"}}, C03_05=2)
    main = page.locator("main")
    finding = main.locator(".findings li", has_text="C03-05")
    for words in ("回答“是”。", "东楼二层", "▲ 重大隐患，一票否决", "整改，达到检查项 C03-05", "2 件"):
        expect(finding).to_contain_text(words)
    expect(main).to_contain_text(visit.reference)
    expect(main).to_contain_text("不合格，▲ 一票否决（C03-05）")
    expect(main.locator("h3", has_text="合格的项目")).to_be_visible()
    assert still_open == []
    assert_accessible(page)


def test_a_record_of_half_a_visit_names_what_is_open(page: Page) -> None:
    still_open = write(page, {"C03-08": {"value": "yes"}})
    main = page.locator("main")
    expect(main.locator("h3", has_text="尚未完成的项目")).to_contain_text("15")
    expect(main).to_contain_text("没有发现不合格项。")
    expect(main).to_contain_text("未定")
    assert len(still_open) == 15
