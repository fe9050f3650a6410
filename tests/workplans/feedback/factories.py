"""A published plan of 塔城地区 with what 乌苏市, 额敏县 and two departments owe, and the people who report on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.workplans.lifecycle import DUE, PUBLISHED
from inspect_app.workplans.models import ReportingDate, WorkDue, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.words import Part, Verdict
from tests.accounts.factories import actor_of, make_user

PREFECTURE, WUSU, EMIN = "6542", "654202", "654221"
DUE_ON = date(2026, 6, 19)
SUMMARY = "已组织三场演练，问题已整改。"


@dataclass(frozen=True)
class Scene:
    """A plan with two tasks; `dues` are those of 乌苏市, one a task, then one of 额敏县 and one of a department."""

    plan: WorkPlan
    mine: Sequence[WorkDue]
    emin: WorkDue
    department: WorkDue
    unit: Unit
    clerk: Actor
    head: Actor
    officer: Actor
    leader: Actor
    member: Actor
    neighbour: Actor


def make_plan(session: Session, year: int = 2026, **over: Any) -> WorkPlan:  # noqa: ANN401 - columns
    """Publish a plan with two tasks, the second with an obligation that lists aspects."""
    region = over.pop("region", None) or by_code(session, PREFECTURE)
    plan = WorkPlan(
        reference=over.pop("reference", f"YD-6542-{year}-01"), region=region, year=year, title="防震减灾工作要点",
        text="", text_hash="0", state=PUBLISHED, created_at=clock.now(), published_at=clock.now(), **over,
    )  # fmt: skip
    titles = ("加强应急演练", "开展科普宣传")
    plan.tasks = [
        WorkTask(position=at, number=str(at), title=title, text=f"{title}，不少于 3 次。", topic="DRILL", checked=True)
        for at, title in enumerate(titles, 1)
    ]  # fmt: skip
    plan.dates = [ReportingDate(number=1, title="上半年", due_on=DUE_ON)]
    session.add(plan)
    session.flush()
    definition = {"title": "科普宣传", "aspects": ["进学校", "进社区"], "evidence": ["PHOTO"], "counted": "宣传活动"}
    plan.obligations = [
        WorkObligation(
            code="6542-01", verdict=Verdict.TAKEN, task=plan.tasks[1], definition=definition, quote="进学校、进社区"
        )
    ]
    session.flush()
    return plan


def make_due(
    session: Session, plan: WorkPlan, region: Region, task: WorkTask, unit: Unit | None = None, **over: Any  # noqa: ANN401
) -> WorkDue:  # fmt: skip
    """Let somebody owe their feedback on a task by the first reporting date."""
    number = len(session.query(WorkDue).all()) + 1
    values: dict[str, Any] = {
        "reference": f"BS-{plan.year}-{number:04d}", "key": f"key-{number}", "part": Part.RESPONSIBLE, "state": DUE,
        "starts_on": date(plan.year, 1, 1), "ends_on": DUE_ON, "due_on": DUE_ON, "topic": task.topic,
        "reporting_date": plan.dates[0] if plan.dates else None,
    }  # fmt: skip
    due = WorkDue(plan=plan, region=region, unit=unit, task=task, **{**values, **over})
    session.add(due)
    session.flush()
    return due


def set_scene(session: Session) -> Scene:
    """Make the plan, what is owed, and a person of every role; the dues of 乌苏市 are due in four days."""
    plan = make_plan(session)
    wusu, emin, region = by_code(session, WUSU), by_code(session, EMIN), plan.region
    unit = ensure_unit(session, region.id, "地区教育局")
    other: dict[str, Any] = {
        "reporting_date": None,
        "obligation": plan.obligations[0],
        "due_on": DUE_ON + timedelta(days=30),
    }
    return Scene(
        plan=plan,
        mine=[
            make_due(session, plan, wusu, plan.tasks[0], needed=3),
            make_due(session, plan, wusu, plan.tasks[1], **other),
        ],
        emin=make_due(session, plan, emin, plan.tasks[0]),
        department=make_due(session, plan, region, plan.tasks[0], unit, part=Part.LEAD),
        unit=unit,
        clerk=actor_of(make_user(session, Role.COUNTY_CLERK, wusu)),
        head=actor_of(make_user(session, Role.COUNTY_HEAD, wusu)),
        officer=actor_of(make_user(session, Role.PREFECTURE_OFFICER, region)),
        leader=actor_of(make_user(session, Role.PREFECTURE_LEADER, region)),
        member=actor_of(make_user(session, Role.MEMBER_CLERK, region, unit)),
        neighbour=actor_of(make_user(session, Role.COUNTY_CLERK, emin)),
    )
