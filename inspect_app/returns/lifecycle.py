"""The life of a return (报表): received, recognised, validated, then applied or discarded.

A return that was applied may be undone while nothing later was built on it: what it entered is withdrawn, not removed.
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Person, Step

RECEIVED, RECOGNISED, VALIDATED = "received", "recognised", "validated"
APPLIED, UNDONE, DISCARDED = "applied", "undone", "discarded"

STATES = {
    RECEIVED: mark("已接收"),
    RECOGNISED: mark("已识别"),
    VALIDATED: mark("待导入"),
    APPLIED: mark("已导入"),
    UNDONE: mark("已撤销"),
    DISCARDED: mark("已放弃"),
}
LOOKS = {
    RECEIVED: ("○", "none"),
    RECOGNISED: ("◔", "work"),
    VALIDATED: ("◑", "wait"),
    APPLIED: ("●", "done"),
    UNDONE: ("↶", "none"),
    DISCARDED: ("✕", "none"),
}


def in_charge(county: Any, actor: Any) -> bool:  # noqa: ANN401 - a region, which this pure module cannot import
    """Tell whether the person enters data for a whole county."""
    region = county
    while region is not None and actor.capture_region_id != region.id:
        region = region.parent
    return actor.id is None or region is not None


def _in_charge(batch: Any, actor: Person) -> bool:  # noqa: ANN401 - a return
    return in_charge(batch.county, actor)


def _nothing_refused(attempt: Attempt) -> bool:
    return not attempt.facts["refused"] or bool(attempt.facts["accept_good_rows"])


GOOD_ROWS_CHOSEN = Condition(
    mark("有不合格的行。请改好后重新上传，或明确选择“只导入合格的行”。"), _nothing_refused, from_facts=True
)


def _is_ledger(attempt: Attempt) -> bool:
    return attempt.subject.outcome not in {"not_a_ledger", "statistics"}


A_LEDGER = Condition(
    mark("这份文件还没有认出隐患台账，不能导入。请先说明各列的含义，或上报逐条填写的台账。"), _is_ledger
)
SEND, APPLY, UNDO = Permission.SEND_RETURN, Permission.APPLY_RETURN, Permission.UNDO_RETURN
DISCARD = mark("放弃")

RETURN_LIFE = Lifecycle(
    "return",
    STATES,
    RECEIVED,
    {UNDONE, DISCARDED},
    (
        Step("recognise", RECEIVED, RECOGNISED, SEND, mark("识别"), position=_in_charge),
        Step("validate", RECOGNISED, VALIDATED, SEND, mark("校验"), conditions=(A_LEDGER,), position=_in_charge),
        Step("validate", VALIDATED, VALIDATED, SEND, mark("重新核对"), position=_in_charge),
        Step("decide", VALIDATED, VALIDATED, APPLY, mark("处理冲突"), position=_in_charge),
        Step(
            "apply", VALIDATED, APPLIED, APPLY, mark("导入"),
            conditions=(GOOD_ROWS_CHOSEN,), position=_in_charge, primary=True,
        ),
        Step("undo", APPLIED, UNDONE, UNDO, mark("撤销导入"), {"reason": mark("撤销的理由")}, position=_in_charge),
        Step("discard", RECEIVED, DISCARDED, SEND, DISCARD, position=_in_charge),
        Step("discard", RECOGNISED, DISCARDED, SEND, DISCARD, position=_in_charge),
        Step("discard", VALIDATED, DISCARDED, SEND, DISCARD, position=_in_charge),
    ),
)  # fmt: skip
