"""The life of a checklist version: draft, tried out, published, retired. A published one never changes. Pure."""

from typing import Any

from inspect_app.access.permissions import Permission as P  # noqa: N817 - columns of the table below
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Lifecycle, Person, Step

DRAFT, TRIED, PUBLISHED, RETIRED = "draft", "tried", "published", "retired"
UNPUBLISHED = (DRAFT, TRIED)
CHANGE = "change"

STATES = {
    DRAFT: mark("草稿"),
    TRIED: mark("试用中"),
    PUBLISHED: mark("已发布"),
    RETIRED: mark("已停用"),
}
LOOKS = {DRAFT: ("○", "none"), TRIED: ("◔", "wait"), PUBLISHED: ("●", "done"), RETIRED: ("◇", "none")}


def authors_of(version: Any) -> set[int | None]:  # noqa: ANN401 - any checklist version
    """Return the accounts that began or changed a version."""
    return {version.created_by_id, *(event.actor_id for event in version.events if event.action == CHANGE)}


def publishes(version: Any, person: Person) -> bool:  # noqa: ANN401 - any checklist version
    """Whether somebody else than its authors publishes it; what the system came with has no authors of its own."""
    return version.owner_id is None or person.id is None or person.id not in authors_of(version)


REASON = {"reason": mark("原因")}

VERSION_LIFE = Lifecycle(
    "checklist version",
    STATES,
    DRAFT,
    [RETIRED],
    [
        Step(CHANGE, DRAFT, DRAFT, P.AUTHOR_CHECKLIST, mark("修改")),
        Step("try_out", DRAFT, TRIED, P.AUTHOR_CHECKLIST, mark("定稿送试用"), primary=True),
        Step("rework", TRIED, DRAFT, P.AUTHOR_CHECKLIST, mark("收回修改"), needs=REASON),
        Step("send_back", TRIED, DRAFT, P.PUBLISH_CHECKLIST, mark("退回修改"), needs=REASON),
        Step("publish", TRIED, PUBLISHED, P.PUBLISH_CHECKLIST, mark("发布"), position=publishes, primary=True),
        Step("retire", PUBLISHED, RETIRED, P.PUBLISH_CHECKLIST, mark("停用"), needs=REASON),
    ],
)
