from collections.abc import Mapping

import pytest
from flask import Flask, g

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.web import slots

CLERK = Actor(1, "钱示例", Role.COUNTY_CLERK, 1, 1)


def told(actor: Actor, *subject: object) -> Mapping[str, object]:
    return {"who": actor.name, "about": subject}


def parts(app: Flask, slot: str, *subject: object) -> list[slots.Part]:
    with app.test_request_context("/"):
        g.actor = CLERK
        return slots.parts_of(slot, *subject)


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    fresh_app.extensions["slots"] = {}
    return fresh_app


def test_parts_come_in_order_and_learn_for_whom_and_about_what(app: Flask) -> None:
    slots.fill(app, "page", "late.html", told, order=20)
    slots.fill(app, "page", "early.html", told, order=10)
    slots.fill(app, "other", "other.html", told)
    found = parts(app, "page", "YH-1")
    assert [part.template for part in found] == ["early.html", "late.html"]
    assert found[0].content == {"who": "钱示例", "about": ("YH-1",)}


def test_a_part_without_content_is_left_out(app: Flask) -> None:
    slots.fill(app, "page", "nothing.html", lambda _actor: None)
    assert parts(app, "page") == []


def test_a_slot_that_nobody_fills_is_empty(app: Flask) -> None:
    assert parts(app, "page") == []
