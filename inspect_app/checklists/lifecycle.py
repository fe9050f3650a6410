"""The life of a checklist version: draft, tried out, published, retired. A published one never changes."""

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Lifecycle, Step

DRAFT, TRIED, PUBLISHED, RETIRED = "draft", "tried", "published", "retired"

STATES = {
    DRAFT: mark("草稿"),
    TRIED: mark("已试用"),
    PUBLISHED: mark("已发布"),
    RETIRED: mark("已停用"),
}
LOOKS = {DRAFT: ("○", "none"), TRIED: ("◔", "wait"), PUBLISHED: ("●", "done"), RETIRED: ("◇", "none")}

VERSION_LIFE = Lifecycle(
    "checklist version",
    STATES,
    DRAFT,
    [RETIRED],
    [
        Step("try_out", DRAFT, TRIED, Permission.PUBLISH_CHECKLIST, mark("试用")),
        Step(
            "rework", TRIED, DRAFT, Permission.PUBLISH_CHECKLIST, mark("退回草稿"), needs={"reason": mark("退回原因")}
        ),
        Step("publish", TRIED, PUBLISHED, Permission.PUBLISH_CHECKLIST, mark("发布"), primary=True),
        Step(
            "retire", PUBLISHED, RETIRED, Permission.PUBLISH_CHECKLIST, mark("停用"), needs={"reason": mark("停用原因")}
        ),
    ],
)
