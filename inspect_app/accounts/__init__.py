"""People, roles and sign-in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Load who is signed in before every request."""
    from inspect_app.accounts.sessions import load_actor  # noqa: PLC0415 - flask is imported when an app is built

    app.before_request(load_actor)
