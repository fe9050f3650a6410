"""The frame of every change to a plan: who may, on which state, told in the trail, and owed anew once published."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inspect_app.core.labels import mark
from inspect_app.workplans.intake.stamps import stamp_of_letter, stamp_of_task
from inspect_app.workplans.lifecycle import DRAFT, PUBLISHED
from inspect_app.workplans.models import WorkPlan, WorkTask
from inspect_app.workplans.owing.service import owe
from inspect_app.workplans.positions import before_plan

KIND = "work_plan"
NOT_YOURS = mark("只有本地区的业务员可以核对和修改工作要点。")
OVER = mark("这份工作要点已经%(state)s，不能再修改。")
OVER_WORDS = {"closed": mark("办结"), "discarded": mark("放弃")}
WHY = mark("工作要点已经发布，请写明更正的理由。")
ACTIONS = {
    "receive": mark("接收通知"),
    "head": mark("修改文件信息"),
    "dates": mark("修改报送日期"),
    "members": mark("修改成员单位"),
    "name": mark("认定单位"),
    "task": mark("修改任务"),
    "check": mark("核对任务"),
    "add_task": mark("新增任务"),
    "remove_task": mark("删除任务"),
    "give_everybody": mark("补写单位"),
    "unit": mark("修改任务单位"),
    "demand": mark("决定要求"),
    "add_demand": mark("新增要求"),
    "adopt": mark("采用义务"),
    "follow_up": mark("列入复盘措施"),
    "set_numbers": mark("设定参数"),
    "choose_record": mark("选定对应台账"),
}
"""What is done to a plan besides the steps of its life, as the trail names it."""
Changes = dict[str, Any]


def may_edit(session: Session, actor: Actor, plan: WorkPlan) -> bool:
    """Tell whether a person may change a plan of this region, whatever its state."""
    standing = before_plan(session, actor, plan)
    return standing.can(Permission.EDIT_WORKPLAN) and standing.oversees


@contextmanager
def editing(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    action: str,
    reason: str = "",
    seen: Callable[[WorkPlan], bool] = lambda _plan: True,
) -> Iterator[Changes]:
    """Let a piece of a plan be changed; `changes` is filled inside with what the trail tells, nothing means no change.

    `seen` tells whether the page showed the present state of the piece. Raises Forbidden, Conflict, Stale, or Invalid
    when the plan is published and no reason is given; then what its units owe follows the change.
    """
    lock(session, plan)
    if not may_edit(session, actor, plan):
        raise Forbidden(NOT_YOURS)
    if plan.state not in (DRAFT, PUBLISHED):
        raise Conflict(OVER, state=OVER_WORDS[plan.state])
    if not seen(plan):
        raise Stale
    if plan.state == PUBLISHED and not reason.strip():
        raise Invalid({"reason": [WHY]})
    changes: Changes = {}
    yield changes
    session.flush()
    if changes:
        _tell(session, actor, plan, action, changes, reason.strip())


def letter_seen(stamp: int | None) -> Callable[[WorkPlan], bool]:
    """Compare the stamp that a page carries with that of the letter as it stands; None is not compared."""
    return lambda plan: stamp is None or stamp == stamp_of_letter(plan)


def task_seen(key: int, stamp: int | None) -> Callable[[WorkPlan], bool]:
    """Compare the stamp that a page carries with that of a task as it stands; None is not compared."""
    return lambda plan: stamp is None or stamp == stamp_of_task(plan, task_of(plan, key))


def task_of(plan: WorkPlan, key: int) -> WorkTask:
    """Return a task of a plan; NotFound when it has none with this key."""
    found = next((task for task in plan.tasks if task.id == key), None)
    if found is None:
        raise NotFound
    return found


def _tell(session: Session, actor: Actor, plan: WorkPlan, action: str, changes: Changes, reason: str) -> None:
    if plan.state == PUBLISHED:
        session.expire(plan, ["tasks", "obligations", "dates", "members"])
        changes |= {"reason": [None, reason], "owed": [None, owe(session, actor, plan)]}
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=plan.id, reference=plan.reference,
        region_id=plan.region_id, changes=changes,
    )  # fmt: skip
