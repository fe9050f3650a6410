from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts import service
from inspect_app.accounts.models import SignIn, User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.regions.queries import by_code, ensure_unit
from tests.accounts.factories import PASSWORD, actor_of, make_user

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def clerk(session: Session) -> User:
    with transaction():
        return make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))


def attempt(session: Session, login: str, password: str, address: str = "10.0.0.1") -> tuple[User, str] | str:
    with transaction():
        return service.sign_in(session, login, password, address=address, device="", lockout=service.Lockout(5, 15))


def test_the_right_password_opens_a_session_whose_token_is_not_stored(session: Session, clerk: User) -> None:
    result = attempt(session, clerk.login.upper(), PASSWORD)
    assert not isinstance(result, str)
    row = session.scalars(select(SignIn)).one()
    assert result[1] not in (row.token_hash, "")


def test_a_wrong_password_and_an_unknown_login_read_the_same(session: Session, clerk: User) -> None:
    assert (
        attempt(session, clerk.login, "wrong")
        == attempt(session, "nobody", "wrong")
        == "登录名或密码不正确，或账号已停用。"
    )


def test_five_failures_lock_the_account_for_that_address_and_time_opens_it(session: Session, clerk: User) -> None:
    with clock.set_to(NINE):
        for _ in range(5):
            attempt(session, clerk.login, "wrong")
        assert "临时锁定" in str(attempt(session, clerk.login, PASSWORD))
        assert not isinstance(attempt(session, clerk.login, PASSWORD, "10.0.0.2"), str)
    with clock.set_to(NINE + timedelta(minutes=16)):
        assert not isinstance(attempt(session, clerk.login, PASSWORD), str)


def test_twenty_failures_from_anywhere_lock_the_account_everywhere(session: Session, clerk: User) -> None:
    for number in range(20):
        attempt(session, clerk.login, "wrong", f"10.0.1.{number}")
    assert "临时锁定" in str(attempt(session, clerk.login, PASSWORD, "10.9.9.9"))


def test_another_account_from_the_same_address_is_not_locked(session: Session, clerk: User) -> None:
    with transaction():
        other = make_user(session, Role.INSPECTOR, by_code(session, "654202"))
    for _ in range(6):
        attempt(session, clerk.login, "wrong")
    assert not isinstance(attempt(session, other.login, PASSWORD), str)


def test_unlocking_forgets_the_failures(session: Session, clerk: User) -> None:
    for _ in range(5):
        attempt(session, clerk.login, "wrong")
    with transaction():
        service.unlock(session, SYSTEM, clerk)
    assert not isinstance(attempt(session, clerk.login, PASSWORD), str)


def test_a_disabled_account_cannot_sign_in(session: Session, clerk: User) -> None:
    with transaction():
        clerk.active = False
    assert isinstance(attempt(session, clerk.login, PASSWORD), str)


def test_a_change_of_role_ends_every_session(session: Session, clerk: User) -> None:
    attempt(session, clerk.login, PASSWORD)
    profile = service.Profile(clerk.login, clerk.name, Role.COUNTY_HEAD, clerk.view_region_id, clerk.capture_region_id)
    with transaction():
        service.change_profile(session, SYSTEM, clerk, profile, active=True)
    assert session.scalars(select(SignIn)).one().ended_because == "账号信息变更"


def test_nobody_changes_their_own_role(session: Session, clerk: User) -> None:
    profile = service.Profile(clerk.login, clerk.name, Role.AUDITOR)
    with pytest.raises(Invalid, match="另一位安全管理员"):
        service.change_profile(session, actor_of(clerk), clerk, profile, active=True)


def test_a_login_is_given_once_whatever_its_case(session: Session, clerk: User) -> None:
    profile = service.Profile(clerk.login.upper(), "甲", Role.AUDITOR)
    with pytest.raises(Conflict, match="已有人使用"):
        service.create_user(session, SYSTEM, profile, PASSWORD)


def test_administrators_have_no_region_and_others_need_one(session: Session) -> None:
    with pytest.raises(Invalid, match="不能设置管辖区域"):
        service.create_user(session, SYSTEM, service.Profile("a", "甲", Role.AUDITOR, view_region_id=1), PASSWORD)
    with pytest.raises(Invalid, match="请选择可查看的区域"):
        service.create_user(session, SYSTEM, service.Profile("b", "乙", Role.INSPECTOR), PASSWORD)


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(session: Session, clerk: User) -> None:
    attempt(session, clerk.login, PASSWORD)
    attempt(session, clerk.login, PASSWORD)
    kept = session.scalars(select(SignIn)).first()
    assert kept is not None
    actor: Actor = actor_of(clerk)
    with pytest.raises(Invalid, match="原密码不正确"):
        service.change_password(session, actor, clerk, "wrong", "Another-9-Towns", minimum=12, keep_id=kept.id)
    with transaction():
        service.change_password(session, actor, clerk, PASSWORD, "Another-9-Towns", minimum=12, keep_id=kept.id)
    assert [row.id for row in session.scalars(select(SignIn).where(SignIn.ended_at.is_(None)))] == [kept.id]


def test_the_clerk_of_a_member_unit_has_a_unit_of_the_region_they_see(session: Session) -> None:
    with transaction():
        here, there = by_code(session, "6542"), by_code(session, "6543")
        unit, stranger = ensure_unit(session, here.id, "地区教育局"), ensure_unit(session, there.id, "地区教育局")
        member = make_user(session, Role.MEMBER_CLERK, here, unit)
        for wrong in (None, stranger.id, 999_999):
            profile = service.Profile("jyj", "王某", Role.MEMBER_CLERK, here.id, here.id, wrong)
            with pytest.raises(Invalid) as refused:
                service.create_user(session, SYSTEM, profile, PASSWORD)
            assert "unit" in refused.value.problems
        assert actor_of(member).unit_id == unit.id
