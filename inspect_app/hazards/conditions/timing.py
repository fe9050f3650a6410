"""What extensions, pauses of the clock, interim control and its reviews ask for (§5.6)."""

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition
from inspect_app.hazards.deadlines import firm_reason
from inspect_app.hazards.elements import extensions_allowed
from inspect_app.hazards.rules import is_overdue, is_paused
from inspect_app.hazards.standing import limits_of

LATER_THAN_DUE = Condition(
    mark("申请延期的日期须晚于现在的整改时限。"),
    lambda attempt: attempt.facts["extend_to"] > attempt.subject.due_on,
    from_facts=True,
)
EXTENSION_WITHIN_LIMIT = Condition(
    mark("延期后的时限超过了允许的最长期限（自发现之日起算）。"),
    lambda attempt: attempt.facts["extend_to"] <= attempt.facts["latest_due_on"],
    from_facts=True,
)
ASKED_IN_TIME = Condition(
    mark("延期须在整改时限届满前按规定天数提出，现在已经来不及。"),
    lambda attempt: attempt.facts.get("ask_until") is not None and attempt.on <= attempt.facts["ask_until"],
)
EXTENSIONS_LEFT = Condition(
    mark("延期次数已经用完。"),
    lambda attempt: attempt.subject.extension_count < extensions_allowed(attempt.subject, limits_of(attempt.actor)),
)
MAY_WAIT = Condition(
    mark("有人使用的 C、D 级房屋和学生在用的危险房屋不得延期，也不得停止计时，请先撤人停用。"),
    lambda attempt: not firm_reason(attempt.subject, limits_of(attempt.actor).never_extended),
)
CONTROL_SHOWN = Condition(
    mark("每次申请延期都须附临时管控的佐证，请先上传“临时管控”照片或材料。"),
    lambda attempt: bool(attempt.facts.get("controls")),
)
EXTENSION = (
    MAY_WAIT,
    ASKED_IN_TIME,
    EXTENSIONS_LEFT,
    CONTROL_SHOWN,
    LATER_THAN_DUE,
    EXTENSION_WITHIN_LIMIT,
)


def _paused(attempt: Attempt) -> bool:
    return is_paused(attempt.subject.paused_until, attempt.on)


NOT_PAUSED = Condition(mark("这条隐患已经停止计时。"), lambda attempt: not _paused(attempt))
PAUSED = Condition(mark("这条隐患没有停止计时，或停止计时已经期满。"), _paused)
NOT_LATE = Condition(
    mark("没有整改时限或已经逾期的隐患不能停止计时。"),
    lambda attempt: (
        attempt.subject.due_on is not None and not is_overdue(attempt.subject.state, attempt.subject.due_on, attempt.on)
    ),
)
PAUSE_AHEAD = Condition(
    mark("停止计时的截止日期须晚于今天。"), lambda attempt: attempt.facts["pause_until"] > attempt.on, from_facts=True
)
PAUSE_WITHIN_LIMIT = Condition(
    mark("停止计时的天数累计超过了允许的上限。"),
    lambda attempt: (
        attempt.subject.paused_days + (attempt.facts["pause_until"] - attempt.on).days
        <= limits_of(attempt.actor).pause_longest_days
    ),
    from_facts=True,
)
PAUSE = (MAY_WAIT, NOT_PAUSED, NOT_LATE, PAUSE_AHEAD, PAUSE_WITHIN_LIMIT)

REVIEW_AHEAD = Condition(
    mark("下次复核日期须晚于今天。"), lambda attempt: attempt.facts["review_on"] > attempt.on, from_facts=True
)
REVIEW_WITHIN_LIMIT = Condition(
    mark("下次复核日期离今天太远，超过了长期管控的复核周期。"),
    lambda attempt: (attempt.facts["review_on"] - attempt.on).days <= limits_of(attempt.actor).review_longest_days,
    from_facts=True,
)
REVIEW = (REVIEW_AHEAD, REVIEW_WITHIN_LIMIT)
