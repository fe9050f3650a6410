"""Pieces of a draft, settled one by one: units, requirements, tasks, dates, members, head."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import by_code, ensure_unit, resolve_unit
from inspect_app.workplans.intake import demands, heads, tasks, units
from inspect_app.workplans.intake.groups import group_of
from inspect_app.workplans.intake.heads import Day, Head
from inspect_app.workplans.intake.settling import unsettled
from inspect_app.workplans.intake.stamps import stamp_of_letter, stamp_of_task
from inspect_app.workplans.intake.stating import Stated
from inspect_app.workplans.intake.tasks import Named
from inspect_app.workplans.intake.topics import topic_of, words_of_topics
from inspect_app.workplans.intake.units import Choice
from inspect_app.workplans.library.words import Kind, Period, Topic
from inspect_app.workplans.models import WorkPlan, WorkTask
from inspect_app.workplans.words import Part, Verdict
from tests.workplans.intake.notices import officer, received

pytestmark = pytest.mark.usefixtures("clock")
RESPONSIBLE = Part.RESPONSIBLE


def draft(session: Session) -> tuple[WorkPlan, Actor]:
    actor = officer(session)
    return received(session, actor=actor), actor


def task_called(plan: WorkPlan, words: str) -> WorkTask:
    return next(task for task in plan.tasks if words in task.title)


def actions(session: Session) -> list[str]:
    return [
        each.removeprefix("work_plan.") for each in session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
    ]


def test_a_name_is_settled_once_for_the_whole_notice_and_may_be_remembered(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        home = by_code(session, "6542")
        bureau = ensure_unit(session, home.id, "塔城地区消防救援局")
        count = units.settle_name(session, actor, plan, "地区消防救援支队", bureau.name, remember=True)
        rows = [each for task in plan.tasks for each in task.units if each.written == "地区消防救援支队"]
        assert count == len(rows) > 0
        assert {each.unit_id for each in rows} == {bureau.id}
        assert resolve_unit(session, home.id, "地区消防救援支队") == [bureau]


def test_a_unit_nobody_knows_is_never_made_silently(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        before = len(session.scalars(select(Unit)).all())
        with pytest.raises(Invalid, match="单位库里没有“地区林草局”"):
            units.add_unit(session, actor, plan, plan.tasks[0].id, Choice("地区林草局", RESPONSIBLE))
        assert len(session.scalars(select(Unit)).all()) == before
        units.add_unit(session, actor, plan, plan.tasks[0].id, Choice("地区林草局", RESPONSIBLE, new=True))
        assert plan.tasks[0].units[-1].unit is not None
        with pytest.raises(Conflict, match="已经是这个角色"):
            units.add_unit(session, actor, plan, plan.tasks[0].id, Choice("地区林草局", RESPONSIBLE))


def test_all_unknown_units_are_registered_at_once_and_groups_are_not(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        unknown = units.unknown_names(plan)
        assert "财政局" in unknown
        assert units.register_all(session, actor, plan) == len(unknown) > 20
        assert units.unknown_names(plan) == []
        assert not [each for task in plan.tasks for each in task.units if each.group is None and each.unit_id is None]


def test_a_unit_changes_its_part_and_leaves(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        task = plan.tasks[0]
        group = task.units[2]
        units.change_unit(session, actor, plan, task.id, group.id, Choice("各乡镇（街道）", Part.COOPERATING))
        assert (group.group, group.part, group.doubt) == ("@townships", Part.COOPERATING, "")
        units.drop_unit(session, actor, plan, task.id, group.id)
        assert group not in task.units
        with pytest.raises(NotFound):
            units.drop_unit(session, actor, plan, task.id, group.id)


def test_a_requirement_is_taken_changed_or_dropped(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        drill = next(each for each in plan.obligations if each.quote == "每年至少组织1次")
        demands.decide(session, actor, plan, drill.id, Verdict.TAKEN)
        assert drill.definition["at_least"]["settings"] == [{"region": "6542", "value": 1}]
        said = Stated("组织演练", Kind.TIMES, "次", Decimal(2), period=Period.HALF)
        demands.decide(session, actor, plan, drill.id, Verdict.TAKEN, said=said)
        assert (drill.definition["period"], drill.definition["at_least"]["settings"][0]["value"]) == ("half", 2)
        demands.decide(session, actor, plan, drill.id, Verdict.DROPPED)
        assert drill.verdict is Verdict.DROPPED
        assert actions(session)[-3:] == ["demand", "demand", "demand"]


def test_what_lacks_its_figure_is_not_taken(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        with pytest.raises(Invalid) as refused:
            demands.decide(session, actor, plan, plan.obligations[0].id, Verdict.TAKEN, said=Stated("演练", Kind.TIMES))
        assert set(refused.value.problems) == {"figure", "period"}


def test_a_requirement_is_added_from_words_of_the_task_and_only_from_those(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        task = task_called(plan, "督导检查")
        words = task.text[10:24]
        made = demands.add_demand(session, actor, plan, task.id, words)
        assert plan.text[made.start or 0 :].startswith(words)
        assert (made.verdict, made.confidence) == (Verdict.TAKEN, None)
        with pytest.raises(Invalid, match="没有“每月检查十次”"):
            demands.add_demand(session, actor, plan, task.id, "每月检查十次")
        with pytest.raises(Conflict, match="已经列为要求"):
            demands.add_demand(session, actor, plan, task.id, words)


def test_a_task_is_checked_only_when_nothing_in_it_is_open(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        duty = task_called(plan, "应急值守")
        with pytest.raises(Invalid, match="还没有认定是哪个单位"):
            tasks.check_task(session, actor, plan, duty.id, checked=True)
    with transaction():
        plan = session.get_one(WorkPlan, plan.id)
        duty = task_called(plan, "应急值守")
        units.register_all(session, actor, plan)
        for demand in [each for each in plan.obligations if each.task_id == duty.id]:
            demands.decide(session, actor, plan, demand.id, Verdict.DROPPED)
        assert duty.id in unsettled(plan).tasks
        tasks.check_task(session, actor, plan, duty.id, checked=True)
        assert duty.id not in unsettled(plan).tasks
        assert {unit.doubt for unit in duty.units} == {""}


def test_a_doubt_of_the_reader_counts_until_somebody_checks_the_task(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        units.register_all(session, actor, plan)
        plan.tasks[0].units[0].doubt = "读作牵头单位，请核对。"
        assert "请核对" in str(unsettled(plan).tasks[plan.tasks[0].id][0])
        tasks.check_task(session, actor, plan, plan.tasks[0].id, checked=True)
        assert plan.tasks[0].id not in unsettled(plan).tasks


def test_a_task_that_is_none_goes_and_one_that_was_missed_comes(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        drill = task_called(plan, "演练")
        tasks.remove_task(session, actor, plan, drill.id)
        assert [task.position for task in plan.tasks] == list(range(1, 19))
        assert not [each for each in plan.obligations if each.quote == "每年至少组织1次"]
        body = plan.text[5052:5100]
        made = tasks.add_task(session, actor, plan, Named("（十三）", "强化地震应急演练", None), body, after=12)
        assert (made.position, made.topic, made.start) == (13, "DRILL", 5052)
        assert [task.position for task in plan.tasks] == list(range(1, 20))


def test_reporting_dates_are_kept_added_and_taken_away_in_a_draft(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        heads.set_dates(session, actor, plan, [Day(2, "年终", date(2024, 11, 15)), Day(0, "", date(2024, 3, 1))])
        found = [(each.number, each.title, each.due_on) for each in plan.dates]
        assert found == [(2, "年终", date(2024, 11, 15)), (3, "第3次报送", date(2024, 3, 1))]
        with pytest.raises(Invalid, match="不在 2024 年内"):
            heads.set_dates(session, actor, plan, [Day(0, "", date(2027, 1, 1))])
        with pytest.raises(Invalid, match="写了两次"):
            heads.set_dates(session, actor, plan, [Day(0, "", date(2024, 5, 1)), Day(0, "", date(2024, 5, 1))])


def test_the_dates_move_with_the_year(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        heads.change_head(session, actor, plan, Head(plan.title, plan.number, 2026, None))
        assert [each.due_on for each in plan.dates] == [date(2026, 6, 7), date(2026, 11, 8)]


def test_figures_read_from_a_notice_hold_where_the_plan_goes(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        drill = next(each for each in plan.obligations if each.quote == "每年至少组织1次")
        head = Head(plan.title, plan.number, 2026, None)
        heads.change_head(session, actor, plan, head, region=by_code(session, "654202"))
        assert drill.definition["at_least"]["settings"] == [{"region": "654202", "value": 1}]


def test_a_draft_goes_to_another_place_in_sight_and_its_names_are_looked_up_there(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        wusu = by_code(session, "654202")
        unit = ensure_unit(session, wusu.id, "乌苏市财政局")
        head = Head(plan.title, plan.number, plan.year, None)
        heads.change_head(session, actor, plan, head, region=wusu)
        named = {each.written: each.unit_id for task in plan.tasks for each in task.units}
        assert (plan.region_id, named["财政局"]) == (wusu.id, unit.id)
        with pytest.raises(Forbidden):
            heads.change_head(session, actor, plan, head, region=by_code(session, "3715"))


def test_members_are_those_of_the_year_before(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        units.register_all(session, actor, plan)
        named = heads.members_before(session, plan)
        assert len(named) > 20
        heads.set_members(session, actor, plan, [unit.id for unit in named[:3]])
        later = received(session, "tacheng-2024", actor)
        assert later.id == plan.id
        plan.year = 2023
        other = WorkPlan(year=2024, region_id=plan.region_id)
        assert heads.members_before(session, other) == named[:3]


def test_a_page_from_before_a_change_is_refused_and_other_pieces_are_not(session: Session) -> None:
    with transaction():
        plan, actor = draft(session)
        first, second = plan.tasks[:2]
        stamps = [stamp_of_task(plan, task) for task in (first, second)]
        letter = stamp_of_letter(plan)
        tasks.change_task(session, actor, plan, first.id, Named("（一）", "新名称", "PLAN"), stamp=stamps[0])
        with pytest.raises(Stale):
            tasks.change_task(session, actor, plan, first.id, Named("（一）", "旧名称", None), stamp=stamps[0])
        tasks.change_task(session, actor, plan, second.id, Named("（二）", "另一项", None), stamp=stamps[1])
        heads.set_members(session, actor, plan, [], stamp=letter)


def test_another_prefecture_changes_nothing(session: Session) -> None:
    with transaction():
        plan, _actor = draft(session)
        with pytest.raises(Forbidden, match="只有本地区的业务员"):
            heads.set_members(session, officer(session, "6543"), plan, [])


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("各县（市）人民政府", "@county_governments"),
        ("各区、县（市）政府", "@county_governments"),
        ("各县（市、区）人民政府、市属开发区管委会", "@county_governments"),
        ("地区抗震救灾指挥部成员单位", "@members"),
        ("各乡镇人民政府", "@townships"),
        ("各镇街", "@townships"),
        ("各县市和乡镇", "@county_leadership"),
        ("各有关企业", None),
        ("有关部门", None),
        ("各学校", None),
    ],
)  # fmt: skip
def test_a_group_is_known_or_left_to_a_person(written: str, group: str | None) -> None:
    found, doubt = group_of(written)
    assert found == group
    assert bool(doubt) == (group is None)


def test_a_topic_is_only_proposed_where_one_stands_out() -> None:
    words = words_of_topics()
    assert topic_of("加强应急物资保障", "物资储备", words) is Topic.SUPPLIES
    assert topic_of("其他", "没有这些词", words) is None
    assert topic_of("x", "ab", {Topic.PLAN: ["a"], Topic.DRILL: ["b"]}) is None
    assert set(words) == set(Topic)
