"""The life of a job: asked for, under way, ended one way or another.

That it was interrupted is no state but an observation: it should be under way, and nobody is heard from.
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Lifecycle, Person, Step
from inspect_app.returns.lifecycle import in_charge

WAITING, RUNNING = "waiting", "running"
DONE, FAILED, CANCELLED = "done", "failed", "cancelled"
UNDER_WAY = (WAITING, RUNNING)
STATES = {
    WAITING: mark("等待开始"),
    RUNNING: mark("处理中"),
    DONE: mark("已完成"),
    FAILED: mark("没有完成"),
    CANCELLED: mark("已取消"),
}
LOOKS = {
    WAITING: ("○", "wait"),
    RUNNING: ("◕", "work"),
    DONE: ("●", "done"),
    FAILED: ("▲", "late"),
    CANCELLED: ("✕", "none"),
}
INTERRUPTED = (mark("中断"), "▲", "late")


def _in_charge(job: Any, actor: Person) -> bool:  # noqa: ANN401 - a job
    return in_charge(job.county, actor)


SEND = Permission.SEND_RETURN
FAIL, CANCEL, RESTART = mark("未能完成"), mark("取消"), mark("重新开始")

JOB_LIFE = Lifecycle(
    "job",
    STATES,
    WAITING,
    {DONE, FAILED, CANCELLED},
    (
        Step("start", WAITING, RUNNING, SEND, mark("开始"), position=_in_charge),
        Step("finish", RUNNING, DONE, SEND, mark("完成"), position=_in_charge),
        Step("fail", WAITING, FAILED, SEND, FAIL, position=_in_charge),
        Step("fail", RUNNING, FAILED, SEND, FAIL, position=_in_charge),
        Step("cancel", WAITING, CANCELLED, SEND, CANCEL, position=_in_charge),
        Step("cancel", RUNNING, CANCELLED, SEND, CANCEL, position=_in_charge),
        Step("restart", WAITING, WAITING, SEND, RESTART, position=_in_charge),
        Step("restart", RUNNING, WAITING, SEND, RESTART, position=_in_charge),
    ),
)
