from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.reporting.desk import desk
from tests.accounts.factories import make_user
from tests.reporting.stock import TODAY, days, fill, put


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.COUNTY_CLERK, {"draft": 1, "assigned": 1, "accepted": 1, "rectifying": 8}),
        (Role.COUNTY_HEAD, {"registered": 1, "done": 1}),
        (Role.INSPECTOR, {"draft": 1, "done": 1}),
        (Role.PREFECTURE_LEADER, {"closure_pending": 1, "suspended": 1}),
        (Role.ASSESSOR, {}),
        (Role.AUDITOR, {}),
    ],
)
def test_each_role_finds_the_steps_that_wait_for_it(
    session: Session, counties: dict[str, Region], role: Role, states: dict[str, int]
) -> None:
    with transaction():
        person = make_user(session, role, None if role is Role.AUDITOR else counties["wusu"])
    found = desk(session, actor_of(person), TODAY)
    assert {task.state: task.number for task in found.tasks} == states
    assert all(task.verbs for task in found.tasks)


def test_what_is_late_and_what_is_due_soon_stand_apart(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        today, last = (put(session, counties["yumin"], State.RECTIFYING, due_on=days(number)) for number in (0, 7))
        put(session, counties["yumin"], State.RECTIFYING, due_on=days(8))
        late = put(session, counties["yumin"], State.RECTIFYING, due_on=days(-1))
        head = actor_of(make_user(session, Role.COUNTY_HEAD, counties["yumin"]))
    found = desk(session, head, TODAY)
    assert found.late is not None
    assert found.soon is not None
    assert [row.reference for row in found.late.rows] == [late.reference]
    assert [row.reference for row in found.soon.rows] == [today.reference, last.reference]


def test_a_long_list_is_cut_and_says_how_many_there_are(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        head = actor_of(make_user(session, Role.COUNTY_HEAD, counties["wusu"]))
    found = desk(session, head, TODAY)
    assert found.late is not None
    assert (len(found.late.rows), found.late.number) == (8, 9)


def test_who_sees_no_hazards_has_none_on_the_desk(session: Session, counties: dict[str, Region]) -> None:
    assert counties
    with transaction():
        found = desk(session, actor_of(make_user(session, Role.SYSTEM_ADMINISTRATOR)), TODAY)
    assert (found.tasks, found.late, found.soon, list(found.visits)) == ((), None, None, [])
