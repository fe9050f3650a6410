"""Reading accounts."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import GRANTS, Permission, Role
from inspect_app.accounts.models import SignIn, User
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region, Unit


def user_by_id(session: Session, user_id: int) -> User:
    """Return an account, or raise NotFound."""
    if user := session.get(User, user_id):
        return user
    raise NotFound("没有这个账号。")


def user_by_login(session: Session, login: str) -> User:
    """Return an account by its login (case does not matter), or raise NotFound."""
    if user := session.scalar(select(User).where(func.lower(User.login) == login.strip().lower())):
        return user
    raise NotFound("没有登录名为“%(login)s”的账号。", login=login)


def all_users() -> Select[tuple[User]]:
    """Select every account, active ones first."""
    return select(User).order_by(User.active.desc(), User.role, User.login)


def living_sessions(session: Session, user: User) -> list[SignIn]:
    """List where a person is signed in, newest first."""
    rows = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None)).order_by(SignIn.id.desc())
    return list(session.scalars(rows))


def inspectors_of(session: Session, region_ids: list[int]) -> list[User]:
    """List active people who may inspect others and enter data in one of the regions; a county's clerk may not.

    Clerks carry out inspections too, but only the self-checks (自查) of their own county.
    """
    return [user for user in own_inspectors_of(session, region_ids) if user.role is not Role.COUNTY_CLERK]


def own_inspectors_of(session: Session, region_ids: list[int]) -> list[User]:
    """List active people who carry out inspections of any sort, self-checks too, and enter data in these regions."""
    roles = [role for role, granted in GRANTS.items() if Permission.CARRY_OUT_INSPECTION in granted]
    people = select(User).where(User.active, User.role.in_(roles), User.capture_region_id.in_(region_ids))
    return list(session.scalars(people.order_by(User.name)))


def place_of(actor: Actor) -> str:
    """Name where a person stands: the unit, else the region they see, else nothing."""
    session = db.session()
    unit = session.get(Unit, actor.unit_id) if actor.unit_id else None
    region = session.get(Region, actor.view_region_id) if actor.view_region_id and unit is None else None
    return unit.name if unit else region.name if region else ""
