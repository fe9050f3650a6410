"""The life of a workbook that came back (报送表): compared, then applied or put aside; once applied, undone."""

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

PLANNED, APPLIED, DISCARDED, UNDONE = "planned", "applied", "discarded", "undone"
STATES = {
    PLANNED: mark("待报送"),
    APPLIED: mark("已报送"),
    DISCARDED: mark("已放弃"),
    UNDONE: mark("已撤销"),
}
LOOKS = {PLANNED: ("◑", "wait"), APPLIED: ("●", "done"), DISCARDED: ("✕", "none"), UNDONE: ("↺", "none")}


def _nothing_refused(attempt: Attempt) -> bool:
    return not attempt.facts["refused"] or bool(attempt.facts["good_rows_only"])


def _nothing_later(attempt: Attempt) -> bool:
    return not attempt.facts["later"]


GOOD_ROWS_CHOSEN = Condition(
    mark("有不合格的行。请改好后重新上传，或明确选择“只报合格的行”。"), _nothing_refused, from_facts=True
)
NOTHING_LATER = Condition(
    mark("报送之后其中的事项又有报送或处理，不能整批撤销。请先看页面上列出的事项。"), _nothing_later, from_facts=True
)
REPORT = Permission.REPORT_WORK
WORK_RETURN_LIFE = Lifecycle(
    "work return",
    STATES,
    PLANNED,
    {DISCARDED, UNDONE},
    (
        Step("check", PLANNED, PLANNED, REPORT, mark("重新核对")),
        Step("apply", PLANNED, APPLIED, REPORT, mark("报送"), conditions=(GOOD_ROWS_CHOSEN,), primary=True),
        Step("discard", PLANNED, DISCARDED, REPORT, mark("放弃")),
        Step(
            "undo", APPLIED, UNDONE, REPORT, mark("撤销报送"),
            needs={"reason": mark("撤销理由")}, conditions=(NOTHING_LATER,),
        ),
    ),
)  # fmt: skip
