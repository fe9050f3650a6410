"""Addresses of a list that differ from the present one in a condition."""

from typing import Any

from flask import request, url_for

PLACES = {"after": None, "before": None}


def address_with(endpoint: str, **over: str | None) -> str:
    """Return the address of a page with the present conditions and these ones instead; None takes one away.

    It begins with the first page: the place within the pages (`after`, `before`) is carried over only when given.
    """
    given = {**request.args.to_dict(), **PLACES, **over}
    kept: dict[str, Any] = {name: value for name, value in given.items() if value}
    return url_for(endpoint, **kept)
