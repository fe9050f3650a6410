"""The life of an emergency: active from its opening, adjusted meanwhile, ended or cancelled once nothing stands still.

The fact `held` of `end` and `cancel` counts what still stands still; the service lets all of it run before.
"""

from enum import StrEnum
from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

ACTIVE, ENDED, CANCELLED = "active", "ended", "cancelled"
STATES = {ACTIVE: mark("应急中"), ENDED: mark("已结束"), CANCELLED: mark("已撤销")}
LOOKS = {ACTIVE: ("▲", "late"), ENDED: ("●", "done"), CANCELLED: ("✕", "none")}


class HoldState(StrEnum):
    """What became of a due date or a planned visit: held up, refused with a reason, running again."""

    HELD = "held"
    REFUSED = "refused"
    RUNNING = "running"


def overseen(emergency: Any, actor: Any) -> bool:  # noqa: ANN401 - an emergency, which this pure module cannot import
    """Tell whether the region of the emergency lies within what the person sees."""
    region = emergency.region
    while actor.id is not None and region is not None and region.id != actor.view_region_id:
        region = region.parent
    return region is not None


def _nothing_held(attempt: Attempt) -> bool:
    return not attempt.facts["held"]


RUNNING_AGAIN = Condition(mark("还有整改时限或检查日期没有恢复，请先恢复。"), _nothing_held)
LEAD = Permission.LEAD_EMERGENCY

EMERGENCY_LIFE = Lifecycle(
    "emergency",
    STATES,
    ACTIVE,
    [ENDED, CANCELLED],
    [
        Step("adjust", ACTIVE, ACTIVE, LEAD, mark("调整"), position=overseen),
        Step(
            "end", ACTIVE, ENDED, LEAD, mark("结束应急"), needs={"reason": mark("结论")}, conditions=[RUNNING_AGAIN],
            position=overseen, primary=True,
        ),
        Step(
            "cancel", ACTIVE, CANCELLED, LEAD, mark("撤销"), needs={"reason": mark("原因")},
            conditions=[RUNNING_AGAIN], position=overseen,
        ),
    ],
)  # fmt: skip
