"""The life of an inspection (检查): planned, under way, submitted, reviewed; sent back, or voided before it counted."""

from datetime import date
from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Person, Step

PLANNED, UNDER_WAY, SUBMITTED, REVIEWED, VOIDED = "planned", "under_way", "submitted", "reviewed", "voided"
DONE_STATES = (SUBMITTED, REVIEWED)
MOVE = "move"

STATES = {
    PLANNED: mark("已计划"),
    UNDER_WAY: mark("检查中"),
    SUBMITTED: mark("待审核"),
    REVIEWED: mark("已审核"),
    VOIDED: mark("已作废"),
}
STANDINGS = {"open": (PLANNED, UNDER_WAY), "done": DONE_STATES}
STANDING_LABELS = {"open": mark("尚未完成"), "done": mark("已提交")}
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


def may_move(inspection: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person may move the visit to newer lists: who directs it, or who leads its team."""
    plans = actor.can(Permission.PLAN_INSPECTION) and may_direct(inspection, actor)
    leads = bool(inspection.inspectors) and inspection.inspectors[0].user_id == actor.id
    return actor.id is None or plans or (leads and actor.can(Permission.CARRY_OUT_INSPECTION))


def may_review(inspection: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person may judge the visit: in charge of the region, and none of its inspectors."""
    return actor.id is None or (in_charge(inspection, actor) and not on_team(inspection, actor))


def may_direct(inspection: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person may move, hand over or call off the visit.

    In charge of its region, and whoever planned it, or stands no lower than every member of its team: the inspected do
    not decide when, by whom and whether they are inspected.
    """
    if actor.id is None or not in_charge(inspection, actor):
        return actor.id is None
    ranks = _ranks(inspection.region)
    team = [ranks.get(inspector.user.capture_region_id, 0) for inspector in inspection.inspectors]
    return bool(inspection.created_by_id == actor.id or max(team, default=0) <= ranks[actor.capture_region_id])


def first_planned_on(inspection: Any) -> date:  # noqa: ANN401 - the same
    """Return the day a visit was first planned for, however often it was moved."""
    moved = next((event for event in inspection.events if event.action == "reschedule"), None)
    return inspection.planned_on if moved is None else date.fromisoformat(moved.facts["before"])


def _ranks(region: Any) -> dict[int, int]:  # noqa: ANN401 - the same
    """Return how high each region stands above the place of a visit, which is 0."""
    found: dict[int, int] = {}
    while region is not None:
        found[region.id] = len(found)
        region = region.parent
    return found


def _excused(attempt: Attempt) -> bool:
    later = attempt.facts["planned_on"] > first_planned_on(attempt.subject)
    return not later or bool(attempt.facts.get("reason"))


def _complete(attempt: Attempt) -> bool:
    return not attempt.facts["open_items"]


def never_submitted(inspection: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the visit is open and nothing has come of it yet."""
    return inspection.state in (PLANNED, UNDER_WAY) and inspection.submitted_at is None


def _never_submitted(attempt: Attempt) -> bool:
    return attempt.subject.submitted_at is None


COMPLETE = Condition(mark("还有未完成的检查项，请补齐后再提交。"), _complete, from_facts=True)
NEVER_SUBMITTED = Condition(mark("提交过的检查已形成隐患，不能作废；请修改后重新提交。"), _never_submitted)
EXCUSED = Condition(mark("改到比最初计划更晚的日期，须写明原因。"), _excused, from_facts=True)
SENT_BEFORE = Condition(mark("提交过的检查按原版检查表记录，不能改用新版。"), _never_submitted)
REASON = {"reason": mark("原因")}
LISTS = {"lists": mark("新版检查表")}

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
        Step(
            "reschedule",
            PLANNED,
            PLANNED,
            Permission.PLAN_INSPECTION,
            mark("改期"),
            needs={"planned_on": mark("新的计划日期")},
            conditions=[EXCUSED],
            position=may_direct,
        ),
        *(
            Step("reassign", state, state, Permission.PLAN_INSPECTION, mark("调整检查人员"), position=may_direct)
            for state in (PLANNED, UNDER_WAY)
        ),
        *(
            Step(
                MOVE,
                state,
                state,
                Permission.VIEW_INSPECTIONS,
                mark("改用新版检查表"),
                needs=LISTS,
                conditions=[SENT_BEFORE],
                position=may_move,
            )
            for state in (PLANNED, UNDER_WAY)
        ),
        Step("void", PLANNED, VOIDED, Permission.PLAN_INSPECTION, mark("作废"), needs=REASON, position=may_direct),
        Step(
            "void",
            UNDER_WAY,
            VOIDED,
            Permission.PLAN_INSPECTION,
            mark("作废"),
            needs=REASON,
            conditions=[NEVER_SUBMITTED],
            position=may_direct,
        ),
    ],
)
