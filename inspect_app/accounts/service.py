"""Changes to accounts: creation, sign-in, lock-out, passwords, roles.

A change of role or password ends all sessions.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts import passwords
from inspect_app.accounts.models import FailedSignIn, SignIn, User
from inspect_app.accounts.tokens import digest, new_token
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import covers

ALL_ADDRESSES_FACTOR = 4
SCOPELESS = {Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}


@dataclass(frozen=True)
class Lockout:
    """So many failures within so many minutes lock an account for an address; four times as many, for all."""

    failures: int = 5
    minutes: int = 15


@dataclass(frozen=True)
class Profile:
    """What an account is: everything but its password."""

    login: str
    name: str
    role: Role
    view_region_id: int | None = None
    capture_region_id: int | None = None
    unit_id: int | None = None
    credential_number: str | None = None


def create_user(session: Session, actor: Actor, profile: Profile, password: str, *, initial: bool = True) -> User:
    """Create an account; an `initial` password must be changed at the first sign-in."""
    _check_profile(session, profile)
    if session.scalar(select(User.id).where(func.lower(User.login) == profile.login.lower())):
        raise Conflict("登录名“%(login)s”已有人使用，请换一个。", login=profile.login)
    now = clock.now()
    user = User(
        **vars(profile),
        password_hash=passwords.hash_password(password),
        password_changed_at=now,
        must_change_password=initial,
        created_at=now,
    )
    session.add(user)
    session.flush()
    record(
        session,
        actor,
        "user.create",
        kind="user",
        id=user.id,
        reference=user.login,
        changes={"role": [None, user.role]},
    )
    return user


def change_profile(session: Session, actor: Actor, user: User, profile: Profile, *, active: bool) -> None:
    """Change what an account is; every session of it ends, so that no old right outlives the change."""
    _check_profile(session, profile)
    if user.id == actor.id:
        raise Invalid({"": ["不能修改自己的角色或停用自己的账号，请由另一位安全管理员操作。"]})
    fresh = {**vars(profile), "active": active}
    del fresh["login"]
    changes = {name: [getattr(user, name), value] for name, value in fresh.items() if getattr(user, name) != value}
    if not changes:
        return
    for name, value in fresh.items():
        setattr(user, name, value)
    end_sessions(session, user, "账号信息变更")
    shown = {name: pair for name, pair in changes.items() if name not in {"name", "credential_number"}}
    record(session, actor, "user.change", kind="user", id=user.id, reference=user.login, changes=shown)


def sign_in(
    session: Session, login: str, password: str, *, address: str, device: str, lockout: Lockout
) -> tuple[User, str] | str:
    """Return the person and a session token, or the Chinese sentence why not.

    The refusal is returned, not raised, because the failed try itself has to be committed.
    """
    login = login.strip().lower()
    if _locked(session, login, address, lockout):
        return f"登录失败次数过多，账号已临时锁定，请 {lockout.minutes} 分钟后再试，或请安全管理员解锁。"
    user = session.scalar(select(User).where(func.lower(User.login) == login))
    if not passwords.matches(user.password_hash if user else None, password) or user is None or not user.active:
        session.add(FailedSignIn(login=login, address=address, at=clock.now()))
        record(session, SYSTEM, "user.sign_in_failed", kind="user", id=user.id if user else None, changes={})
        return "登录名或密码不正确，或账号已停用。"
    _clear_failures(session, login, address)
    token = new_token()
    session.add(
        SignIn(user_id=user.id, token_hash=digest(token), started_at=clock.now(), address=address, device=device[:200])
    )
    record(session, _as_actor(user, address), "user.sign_in", kind="user", id=user.id, reference=user.login)
    return user, token


def sign_out(session: Session, actor: Actor, signed_in: SignIn) -> None:
    """End one session."""
    signed_in.ended_at, signed_in.ended_because = clock.now(), "退出"
    record(session, actor, "user.sign_out", kind="user", id=signed_in.user_id)


def end_sessions(session: Session, user: User, why: str, *, keep_id: int | None = None) -> None:
    """End every living session of a person (but `keep_id`)."""
    session.execute(
        update(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != (keep_id or 0))
        .values(ended_at=clock.now(), ended_because=why)
    )


def change_password(
    session: Session, actor: Actor, user: User, old: str, new: str, *, minimum: int, keep_id: int | None
) -> None:
    """Change one's own password; the other sessions end."""
    if not passwords.matches(user.password_hash, old):
        raise Invalid({"old": ["原密码不正确。"]})
    wrong = passwords.problems(new, minimum=minimum, context=(user.login, user.name))
    if old == new:
        wrong.append("新密码不能与原密码相同。")
    if wrong:
        raise Invalid({"new": wrong})
    _set_password(user, new, initial=False)
    end_sessions(session, user, "修改密码", keep_id=keep_id)
    record(session, actor, "user.change_password", kind="user", id=user.id, reference=user.login)


def reset_password(session: Session, actor: Actor, user: User) -> str:
    """Give a random initial password (returned once, stored nowhere readable); every session ends."""
    password = passwords.random_password()
    _set_password(user, password, initial=True)
    end_sessions(session, user, "重置密码")
    unlock(session, actor, user)
    record(session, actor, "user.reset_password", kind="user", id=user.id, reference=user.login)
    return password


def unlock(session: Session, actor: Actor, user: User) -> None:
    """Forget the failed tries of an account."""
    _clear_failures(session, user.login.lower())
    record(session, actor, "user.unlock", kind="user", id=user.id, reference=user.login)


def _set_password(user: User, password: str, *, initial: bool) -> None:
    user.password_hash = passwords.hash_password(password)
    user.password_changed_at = clock.now()
    user.must_change_password = initial


def _locked(session: Session, login: str, address: str, lockout: Lockout) -> bool:
    recent = (
        FailedSignIn.login == login,
        FailedSignIn.cleared.is_(False),
        FailedSignIn.at > clock.now() - timedelta(minutes=lockout.minutes),
    )
    everywhere = session.scalar(select(func.count()).select_from(FailedSignIn).where(*recent)) or 0
    here = (
        session.scalar(select(func.count()).select_from(FailedSignIn).where(*recent, FailedSignIn.address == address))
        or 0
    )
    return here >= lockout.failures or everywhere >= lockout.failures * ALL_ADDRESSES_FACTOR


def _clear_failures(session: Session, login: str, address: str | None = None) -> None:
    conditions = [FailedSignIn.login == login, FailedSignIn.cleared.is_(False)]
    if address is not None:
        conditions.append(FailedSignIn.address == address)
    session.execute(update(FailedSignIn).where(*conditions).values(cleared=True))


def _check_profile(session: Session, profile: Profile) -> None:
    wrong: dict[str, list[str]] = {}
    if not profile.login.strip() or not profile.login.isascii() or any(char.isspace() for char in profile.login):
        wrong["login"] = ["登录名只能用英文字母、数字和符号，不能有空格。"]
    if not profile.name.strip():
        wrong["name"] = ["请填写姓名。"]
    if profile.role in SCOPELESS:
        if profile.view_region_id or profile.capture_region_id:
            wrong["view_region_id"] = ["三类管理员不办理业务，不能设置管辖区域。"]
    elif profile.view_region_id is None:
        wrong["view_region_id"] = ["请选择可查看的区域。"]
    if unit_problems := _problems_of_unit(session, profile):
        wrong["unit"] = unit_problems
    if wrong:
        raise Invalid(wrong)


def _problems_of_unit(session: Session, profile: Profile) -> list[str]:
    """Say what is wrong with the unit of an account: a clerk of a member unit has one, of the region they see."""
    if profile.unit_id is None:
        return ["成员单位填报员要设置所属单位。"] if profile.role is Role.MEMBER_CLERK else []
    place = session.scalar(select(Unit.region_id).where(Unit.id == profile.unit_id))
    if place is None or profile.view_region_id is None or not covers(session, profile.view_region_id, place):
        return ["所属单位不在可查看的区域内，请核对单位和区域。"]
    return []


def _as_actor(user: User, address: str) -> Actor:
    return Actor(user.id, user.name, user.role, user.view_region_id, user.capture_region_id, user.unit_id, address)
