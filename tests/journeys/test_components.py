"""Every component on one page, in a real browser, under the real content policy."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, render_template_string, request
from playwright.sync_api import Page, expect
from wtforms import RadioField, StringField, SubmitField, TextAreaField
from wtforms.validators import Length

from inspect_app.access.actor import Actor
from inspect_app.access.guard import open_to_all
from inspect_app.access.permissions import Role
from inspect_app.core.labels import mark
from inspect_app.web import navigation
from inspect_app.web.forms import BaseForm, ConfirmField, options

BARS = {
    "data": [
        {
            "type": "bar",
            "orientation": "h",
            "y": ["发现", "销号"],
            "x": [9, 4],
            "customdata": ["/rows?a=1", "/rows?a=2"],
        }
    ],
    "layout": {"yaxis": {"autorange": "reversed"}},
}
STEPS = [{"label": "登记", "note": "09-12", "status": "ok"}, {"label": "整改中", "note": "", "status": "now"}]
EVENTS = [{"at": datetime(2026, 6, 1, 2, tzinfo=UTC), "label": "交办", "by": "张示例", "note": ""}]


class SampleForm(BaseForm):
    name = StringField(mark("检查对象"))
    measure = TextAreaField(mark("整改措施"), [Length(min=10)], description=mark("至少 10 个字"))
    answer = RadioField(mark("答案"), choices=options({"yes": "是", "no": "否"}))
    send = SubmitField(mark("保存"))
    close = ConfirmField(mark("销号"), question=mark("销号后不能修改，确定吗？"))


@pytest.fixture
def posted() -> list[str]:
    return []


@pytest.fixture
def app(fresh_app: Flask, posted: list[str]) -> Flask:
    source = Path(__file__).with_name("components.html").read_text("utf-8")

    def components() -> str:
        g.actor = Actor(1, "赵示例", Role.PREFECTURE_LEADER, None, None)
        form = SampleForm()
        if form.is_submitted():
            form.validate()
            posted.append("close" if form.close.data else "send")
        return render_template_string(source, form=form, bars=BARS, steps=STEPS, events=EVENTS)

    def rows() -> str:
        return render_template_string("{{ request.query_string.decode() }}", request=request)

    fresh_app.add_url_rule("/components", "components", open_to_all(components), methods=["GET", "POST"])
    fresh_app.add_url_rule("/rows", "rows", open_to_all(rows))
    fresh_app.extensions["navigation"] = navigation.Navigation()
    navigation.register(fresh_app, mark("部件"), "components", count=lambda _actor: 7)
    navigation.register(fresh_app, mark("明细"), "rows")
    return fresh_app


@pytest.fixture
def components(page: Page) -> Page:
    page.goto("/components")
    return page


def test_figures_are_drawn_under_the_content_policy_and_lead_to_their_rows(
    page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto("/components?figures")
    bars = page.locator(".plot .bars .point")
    page.locator(".plot").scroll_into_view_if_needed()
    expect(bars).to_have_count(2)
    assert_accessible(page)
    box = bars.nth(1).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/rows?a=2")


def test_the_data_of_a_figure_stand_below_it_as_a_table(components: Page) -> None:
    components.get_by_text("查看数据表").click()
    expect(components.locator(".as-table table")).to_contain_text("销号")


def test_a_double_click_sends_once(components: Page, posted: list[str]) -> None:
    components.fill("[name=measure]", "更换破损栏杆并加固基座")
    with components.expect_navigation():
        components.get_by_role("button", name="保存").dblclick()
    components.wait_for_load_state("networkidle")
    assert posted == ["send"]


def test_a_grave_step_asks_back_and_can_be_given_up(components: Page, posted: list[str]) -> None:
    questions: list[str] = []

    def refuse(dialog: Any) -> None:  # noqa: ANN401 - Playwright's dialog
        questions.append(dialog.message)
        dialog.dismiss()

    components.once("dialog", refuse)
    components.get_by_role("button", name="销号").click()
    assert (questions, posted) == (["销号后不能修改，确定吗？"], [])
    components.once("dialog", lambda dialog: dialog.accept())
    components.get_by_role("button", name="销号").click()
    expect(components.get_by_text("字段长度必须至少 10 个字符。")).to_be_visible()
    assert posted == ["close"]


def test_the_first_mistake_has_the_focus(components: Page) -> None:
    components.get_by_role("button", name="保存").click()
    expect(components.locator("[name=measure]")).to_be_focused()


def test_a_narrow_screen_has_a_menu_that_works_without_scripts(visitor: Callable[..., Page]) -> None:
    page = visitor({"width": 800, "height": 1280}, java_script_enabled=False)
    page.goto("/components")
    expect(page.get_by_role("link", name="明细")).to_be_hidden()
    page.get_by_text("菜单", exact=True).click()
    page.get_by_role("link", name="明细").click()
    page.wait_for_url("**/rows")


def test_no_page_is_wider_than_its_screen(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/components")
    for width, height in ((1366, 768), (1280, 800), (800, 1280)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
