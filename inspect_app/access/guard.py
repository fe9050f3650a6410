"""Routes say who may enter: `@requires(...)` or `@open_to_all`; a test refuses a route that says neither."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import g

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core.errors import DomainError, Forbidden

P = ParamSpec("P")
R = TypeVar("R")


class SignInNeeded(DomainError):
    """Nobody is signed in, or the session has ended."""

    code = "sign_in_needed"

    def __init__(self) -> None:
        super().__init__("请先登录。")


def current_actor() -> Actor:
    """Return who is signed in (put into `g.actor` by accounts); raises SignInNeeded."""
    actor = g.get("actor")
    if actor is None:
        raise SignInNeeded
    return cast("Actor", actor)


def requires(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only roles pass that hold one of the permissions; without any, every signed-in person."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = current_actor()
            if permissions and not any(actor.can(permission) for permission in permissions):
                raise Forbidden("您的角色不能使用这个功能。如确有需要，请联系安全管理员调整角色。")
            return view(*args, **kwargs)

        guarded.guarded_by = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a route that needs no account (sign-in page, health)."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view
