"""A notice taken in: everything that was read is there, and nothing is decided for anybody."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.workplans.intake.service import discard
from inspect_app.workplans.lifecycle import DRAFT
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.words import Part, Verdict
from tests.accounts.factories import actor_of, make_user
from tests.workplans.intake.notices import officer, received

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def tacheng(session: Session) -> WorkPlan:
    with transaction():
        return received(session)


def test_all_nineteen_tasks_are_there_with_their_words(tacheng: WorkPlan) -> None:
    assert [task.position for task in tacheng.tasks] == list(range(1, 20))
    assert all(tacheng.text[task.start : task.end] == task.text for task in tacheng.tasks)
    assert tacheng.reference == "YD-6542-2024-01"
    assert (tacheng.state, tacheng.number) == (DRAFT, "塔地抗震办〔2024〕1号")


def test_the_days_of_the_letter_become_reporting_dates(tacheng: WorkPlan) -> None:
    found = [(each.number, each.title, each.due_on) for each in tacheng.dates]
    assert found == [(1, "第1次报送", date(2024, 6, 7)), (2, "第2次报送", date(2024, 11, 8))]


def test_groups_are_known_and_units_nobody_registered_are_not(tacheng: WorkPlan) -> None:
    first = tacheng.tasks[0]
    assert [(each.part, each.unit_id, each.group) for each in first.units] == [
        (Part.LEAD, None, None),
        (Part.COOPERATING, None, None),
        (Part.RESPONSIBLE, None, "@county_governments"),
        (Part.RESPONSIBLE, None, "@members"),
    ]


def test_a_registered_unit_is_known_by_the_name_people_write(session: Session) -> None:
    with transaction():
        bureau = ensure_unit(session, by_code(session, "6542").id, "塔城地区应急管理局")
        plan = received(session)
    written = {each.written: each.unit_id for task in plan.tasks for each in task.units}
    assert written["地区应急管理局"] == bureau.id
    assert written["地区地震局"] is None


def test_every_requirement_waits_for_a_person(tacheng: WorkPlan) -> None:
    assert len(tacheng.obligations) == 6
    assert {each.verdict for each in tacheng.obligations} == {Verdict.PROPOSED}
    assert len({each.code for each in tacheng.obligations}) == 6
    quoted = [tacheng.text[each.start : each.start + len(each.quote)] for each in tacheng.obligations if each.start]
    assert quoted == [each.quote for each in tacheng.obligations]


def test_a_topic_is_proposed_where_one_stands_out(tacheng: WorkPlan) -> None:
    topics = {task.number: task.topic for task in tacheng.tasks}
    assert (topics["（十三）"], topics["（十五）"], topics["（十七）"]) == ("DRILL", "SUPPLIES", "SHELTER")


def test_the_same_text_again_is_the_same_plan(session: Session, tacheng: WorkPlan) -> None:
    with transaction():
        again = received(session)
        assert again.id == tacheng.id
    assert len(session.scalars(select(WorkPlan)).all()) == 1


def test_what_was_discarded_may_come_again(session: Session, tacheng: WorkPlan) -> None:
    with transaction():
        discard(session, officer(session), session.get_one(WorkPlan, tacheng.id), "发错了文件", 1)
        assert received(session).reference == "YD-6542-2024-02"


def test_nobody_receives_a_notice_for_another_place(session: Session) -> None:
    with transaction():
        stranger = officer(session, "6543")
        head = actor_of(make_user(session, Role.COUNTY_HEAD, by_code(session, "654202")))
        for actor in (stranger, head):
            with pytest.raises(Forbidden):
                received(session, actor=actor)


def test_the_trail_tells_how_much_came_and_not_what_it_says(session: Session, tacheng: WorkPlan) -> None:
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "work_plan.receive")).one()
    assert entry.subject_reference == tacheng.reference
    assert entry.changes == {"year": [None, 2024], "tasks": [None, 19]}
