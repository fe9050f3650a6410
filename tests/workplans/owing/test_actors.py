"""Who owes a task: named units, groups, governments that are counties, and who is left out and why."""

from sqlalchemy.orm import Session

from inspect_app.regions.queries import by_code, counties_of
from inspect_app.workplans.models import WorkPlan, WorkTask
from inspect_app.workplans.owing.actors import (
    NO_MEMBERS,
    NO_PART,
    THROUGH_COUNTIES,
    Owner,
    ground_of,
    owners,
    owners_in,
)
from inspect_app.workplans.words import Part
from tests.workplans.owing.plans import add_task, make_plan, unit

LEAD, COOPERATING, RESPONSIBLE = Part.LEAD, Part.COOPERATING, Part.RESPONSIBLE
COUNTIES = 7


def absent(session: Session, plan: WorkPlan, task: WorkTask) -> list[str]:
    return [str(each.why) for each in owners_in(ground_of(session, plan), task).absent]


def test_each_county_owes_as_a_whole(session: Session) -> None:
    plan = make_plan(session)
    task = add_task(session, plan, [(RESPONSIBLE, "@county_governments")])
    found = owners(session, plan, task)
    assert found == [Owner(RESPONSIBLE, each.id, None) for each in counties_of(session, plan.region_id)]
    assert len(found) == COUNTIES


def test_members_owe_each_on_its_own(session: Session) -> None:
    plan = make_plan(session, members=["应急管理局", "教育局"])
    task = add_task(session, plan, [(RESPONSIBLE, "@members")])
    found = owners(session, plan, task)
    assert found == [Owner(RESPONSIBLE, plan.region_id, unit(session, name).id) for name in ("应急管理局", "教育局")]


def test_a_unit_that_a_task_names_is_not_named_again_by_its_group(session: Session) -> None:
    plan = make_plan(session, members=["应急管理局", "教育局"])
    task = add_task(session, plan, [(LEAD, unit(session, "应急管理局")), (RESPONSIBLE, "@members")])
    assert [(each.part, each.unit_id) for each in owners(session, plan, task)] == [
        (LEAD, unit(session, "应急管理局").id),
        (RESPONSIBLE, unit(session, "教育局").id),
    ]


def test_a_unit_named_in_two_parts_owes_in_both(session: Session) -> None:
    plan = make_plan(session)
    one = unit(session, "应急管理局")
    task = add_task(session, plan, [(LEAD, one), (COOPERATING, one), (LEAD, one)])
    assert [each.part for each in owners(session, plan, task)] == [LEAD, COOPERATING]


def test_the_government_of_a_county_is_the_county(session: Session) -> None:
    plan = make_plan(session)
    wusu = by_code(session, "654202")
    task = add_task(
        session, plan, [(LEAD, unit(session, "乌苏市人民政府", "654202")), (RESPONSIBLE, "@county_leadership")]
    )
    found = owners(session, plan, task)
    assert found[0] == Owner(LEAD, wusu.id, None)
    assert Owner(RESPONSIBLE, wusu.id, None) not in found
    assert len(found) == COUNTIES


def test_a_department_of_a_county_owes_there(session: Session) -> None:
    plan = make_plan(session)
    bureau = unit(session, "住房和城乡建设局", "654202")
    task = add_task(session, plan, [(RESPONSIBLE, bureau)])
    assert owners(session, plan, task) == [Owner(RESPONSIBLE, by_code(session, "654202").id, bureau.id)]


def test_townships_report_through_their_counties(session: Session) -> None:
    plan = make_plan(session)
    task = add_task(session, plan, [(RESPONSIBLE, "@townships")])
    assert owners(session, plan, task) == []
    assert absent(session, plan, task) == [THROUGH_COUNTIES]


def test_an_office_is_never_guessed(session: Session) -> None:
    plan = make_plan(session)
    task = add_task(session, plan, [(LEAD, "@headquarters_office")])
    assert owners(session, plan, task) == []
    assert "抗震救灾指挥部办公室" in absent(session, plan, task)[0]
    office = unit(session, "抗震救灾指挥部办公室")
    assert owners(session, plan, task) == [Owner(LEAD, plan.region_id, office.id)]


def test_what_nobody_settled_owes_nothing_and_says_so(session: Session) -> None:
    plan = make_plan(session)
    one = unit(session, "应急管理局")
    task = add_task(session, plan, [(LEAD, None), (Part.UNASSIGNED, one), (RESPONSIBLE, "@members")])
    assert owners(session, plan, task) == []
    found = absent(session, plan, task)
    assert found[1:] == [NO_PART, NO_MEMBERS]
