"""The work points of the sample: a notice received and published, what units reported at its two dates, letters."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.demo.cast import COUNTIES, PREFECTURE, SCHOOLS, Temper
from inspect_app.demo.stage import Stage
from inspect_app.documents import service as documents
from inspect_app.documents.beginning import begin
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.workplans.boards.matrix import Wish
from inspect_app.workplans.boards.reading import Known, read
from inspect_app.workplans.boards.stuck import stuck_among
from inspect_app.workplans.boards.summaries import SUMMARY, summary_data
from inspect_app.workplans.boards.urging import SUBJECT, urge
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.intake.heads import set_members
from inspect_app.workplans.intake.service import publish, receive
from inspect_app.workplans.lifecycle import DUE, REPORTED, RETURNED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.adopting import adopt
from inspect_app.workplans.words import Verdict

TEXT = Path(__file__).with_name("work_plan.txt")
MEMBERS = (
    "应急管理局", "地震局", "交通运输局", "通信管理办公室", "住房和城乡建设局", "发展和改革委员会", "财政局", "教育局",
    "自然资源局", "生态环境局", "农业农村局", "水利局", "文体广旅局", "市场监管局", "卫生健康委员会", "公安局",
    "消防救援支队",
)  # fmt: skip
PLACED = ("塔城军分区", "武警支队", "国网塔城供电公司")
OTHERS = ("国家金融监督管理总局塔城监管分局", "塔城机场", "地委宣传部", "地委网信办", "塔城地区融媒体中心")
SHORT = {"住建局": "住房和城乡建设局", "发改委": "发展和改革委员会", "卫健委": "卫生健康委员会"}
PUBLISHED, SPRING, INCLUDED = (3, 20), (4, 1), (9, 22)
FIRST, SECOND = (6, 5), (11, 6)
FAULTS, RETURNED_EACH, WAITING_EACH, LAZY = 7, 40, 33, 0.7
INCLUSIONS, MONTHLY = "TC-02a", "LT-05d"
ADOPTED = {INCLUSIONS: 2, MONTHLY: 11, "TC-11b": 11, "TC-13c": 13}
SLOW, NEVER = ("塔城地区市场监管局", "塔城地区文体广旅局"), "塔城地区公安局"
SAID = (
    "已按要求部署落实，召开专题会议 1 次，责任分解到人。",
    "完成阶段性任务，台账已更新，存在问题已列入整改清单。",
    "按计划推进，已开展督促检查，正在补充佐证材料。",
)
POINTS = 12
OWN_COUNTY, OWN = (
    "654202",
    """乌苏市抗震救灾指挥部办公室文件
乌抗震办〔{year}〕3号
关于印发《{year}年乌苏市防震减灾工作要点》的通知
各乡（镇）人民政府，市直有关部门：
现将《{year}年乌苏市防震减灾工作要点》印发你们，请于{year}年11月20日前报送完成情况。
一、组织应急演练。年内完成一次综合演练。（责任单位：市应急管理局）
二、开展校园宣传。防灾减灾日前后集中宣传。（责任单位：市教育局）
""",
)
UNCLEAR = "完成情况过于笼统，请补充数量和佐证材料。"


def stage_workplans(stage: Stage) -> None:
    """Put the work points of the latest year on stage whose spring is over."""
    today = stage.today
    year = today.year if (today.month, today.day) >= SPRING else today.year - 1
    stage.then(stage.at(date(year, *PUBLISHED), 0.2), partial(_publish, stage, year))
    stage.then(stage.at(date(year, *SPRING), 0.2), partial(_publish_own, stage, year))


def _publish(stage: Stage, year: int) -> None:
    """Receive the notice, settle who is who, publish it, and let every unit report in its own way."""
    session, officer = stage.session, stage.actor("officer")
    region = by_code(session, PREFECTURE)
    units = {name: ensure_unit(session, region.id, name) for name in _names()}
    plan = receive(session, officer, region, year, TEXT.read_text("utf-8").replace("{year}", str(year)), None)
    _settle(session, plan, {name: unit.id for name, unit in units.items()})
    set_members(session, officer, plan, [units[name].id for name in _names()[: len(MEMBERS) + len(PLACED)]])
    for code, position in ADOPTED.items():
        adopt(session, officer, plan, code, plan.tasks[position - 1])
    publish(session, stage.actor("leader"), plan, plan.version)
    _let_report(stage, plan)
    _let_follow(stage, plan)


def _publish_own(stage: Stage, year: int) -> None:
    """Let one county turn the notice into one of its own."""
    session, officer = stage.session, stage.actor("officer")
    county = by_code(session, OWN_COUNTY)
    plan = receive(session, officer, county, year, OWN.replace("{year}", str(year)), None)
    units = {name: ensure_unit(session, county.id, f"乌苏市{name}") for name in ("应急管理局", "教育局")}
    _settle(session, plan, {f"市{name}": unit.id for name, unit in units.items()})
    publish(session, stage.actor("leader"), plan, plan.version)
    _let_report(stage, plan)


def _names() -> list[str]:
    return [*(f"塔城地区{name}" for name in MEMBERS), *PLACED, *OTHERS]


def _settle(session: Session, plan: WorkPlan, known: dict[str, int]) -> None:
    """Say who the short names are, and leave the reader's proposals to the library."""
    for each in plan.obligations:
        each.verdict = Verdict.DROPPED
    for task in plan.tasks:
        for unit in task.units:
            if unit.unit_id is None and unit.group is None:
                unit.unit_id = known[_full(unit.written, known)]
            unit.doubt = ""
        task.doubts, task.checked = [], True
    session.flush()


def _full(written: str, known: dict[str, int]) -> str:
    """Return the unit that a name means, as 地区住建局 means 塔城地区住房和城乡建设局."""
    short = written.removeprefix("地区")
    name = SHORT.get(short, short)
    return next(each for each in known if each in (written, name, f"塔城地区{name}"))


def _office(unit: Unit) -> Actor:
    """Return who answers for a department in the sample: its office, which may do as the system does."""
    return Actor(None, f"{unit.name}联络员", None, None, None, unit.id)


def _let_report(stage: Stage, plan: WorkPlan) -> None:
    rng = random.Random(stage.seed)
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id)
    rows = rows.where(WorkDue.obligation_id.is_(None) | WorkDue.obligation.has(library_code=MONTHLY))
    dues = stage.session.scalars(rows.order_by(WorkDue.due_on, WorkDue.region_id, WorkDue.unit_id, WorkDue.id)).all()
    for (due_on, _region, _unit), own in groupby(dues, lambda due: (due.due_on, due.region_id, due.unit_id)):
        for day, some in _days(rng, plan, due_on, list(own)):
            stage.then(stage.at(day, rng.random()), partial(_report, stage, some))
            stage.then(stage.at(day + timedelta(days=rng.randint(2, 6)), rng.random()), partial(_judge, stage, some))


def _days(rng: random.Random, plan: WorkPlan, due_on: date, own: Sequence[WorkDue]) -> Iterator[tuple[date, list[int]]]:
    """Yield on which day an owner reports which of what it owes: most before the day, some late, some never."""
    prompt, late = _temper(own[0], due_on == date(plan.year, *FIRST))
    usual = due_on - timedelta(days=rng.randint(1, 7))
    behind = due_on + timedelta(days=rng.randint(2, 18))
    fates = {due.id: rng.random() for due in own}
    yield usual, [key for key, fate in fates.items() if fate < prompt]
    yield behind, [key for key, fate in fates.items() if prompt <= fate < prompt + late]


def _temper(due: WorkDue, first: bool) -> tuple[float, float]:  # noqa: FBT001 - which of two dates
    if due.unit is None:
        temper = _county(due.region.code)
        return temper.prompt, temper.late + (0.9 - temper.prompt) / 2 * first
    if due.unit.name == NEVER:
        return (0.0, 0.0) if first else (1.0, 0.0)
    return (0.7, 0.2) if due.unit.name in SLOW else (0.97, 0.03)


def _county(code: str) -> Temper:
    return next(temper for temper in COUNTIES if temper.code == code)


def _report(stage: Stage, keys: Sequence[int]) -> None:
    for due in _dues(stage.session, keys, (DUE, RETURNED)):
        figures = _points(due) if due.obligation else {}
        service.report(stage.session, _reporter(stage, due), due, Said(SAID[due.id % len(SAID)], figures))


def _points(due: WorkDue) -> dict[str, Decimal | None]:
    """Return how many points of observation told of a month."""
    whole = Decimal(POINTS)
    return {"done": (whole * Decimal(str(_county(due.region.code).coverage))).to_integral_value(), "whole": whole}


def _reporter(stage: Stage, due: WorkDue) -> Actor:
    if due.unit is not None:
        return stage.actor("member") if due.unit.name == SCHOOLS else _office(due.unit)
    clerk = "clerk" if due.region.code == "654202" else f"clerk-{due.region.code}"
    return stage.actor(clerk)


def _judge(stage: Stage, keys: Sequence[int]) -> None:
    """Accept what came, send one in forty back, and leave one in thirty for later."""
    officer = stage.actor("officer")
    for due in _dues(stage.session, keys, (REPORTED,)):
        if due.id % RETURNED_EACH == 0:
            service.send_back(stage.session, officer, due, UNCLEAR)
            again = clock.now() + timedelta(days=9)
            if due.id % (2 * RETURNED_EACH) == 0:
                stage.then(again, partial(_report, stage, [due.id]))
        elif due.id % WAITING_EACH:
            service.accept(stage.session, officer, due)


def _dues(session: Session, keys: Sequence[int], states: Sequence[str]) -> Sequence[WorkDue]:
    rows = select(WorkDue).where(WorkDue.id.in_(keys), WorkDue.state.in_(states))
    return session.scalars(rows.order_by(WorkDue.id)).all()


def _let_follow(stage: Stage, plan: WorkPlan) -> None:
    """Let the leader waive and excuse, the office urge, and the half year be summed up."""
    first, second = (date(plan.year, *day) for day in (FIRST, SECOND))
    stage.then(stage.at(date(plan.year, *INCLUDED), 0.4), partial(_include, stage, plan.id))
    stage.then(stage.at(first - timedelta(days=20), 0.3), partial(_waive, stage, plan.id))
    stage.then(stage.at(first + timedelta(days=12), 0.3), partial(_urge, stage, plan.id, 6))
    stage.then(stage.at(first + timedelta(days=20), 0.4), partial(_excuse, stage, plan.id))
    stage.then(stage.at(first + timedelta(days=30), 0.5), partial(_sum_up, stage, plan.id))
    stage.then(stage.at(second + timedelta(days=7), 0.5), partial(_urge, stage, plan.id, 8))


def _include(stage: Stage, plan_id: int) -> None:
    """Let the counties show with papers where they included the work, and accept that."""
    rows = select(WorkDue).where(WorkDue.plan_id == plan_id, WorkDue.obligation.has(library_code=INCLUSIONS))
    for due in stage.session.scalars(rows.where(WorkDue.unit_id.is_(None)).order_by(WorkDue.id)):
        aspects = service.aspects_of(due)[: 3 if _county(due.region.code).coverage > LAZY else 2]
        clerk = _reporter(stage, due)
        service.report(stage.session, clerk, due, Said("已纳入，文件附后。", aspects=aspects))
        service.add_files(stage.session, clerk, due, [stage.paper("预算和目标责任书")])
        service.accept(stage.session, stage.actor("officer"), due)


def _waive(stage: Stage, plan_id: int) -> None:
    """Ask the pasture county no longer for the survey of faults, which its neighbour does for it."""
    county = by_code(stage.session, "654225")
    rows = select(WorkDue).where(WorkDue.plan_id == plan_id, WorkDue.region_id == county.id, WorkDue.state == DUE)
    for due in stage.session.scalars(rows.order_by(WorkDue.id)):
        if due.task and due.task.position == FAULTS and due.unit_id is None:
            service.waive(stage.session, stage.actor("leader"), due, "本年度没有探测任务，随地区项目一并安排。")


def _excuse(stage: Stage, plan_id: int) -> None:
    """Do not count against 额敏县 that its network was down."""
    county = by_code(stage.session, "654221")
    rows = select(WorkDue).where(WorkDue.plan_id == plan_id, WorkDue.region_id == county.id)
    for due in stage.session.scalars(rows.where(WorkDue.reported_at.is_not(None)).order_by(WorkDue.id)):
        if due.state != RETURNED and due.reported_at and clock.local(due.reported_at).date() > due.due_on:
            service.excuse(stage.session, stage.actor("leader"), due, "报送期内网络中断，已提前电话说明。")


def _urge(stage: Stage, plan_id: int, most: int) -> None:
    """Write to those who are stuck longest; the leader issues all but the last letter."""
    known = _known(stage, plan_id)
    owners = list(dict.fromkeys(each.owed.owner for each in stuck_among(known.owed, known.today)))[:most]
    named = {each.owed.reference for each in stuck_among(known.owed, known.today) if each.owed.owner in owners}
    if not named:
        return
    letters = urge(stage.session, stage.actor("officer2"), known, named, known.today + timedelta(days=7))
    for letter in letters[:2]:
        documents.issue(stage.session, stage.actor("leader"), letter, letter.version)


def _sum_up(stage: Stage, plan_id: int) -> None:
    """Issue the summary of the half year."""
    known, officer = _known(stage, plan_id), stage.actor("officer")
    region, begun = begin(stage.session, officer, SUMMARY, (SUBJECT, known.plan.reference))
    made = documents.draw_up(
        stage.session, officer, kind=SUMMARY, subject_kind=SUBJECT, subject_reference=known.plan.reference,
        region=region, data={**begun, **summary_data(known, Wish(1))},
    )  # fmt: skip
    documents.issue(stage.session, stage.actor("leader"), made, made.version)


def _known(stage: Stage, plan_id: int) -> Known:
    return read(stage.session, stage.actor("officer"), stage.session.get_one(WorkPlan, plan_id))
