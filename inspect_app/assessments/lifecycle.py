"""The life of an assessment (考核): computed, self-reported, reviewed, appealed, published, superseded.

The facts of the steps are figured out by `course.blockers`: codes of counties and lines that stand in the way, by kind
("unsent", "undecided", "unconfirmed", "pending", "unanswered", "unsigned").
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

COMPUTED, SELF_REPORTING, REVIEWING = "computed", "self_reporting", "reviewing"
APPEALING, PUBLISHED, SUPERSEDED, VOIDED = "appealing", "published", "superseded", "voided"
STATES = {
    COMPUTED: mark("已计算"),
    SELF_REPORTING: mark("县级自评"),
    REVIEWING: mark("评审中"),
    APPEALING: mark("申诉期"),
    PUBLISHED: mark("已发布"),
    SUPERSEDED: mark("已更正"),
    VOIDED: mark("已作废"),
}
LOOKS = {
    COMPUTED: ("○", "none"),
    SELF_REPORTING: ("◔", "wait"),
    REVIEWING: ("◑", "work"),
    APPEALING: ("◕", "wait"),
    PUBLISHED: ("●", "done"),
    SUPERSEDED: ("◌", "none"),
    VOIDED: ("✕", "none"),
}
OPEN_STATES = (COMPUTED, SELF_REPORTING, REVIEWING, APPEALING)
CLOSED_STATES = (PUBLISHED, SUPERSEDED)


def oversees(assessment: Any, actor: Any) -> bool:  # noqa: ANN401 - an assessment, which this pure module cannot import
    """Tell whether the person sees the whole region that is assessed."""
    region = assessment.region
    while region is not None and region.id != actor.view_region_id:
        region = region.parent
    return actor.id is None or region is not None


def may_publish(assessment: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person oversees the region and did not open this assessment: publishing takes a second one."""
    return oversees(assessment, actor) and (actor.id is None or assessment.created_by_id != actor.id)


def _none(*kinds: str) -> Any:  # noqa: ANN401 - a condition
    return lambda attempt: not any(attempt.facts.get(kind) for kind in kinds)


def _time_is_up(attempt: Attempt) -> bool:
    return attempt.on > attempt.subject.self_report_by or not attempt.facts.get("unsent")


def _heard(attempt: Attempt) -> bool:
    return attempt.on > attempt.subject.appeal_by or not attempt.facts.get("unsigned")


def _begins(attempt: Attempt) -> bool:
    return attempt.subject.supersedes_id is None


def _corrects(attempt: Attempt) -> bool:
    return attempt.subject.supersedes_id is not None


FROZEN = Condition(
    mark("数据还没有冻结。到冻结日后先冻结数据，再往下走。"), lambda attempt: attempt.subject.frozen_at is not None
)
DECIDED = Condition(
    mark("还有标黄的差异、待评的指标或待复核的改动没有处理，见“还差什么”。"),
    _none("undecided", "unconfirmed", "pending"),
)
SETTLED = (
    FROZEN,
    Condition(mark("还有待评的指标，不能发布，见“还差什么”。"), _none("pending")),
    Condition(mark("还有改动没有第二人复核，不能发布，见“还差什么”。"), _none("unconfirmed", "undecided")),
    Condition(mark("还有申诉没有答复，不能发布，见“还差什么”。"), _none("unanswered")),
)
HEARD = Condition(mark("申诉期未满，而且还有县（市、区）没有签阅评审结果。"), _heard)
REASON = {"reason": mark("原因")}
RUN, PUBLISH = Permission.RUN_ASSESSMENT, Permission.PUBLISH_ASSESSMENT

ASSESSMENT_LIFE = Lifecycle(
    "assessment",
    STATES,
    COMPUTED,
    [SUPERSEDED, VOIDED],
    [
        Step(
            "begin",
            COMPUTED,
            SELF_REPORTING,
            RUN,
            mark("开始自评"),
            conditions=[Condition(mark("更正不再自评，直接评审。"), _begins)],
            position=oversees,
            primary=True,
        ),
        Step(
            "correct",
            COMPUTED,
            REVIEWING,
            RUN,
            mark("开始更正"),
            conditions=[Condition(mark("只有更正才能跳过自评。"), _corrects)],
            position=oversees,
        ),
        Step(
            "review",
            SELF_REPORTING,
            REVIEWING,
            RUN,
            mark("转入评审"),
            conditions=[Condition(mark("自评期未满，而且还有县（市、区）没有报送自评。"), _time_is_up)],
            position=oversees,
            primary=True,
        ),
        Step(
            "reopen",
            REVIEWING,
            SELF_REPORTING,
            RUN,
            mark("退回自评"),
            needs=REASON,
            conditions=[Condition(mark("更正没有自评。"), _begins)],
            position=oversees,
        ),
        Step(
            "announce",
            REVIEWING,
            APPEALING,
            RUN,
            mark("公布评审结果"),
            conditions=[FROZEN, DECIDED],
            position=oversees,
            primary=True,
        ),
        Step("return", APPEALING, REVIEWING, RUN, mark("退回评审"), needs=REASON, position=oversees),
        Step(
            "publish",
            APPEALING,
            PUBLISHED,
            PUBLISH,
            mark("发布"),
            conditions=[*SETTLED, HEARD],
            position=may_publish,
            primary=True,
        ),
        Step(
            "supersede",
            PUBLISHED,
            SUPERSEDED,
            PUBLISH,
            mark("以更正代替"),
            needs={"by": mark("更正")},
            position=oversees,
        ),
        *(Step("void", source, VOIDED, RUN, mark("作废"), needs=REASON, position=oversees) for source in OPEN_STATES),
    ],
)
