"""The life of a bulletin: written, sent to be issued as a document, issued and frozen, withdrawn with a reason.

It is issued and voided with its document, so the steps `issue`, `withdraw`, `return` and `take_back` are taken when
that happens there. `problems` among the facts of `send` holds the sentences of what stands against it.
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

DRAFTING, SENT, ISSUED, WITHDRAWN, DISCARDED = "drafting", "sent", "issued", "withdrawn", "discarded"
STATES = {
    DRAFTING: mark("起草中"),
    SENT: mark("待签发"),
    ISSUED: mark("已发出"),
    WITHDRAWN: mark("已撤回"),
    DISCARDED: mark("已放弃"),
}
LOOKS = {
    DRAFTING: ("○", "wait"),
    SENT: ("◑", "wait"),
    ISSUED: ("●", "done"),
    WITHDRAWN: ("✕", "none"),
    DISCARDED: ("✕", "none"),
}
PUBLIC = (ISSUED, WITHDRAWN)


def in_charge(bulletin: Any, actor: Any) -> bool:  # noqa: ANN401 - a bulletin, which this pure module cannot import
    """Tell whether the person enters data for the region of the bulletin, or one above it."""
    return actor.id is None or _stands_above(bulletin.region, actor.capture_region_id)


def overseen(bulletin: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the region of the bulletin lies within what the person sees."""
    return actor.id is None or _stands_above(bulletin.region, actor.view_region_id)


def _stands_above(region: Any, place_id: int | None) -> bool:  # noqa: ANN401 - the same
    while region is not None and region.id != place_id:
        region = region.parent
    return region is not None


def _complete(attempt: Attempt) -> bool:
    return not attempt.facts.get("problems")


READY = Condition(mark("通报还不能送签发。"), _complete, from_facts=True)
REASON = {"reason": mark("原因")}
WRITE, ISSUE = Permission.WRITE_BULLETIN, Permission.ISSUE_DOCUMENT

BULLETIN_LIFE = Lifecycle(
    "bulletin",
    STATES,
    DRAFTING,
    [WITHDRAWN, DISCARDED],
    [
        Step("send", DRAFTING, SENT, WRITE, mark("送签发"), conditions=[READY], position=in_charge, primary=True),
        Step("discard", DRAFTING, DISCARDED, WRITE, mark("放弃"), position=in_charge),
        Step("take_back", SENT, DRAFTING, WRITE, mark("取回修改"), needs=REASON, position=in_charge),
        Step("return", SENT, DRAFTING, ISSUE, mark("退回修改"), needs=REASON, position=overseen),
        Step("issue", SENT, ISSUED, ISSUE, mark("签发"), position=overseen, primary=True),
        Step("withdraw", ISSUED, WITHDRAWN, ISSUE, mark("撤回"), needs=REASON, position=overseen),
    ],
)
