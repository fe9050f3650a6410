"""The notice of 塔城地区 of 2024 carried out: what seven counties and 25 departments did about it, day by day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.intake.heads import set_members
from inspect_app.workplans.intake.service import publish, receive
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.words import Verdict

TEXT = (Path(__file__).parents[1] / "notices" / "fixtures" / "tacheng-2024.txt").read_text("utf-8")
MEMBERS = (
    "地区应急管理局", "地区地震局", "地区交通运输局", "塔城军分区", "武警支队", "地区通信管理办公室", "地区住建局",
    "地区发改委", "地区财政局", "地区教育局", "地区自然资源局", "地区生态环境局", "地区农业农村局", "地区水利局",
    "地区文体广旅局", "地区市场监管局", "地区卫健委", "国网塔城供电公司", "地区公安局", "地区消防救援支队",
)  # fmt: skip
OTHERS = ("国家金融监督管理总局塔城监管分局", "塔城机场", "地区融媒体中心", "地委宣传部", "地委网信办")
WUSU, SHAWAN, TACHENG, EMIN, TUOLI, YUMIN, HEFENG = (
    "654202", "654203", "654201", "654221", "654224", "654225", "654226",
)  # fmt: skip
FIRST, SECOND = date(2024, 6, 7), date(2024, 11, 8)
MIDDLE, END = date(2024, 6, 10), date(2024, 12, 20)
NORMAL = {FIRST: ("05-31", "06-03"), SECOND: ("11-01", "11-05")}
Take = Callable[[WorkDue], object]


@dataclass
class Year:
    """The plan as published; `steps` holds what is done to which due on which day."""

    session: Session
    plan: WorkPlan
    steps: dict[date, list[tuple[int, Take]]] = field(default_factory=lambda: defaultdict(list))

    def pass_until(self, last: date) -> None:
        """Let the days pass, and do what is to be done."""
        for day in sorted(day for day in self.steps if day <= last):
            with on(day), transaction():
                for key, take in self.steps.pop(day):
                    take(self.session.get_one(WorkDue, key))

    def plan_for(self, due: WorkDue, *said: tuple[str, str]) -> None:
        """Let things be done on days: ("report", "05-31") and so on."""
        for action, day in said:
            when = date.fromisoformat(f"2024-{day}")
            self.steps[when].append((due.id, TAKES[action]))


def on(day: date) -> AbstractContextManager[None]:
    """Pin the clock to ten in the morning of a day."""
    return clock.set_to(datetime(day.year, day.month, day.day, 10, tzinfo=clock.LOCAL))


def begin(session: Session) -> Year:
    """Receive and publish the notice in March, and write down what will be done about it; commits."""
    with on(date(2024, 3, 20)), transaction():
        region = by_code(session, "6542")
        units = [ensure_unit(session, region.id, name).id for name in (*MEMBERS, *OTHERS)][: len(MEMBERS)]
        plan = receive(session, SYSTEM, region, 2024, TEXT, None)
        settle(session, plan, region)
        set_members(session, SYSTEM, plan, units)
        publish(session, SYSTEM, plan, plan.version)
        year = Year(session, plan)
        for due in session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id)):
            year.plan_for(due, *fate_of(due))
    return year


def settle(session: Session, plan: WorkPlan, region: Region) -> None:
    """Leave the reporting dates alone as what is owed, and settle the rest."""
    for each in plan.obligations:
        each.verdict = Verdict.DROPPED
    known = {unit.name: unit.id for unit in session.scalars(select(Unit).where(Unit.region_id == region.id))}
    for task in plan.tasks:
        for unit in task.units:
            if unit.unit_id is None and unit.group is None:
                unit.unit_id = known[named(unit.written, known)]
            unit.doubt = ""
        task.doubts, task.checked = [], True
    session.flush()


def named(written: str, known: Iterable[str]) -> str:
    """Return the unit that a name without 地区 means."""
    return next(name for name in known if name in (written, f"地区{written}"))


def fate_of(due: WorkDue) -> list[tuple[str, str]]:
    """Return what is done about something owed: as a rule reported and accepted in time, see FATES for the rest."""
    assert due.task is not None
    assert due.reporting_date is not None
    who = due.unit.name if due.unit else due.region.code
    task, first = due.task.position, due.reporting_date.due_on == FIRST
    reported, accepted = NORMAL[due.reporting_date.due_on]
    usual = [("report", reported), ("accept", accepted)]
    for name, tasks, in_first, fate in FATES:
        if name == who and task in tasks and first == in_first:
            return fate
    return usual


ALL = range(1, 20)
LATE = [("report", "06-12"), ("accept", "06-14")]
# who, tasks, whether at the first reporting date, what was done
FATES: tuple[tuple[str, Iterable[int], bool, list[tuple[str, str]]], ...] = (
    (EMIN, (13,), True, [("report", "06-20"), ("accept", "06-25")]),
    (EMIN, (15,), True, []),
    (TUOLI, range(1, 6), True, [*LATE, ("excuse", "06-17")]),
    (TUOLI, ALL, True, LATE),
    (SHAWAN, (9,), True, [("report", "05-31"), ("return", "06-05"), ("report", "06-11"), ("accept", "06-13")]),
    (YUMIN, (7,), True, [("waive", "05-20")]),
    (YUMIN, (7,), False, [("waive", "05-20")]),
    ("地区融媒体中心", (11,), True, [("waive", "05-20")]),
    ("地区教育局", (13,), True, [("report", "05-31"), ("return", "06-05")]),
    ("地区水利局", ALL, True, [("report", "05-31")]),
    ("地区公安局", ALL, True, []),
    (EMIN, ALL, False, [("report", "11-04"), ("accept", "11-06")]),
    (WUSU, (13,), False, []),
    ("塔城军分区", (6,), False, [("report", "11-01"), ("return", "11-20")]),
    (HEFENG, (18,), False, [("report", "11-18"), ("accept", "11-19")]),
    ("地区消防救援支队", (14,), False, [("report", "11-10"), ("excuse", "11-15")]),
)
TAKES: dict[str, Take] = {
    "report": lambda due: service.report(_session(due), SYSTEM, due, Said("已按要求完成。")),
    "accept": lambda due: service.accept(_session(due), SYSTEM, due),
    "return": lambda due: service.send_back(_session(due), SYSTEM, due, "请补充佐证材料。"),
    "waive": lambda due: service.waive(_session(due), SYSTEM, due, "本年度不涉及。"),
    "excuse": lambda due: service.excuse(_session(due), SYSTEM, due, "停电期间网络中断。"),
}


def _session(due: WorkDue) -> Session:
    session = Session.object_session(due)
    assert session is not None
    return session
