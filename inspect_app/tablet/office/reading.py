"""Answers in words, for people who compare them."""

from collections.abc import Mapping
from typing import Any

from inspect_app.checklists.definition import Item
from inspect_app.checklists.scoring import judge
from inspect_app.core import clock


def said_of(item: Item | None, content: Mapping[str, Any]) -> str:
    """Return what an answer says, "" for none; of an item that is gone its value as it was sent."""
    value = content.get("value") or {}
    if item is None:
        return "；".join(str(each) for each in value.values())
    return "；".join(str(each) for each in judge(item, value, clock.today()).why) if value else ""
