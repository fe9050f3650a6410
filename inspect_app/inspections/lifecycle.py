"""The life of an inspection (检查): planned, under way, submitted, reviewed; sent back, or voided before it counted."""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Person, Step

PLANNED, UNDER_WAY, SUBMITTED, REVIEWED, VOIDED = "planned", "under_way", "submitted", "reviewed", "voided"
DONE_STATES = (SUBMITTED, REVIEWED)

STATES = {
    PLANNED: mark("已计划"),
    UNDER_WAY: mark("检查中"),
    SUBMITTED: mark("待审核"),
    REVIEWED: mark("已审核"),
    VOIDED: mark("已作废"),
}
LOOKS = {
    PLANNED: ("○", "none"),
    UNDER_WAY: ("◕", "work"),
    SUBMITTED: ("◑", "wait"),
    REVIEWED: ("●", "done"),
    VOIDED: ("✕", "none"),
}


def on_team(inspection: Any, actor: Person) -> bool:  # noqa: ANN401 - an inspection, which this pure module cannot import
    """Tell whether this person is one of the inspectors; the system itself stands anywhere."""
    return actor.id is None or any(actor.id == inspector.user_id for inspector in inspection.inspectors)


def in_charge(inspection: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person enters data for the region of the visit or one above it."""
    region = inspection.region
    while region is not None and actor.capture_region_id != region.id:
        region = region.parent
    return actor.id is None or region is not None


def may_review(inspection: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person may judge the visit: in charge of the region, and none of its inspectors."""
    return actor.id is None or (in_charge(inspection, actor) and not on_team(inspection, actor))


def _complete(attempt: Attempt) -> bool:
    return not attempt.facts["open_items"]


def _never_submitted(attempt: Attempt) -> bool:
    return attempt.subject.submitted_at is None


COMPLETE = Condition(mark("还有未完成的检查项，请补齐后再提交。"), _complete, from_facts=True)
NEVER_SUBMITTED = Condition(mark("提交过的检查已形成隐患，不能作废；请修改后重新提交。"), _never_submitted)
REASON = {"reason": mark("原因")}

INSPECTION_LIFE = Lifecycle(
    "inspection",
    STATES,
    PLANNED,
    [REVIEWED, VOIDED],
    [
        Step(
            "start",
            PLANNED,
            UNDER_WAY,
            Permission.CARRY_OUT_INSPECTION,
            mark("开始检查"),
            position=on_team,
            primary=True,
        ),
        Step(
            "submit",
            UNDER_WAY,
            SUBMITTED,
            Permission.CARRY_OUT_INSPECTION,
            mark("提交检查结果"),
            needs={"site_person": mark("被检单位现场负责人")},
            conditions=[COMPLETE],
            position=on_team,
            primary=True,
        ),
        Step(
            "review",
            SUBMITTED,
            REVIEWED,
            Permission.REVIEW_INSPECTION,
            mark("审核通过"),
            position=may_review,
            primary=True,
        ),
        Step(
            "send_back",
            SUBMITTED,
            UNDER_WAY,
            Permission.REVIEW_INSPECTION,
            mark("退回修改"),
            needs=REASON,
            position=may_review,
        ),
        Step("void", PLANNED, VOIDED, Permission.PLAN_INSPECTION, mark("作废"), needs=REASON, position=in_charge),
        Step(
            "void",
            UNDER_WAY,
            VOIDED,
            Permission.PLAN_INSPECTION,
            mark("作废"),
            needs=REASON,
            conditions=[NEVER_SUBMITTED],
            position=in_charge,
        ),
    ],
)
