"""Accounts for tests, made through the service."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts import service
from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import ensure_unit

PASSWORD = "Fortify-8-Counties"
NOBODY_CAPTURES = {Role.PREFECTURE_LEADER, Role.ASSESSOR, *service.SCOPELESS}

__all__ = ["PASSWORD", "actor_of", "make_user", "sign_in", "system_actor"]


def make_user(
    session: Session,
    role: Role,
    region: Region | None = None,
    unit: Unit | None = None,
    **over: Any,  # noqa: ANN401
) -> User:
    """Make an account that sees `region`, and enters data there unless its role never does; `unit` is its own."""
    number = (session.scalar(select(func.count()).select_from(User)) or 0) + 1
    view = region.id if region else None
    if role is Role.MEMBER_CLERK and unit is None and region is not None:
        unit = ensure_unit(session, region.id, "地区教育局")
    values: dict[str, Any] = {
        "unit_id": unit.id if unit else None,
        "login": f"{role.value}-{number}",
        "name": f"测试{number}号",
        "view_region_id": view,
        "capture_region_id": None if role in NOBODY_CAPTURES else view,
        "credential_number": f"证{number:05d}",
    }
    return service.create_user(
        session, SYSTEM, service.Profile(role=role, **{**values, **over}), PASSWORD, initial=False
    )


def sign_in(client: FlaskClient, user: User) -> None:
    """Sign a person in through the page."""
    answer = client.post("/sign-in", data={"login": user.login, "password": PASSWORD})
    assert answer.status_code == 302, answer.get_data(as_text=True)


def system_actor() -> Actor:
    """Return the system itself as an actor."""
    return SYSTEM
