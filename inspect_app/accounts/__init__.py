"""People, roles and sign-in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Load who is signed in before every request; enter the accounts in the navigation and the place in the top bar."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - what follows is imported with an app
    from inspect_app.accounts.queries import place_of  # noqa: PLC0415 - the same
    from inspect_app.accounts.sessions import load_actor  # noqa: PLC0415 - the same
    from inspect_app.core.labels import mark  # noqa: PLC0415 - the same
    from inspect_app.web import navigation  # noqa: PLC0415 - the same

    app.before_request(load_actor)
    navigation.register(app, mark("账号管理"), "accounts.users", Permission.MANAGE_USERS, order=90)
    navigation.name_place(app, place_of)
