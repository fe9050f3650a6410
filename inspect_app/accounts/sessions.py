"""Server-side sessions: the signed cookie holds a token and when it was last used; the row can be ended at any time."""

from datetime import UTC, datetime, timedelta

from flask import current_app, g, has_request_context, redirect, request, session, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import SignIn, User
from inspect_app.accounts.tokens import digest
from inspect_app.core import clock
from inspect_app.core.database import db

FREE_WHILE_PASSWORD_IS_OLD = {
    "accounts.password",
    "accounts.sign_out",
    "web.favicon",
    "web.healthz",
    "web.language",
    "web.plotly",
    "web.readyz",
}
UNTRACKED = {"static", "bootstrap.static"}


def actor_of(user: User) -> Actor:
    """Return the acting value of an account."""
    return Actor(
        id=user.id,
        name=user.name,
        role=user.role,
        view_region_id=user.view_region_id,
        capture_region_id=user.capture_region_id,
        unit_id=user.unit_id,
        address=(request.remote_addr or "") if has_request_context() else "",
    )


def load_actor() -> Response | None:
    """Put who is signed in into `g.actor` and `g.user`; an initial or aged password must be changed first.

    A request that carries the token of a device is no business of the session: the API asks the token who it is.
    """
    g.actor = g.user = None
    if request.authorization is not None or request.endpoint in UNTRACKED:
        return None
    if not (signed_in := _alive(session.get("token"))):
        return None
    g.user = signed_in.user
    g.actor = actor_of(signed_in.user)
    session["used"] = int(clock.now().timestamp())
    if _password_is_old(signed_in.user) and request.endpoint not in FREE_WHILE_PASSWORD_IS_OLD:
        return redirect(url_for("accounts.password"))
    return None


def current_sign_in() -> SignIn | None:
    """Return the row of this session, while it is alive."""
    return _alive(session.get("token"))


def _alive(token: str | None) -> SignIn | None:
    if not token:
        return None
    now = clock.now()
    used = datetime.fromtimestamp(session.get("used", 0), UTC)
    if now - used > timedelta(minutes=current_app.config["IDLE_MINUTES"]):
        return None
    row = db.session.scalar(
        select(SignIn)
        .options(joinedload(SignIn.user))
        .where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
    )
    lifetime = current_app.permanent_session_lifetime
    return row if row and row.user.active and now - row.started_at <= lifetime else None


def _password_is_old(user: User) -> bool:
    age = clock.now() - user.password_changed_at
    return user.must_change_password or age > timedelta(days=current_app.config["PASSWORD_MAX_AGE_DAYS"])
