"""The life of an import (台账导入): compared with the register, then applied or put aside; once applied, undone."""

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

PLANNED, APPLIED, DISCARDED, UNDONE = "planned", "applied", "discarded", "undone"

STATES = {
    PLANNED: mark("待导入"),
    APPLIED: mark("已导入"),
    DISCARDED: mark("已放弃"),
    UNDONE: mark("已撤销"),
}
LOOKS = {
    PLANNED: ("◑", "wait"),
    APPLIED: ("●", "done"),
    DISCARDED: ("✕", "none"),
    UNDONE: ("↺", "none"),
}


def _nothing_refused(attempt: Attempt) -> bool:
    return not attempt.facts["refused"] or bool(attempt.facts["good_rows_only"])


def _nothing_later(attempt: Attempt) -> bool:
    return not attempt.facts["later"]


GOOD_ROWS_CHOSEN = Condition(
    mark("有不合格的行。请改好后重新上传，或明确选择“只导入合格的行”。"), _nothing_refused, from_facts=True
)
NOTHING_LATER = Condition(
    mark("导入之后其中的条目又有改动，不能整批撤销。请先看页面上列出的条目。"), _nothing_later, from_facts=True
)
EDIT = Permission.EDIT_REGISTERS

REGISTER_IMPORT_LIFE = Lifecycle(
    "register import",
    STATES,
    PLANNED,
    {DISCARDED, UNDONE},
    (
        Step("check", PLANNED, PLANNED, EDIT, mark("重新核对")),
        Step("apply", PLANNED, APPLIED, EDIT, mark("导入"), conditions=(GOOD_ROWS_CHOSEN,), primary=True),
        Step("discard", PLANNED, DISCARDED, EDIT, mark("放弃")),
        Step(
            "undo", APPLIED, UNDONE, EDIT, mark("撤销导入"),
            needs={"reason": mark("撤销理由")}, conditions=(NOTHING_LATER,),
        ),
    ),
)  # fmt: skip
