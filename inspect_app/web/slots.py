"""Slots: places on a page into which packages of higher floors put a part that the page itself cannot know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from inspect_app.access.guard import current_actor

Content = Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A part as it is drawn: the template reads what it needs from `part.content`."""

    template: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class _Filling:
    template: str
    content: Content
    order: int


def init_app(app: Flask) -> None:
    """Begin without parts, and let templates ask for them: `{% for part in slot("home") %}`."""
    app.extensions["slots"] = {}
    app.jinja_env.globals["slot"] = parts_of


def fill(app: Flask, slot: str, template: str, content: Content, order: int = 100) -> None:
    """Put a part into a slot; `content(actor, *subject)` gives what it shows, None leaves it out on this page."""
    app.extensions["slots"].setdefault(slot, []).append(_Filling(template, content, order))


def parts_of(slot: str, *subject: object) -> list[Part]:
    """Return the parts of a slot for the present person, in order; `subject` is what the page is about."""
    fillings: list[_Filling] = current_app.extensions["slots"].get(slot, [])
    found = [
        (each.template, each.content(current_actor(), *subject))
        for each in sorted(fillings, key=lambda each: each.order)
    ]
    return [Part(template, content) for template, content in found if content is not None]
