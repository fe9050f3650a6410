"""The life of a work plan, and of what it makes a unit owe: due, reported, accepted; returned, or waived."""

from inspect_app.access.permissions import Permission as P  # noqa: N817 - columns of the table below
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step
from inspect_app.workplans.rules import is_late
from inspect_app.workplans.standing import captures, judges, oversees, undoes

DRAFT, PUBLISHED, CLOSED, DISCARDED = "draft", "published", "closed", "discarded"
PLAN_STATES = {
    DRAFT: mark("待核对"),
    PUBLISHED: mark("已发布"),
    CLOSED: mark("已办结"),
    DISCARDED: mark("已放弃"),
}
DUE, REPORTED, ACCEPTED, RETURNED, WAIVED = "due", "reported", "accepted", "returned", "waived"
DUE_STATES = {
    DUE: mark("待报"),
    REPORTED: mark("已报，待审核"),
    ACCEPTED: mark("已认可"),
    RETURNED: mark("已退回"),
    WAIVED: mark("免报"),
}
REASON = {"reason": mark("理由")}
SAID = {"summary": mark("完成情况")}


def _settled(attempt: Attempt) -> bool:
    return not attempt.facts["unsettled"]


def _late(attempt: Attempt) -> bool:
    due = attempt.subject
    return not due.excused and is_late(due.due_on, due.reported_at, attempt.on)


SETTLED = Condition(
    mark("还有没有核对的任务、没有认定的单位或没有决定的要求。请先处理页面上标出的各项。"), _settled, from_facts=True
)
LATE = Condition(mark("这一项没有逾期，不需要免计。"), _late)

PLAN_LIFE = Lifecycle(
    "work plan",
    PLAN_STATES,
    DRAFT,
    {CLOSED, DISCARDED},
    (
        Step(
            "publish", DRAFT, PUBLISHED, P.PUBLISH_WORKPLAN, mark("发布"),
            conditions=(SETTLED,), position=oversees, primary=True,
        ),
        Step("discard", DRAFT, DISCARDED, P.EDIT_WORKPLAN, mark("放弃"), REASON, (), oversees),
        Step("close", PUBLISHED, CLOSED, P.PUBLISH_WORKPLAN, mark("办结"), REASON, (), oversees),
    ),
)  # fmt: skip

DUE_LIFE = Lifecycle(
    "work due",
    DUE_STATES,
    DUE,
    {ACCEPTED, WAIVED},
    (
        Step("report", DUE, REPORTED, P.REPORT_WORK, mark("报送"), SAID, (), captures, primary=True),
        Step("report", RETURNED, REPORTED, P.REPORT_WORK, mark("重新报送"), SAID, (), captures, primary=True),
        Step("amend", REPORTED, REPORTED, P.REPORT_WORK, mark("补充更正"), SAID, (), captures),
        Step("accept", REPORTED, ACCEPTED, P.ACCEPT_WORK, mark("认可"), position=judges, primary=True),
        Step("send_back", REPORTED, RETURNED, P.ACCEPT_WORK, mark("退回"), REASON, (), judges),
        Step("reopen", ACCEPTED, RETURNED, P.ACCEPT_WORK, mark("撤回认可并退回"), REASON, (), judges),
        Step("excuse", REPORTED, REPORTED, P.WAIVE_WORK, mark("免计逾期"), REASON, (LATE,), oversees),
        Step("excuse", ACCEPTED, ACCEPTED, P.WAIVE_WORK, mark("免计逾期"), REASON, (LATE,), oversees),
        Step("waive", DUE, WAIVED, P.WAIVE_WORK, mark("免报"), REASON, (), oversees),
        Step("waive", RETURNED, WAIVED, P.WAIVE_WORK, mark("免报"), REASON, (), oversees),
        Step("restore", WAIVED, DUE, P.WAIVE_WORK, mark("恢复报送"), REASON, (), oversees),
        Step("undo_report", REPORTED, DUE, P.REPORT_WORK, mark("撤销报送"), REASON, (), undoes),
        Step("undo_again", REPORTED, RETURNED, P.REPORT_WORK, mark("撤销重报"), REASON, (), undoes),
        Step("undo_amend", REPORTED, REPORTED, P.REPORT_WORK, mark("撤销更正"), REASON, (), undoes),
    ),
)  # fmt: skip
