"""The conditions of steps as sentences: what a person reads when a step may not be taken yet (§5.4, §5.6, §5.7).

Facts that the service adds to those of the form: `photos_before` and `photos_after` (SHA-256 of each), `proofs` (number
of documents), `rechecker_names`, `open_children`, `merged_into_id`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition
from inspect_app.hazards.elements import (
    extensions_allowed,
    is_major,
    missing_elements,
    needs_acceptance,
    needs_plan,
    says_something,
)
from inspect_app.hazards.standing import limits_of
from inspect_app.hazards.words import RECHECK_PASSED, MeasureType


def _treated_by(attempt: Attempt) -> object:
    return attempt.facts.get("measure_type", attempt.subject.measure_type)


def _planned(attempt: Attempt, name: str) -> Any:  # noqa: ANN401 - the value of any column
    return attempt.facts.get(name, getattr(attempt.subject, name))


def _last_day(attempt: Attempt) -> Any:  # noqa: ANN401 - a date
    begun = attempt.subject.found_on or attempt.on
    return begun + timedelta(days=limits_of(attempt.actor).longest_days)


COMPLETE = Condition(
    mark("六要素（描述、等级、责任单位、责任人、措施、时限）还不齐全；重大隐患另须资金与预案。请先补全。"),
    lambda attempt: not missing_elements(attempt.subject),
)
DUE_AHEAD = Condition(
    mark("整改时限不能早于今天。"), lambda attempt: attempt.facts["due_on"] >= attempt.on, from_facts=True
)
DUE_WITHIN_LIMIT = Condition(
    mark("整改时限超过了允许的最长期限（自发现之日起算）。"),
    lambda attempt: attempt.facts["due_on"] <= _last_day(attempt),
    from_facts=True,
)
NO_PLAN_NEEDED = Condition(
    mark("重大隐患和整改期较长的隐患，治理方案经批准后才能开始整改。"),
    lambda attempt: not needs_plan(attempt.subject, limits_of(attempt.actor)),
)


def _for_major(sentence: str, fulfilled: Callable[[Attempt], bool]) -> Condition:
    return Condition(sentence, lambda attempt: not is_major(attempt.subject) or fulfilled(attempt))


def once_filled(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions for a step whose own form brings what they ask for."""
    return tuple(replace(condition, from_facts=True) for condition in conditions)


FIVE_FULFILMENTS = (
    _for_major(
        mark("责任未落实：责任单位、整改责任人和整改责任领导都要写明。"),
        lambda attempt: bool(
            (attempt.subject.responsible_unit_id or attempt.subject.responsible_unit_name)
            and attempt.subject.responsible_person
            and _planned(attempt, "responsible_leader")
        ),
    ),
    _for_major(
        mark("措施未落实：整改措施过于简单或只写了“已要求整改”，请写明具体做法。"),
        lambda attempt: says_something(_planned(attempt, "measures"), limits_of(attempt.actor)),
    ),
    _for_major(
        mark("资金未落实：请填写整改资金，不需要资金的填 0。"),
        lambda attempt: _planned(attempt, "fund_amount") is not None,
    ),
    _for_major(mark("时限未落实：没有整改时限。"), lambda attempt: attempt.subject.due_on is not None),
    _for_major(mark("预案未落实：请写明临时管控措施。"), lambda attempt: bool(_planned(attempt, "interim_control"))),
)

LATER_THAN_DUE = Condition(
    mark("申请延期的日期须晚于现在的整改时限。"),
    lambda attempt: attempt.facts["extend_to"] > attempt.subject.due_on,
    from_facts=True,
)
EXTENSION_WITHIN_LIMIT = Condition(
    mark("延期后的时限超过了允许的最长期限（自发现之日起算）。"),
    lambda attempt: attempt.facts["extend_to"] <= _last_day(attempt),
    from_facts=True,
)
ASKED_IN_TIME = Condition(
    mark("延期须在整改时限届满前按规定天数提出，现在已经来不及。"),
    lambda attempt: (
        attempt.subject.due_on is not None
        and attempt.on <= attempt.subject.due_on - timedelta(days=limits_of(attempt.actor).extension_lead_days)
    ),
)
EXTENSIONS_LEFT = Condition(
    mark("延期次数已经用完。"),
    lambda attempt: attempt.subject.extension_count < extensions_allowed(attempt.subject, limits_of(attempt.actor)),
)

BEFORE_PHOTO = Condition(mark("缺整改前照片。"), lambda attempt: bool(attempt.facts.get("photos_before")))
AFTER_PHOTO = Condition(mark("缺整改后照片。"), lambda attempt: bool(attempt.facts.get("photos_after")))
OTHER_PHOTO = Condition(
    mark("整改后的照片与整改前是同一张，请重新拍摄。"),
    lambda attempt: not set(attempt.facts.get("photos_before", ())) & set(attempt.facts.get("photos_after", ())),
)
NOT_MONITORED = Condition(
    mark("监测预警不等于消除隐患，只能转为长期管控，不能报告完成或销号。"),
    lambda attempt: _treated_by(attempt) != MeasureType.MONITORING,
)

ENOUGH_RECHECKERS = Condition(
    mark("复查须由两名以上人员共同完成。"),
    lambda attempt: len(set(attempt.facts["recheckers"])) >= limits_of(attempt.actor).recheckers,
    from_facts=True,
)
RECHECKERS_ARE_OTHERS = Condition(
    mark("整改责任人和报告整改完成的人不能参加复查。"),
    lambda attempt: (
        attempt.subject.done_by_id not in attempt.facts["recheckers"]
        and attempt.subject.responsible_person not in attempt.facts["rechecker_names"]
    ),
    from_facts=True,
)
RECHECKER_SIGNS = Condition(
    mark("复查结果由参加复查的人员本人登记，请把自己选入复查人员。"),
    lambda attempt: attempt.actor.id is None or attempt.actor.id in attempt.facts["recheckers"],
    from_facts=True,
)
RECHECK = (ENOUGH_RECHECKERS, RECHECKERS_ARE_OTHERS, RECHECKER_SIGNS)
NO_ACCEPTANCE_NEEDED = Condition(
    mark("工程治理类和重大隐患复查合格后须先验收，请选择“复查合格，转验收”。"),
    lambda attempt: not needs_acceptance(attempt.subject),
)
ACCEPTED_BY_OTHERS = Condition(
    mark("验收单位不能是责任单位自己。"),
    lambda attempt: attempt.facts["accepted_by_unit"] != attempt.subject.responsible_unit_name,
    from_facts=True,
)

RECHECKED = Condition(mark("没有合格的复查结论。"), lambda attempt: attempt.subject.recheck_result == RECHECK_PASSED)
ACCEPTED = Condition(
    mark("工程治理类和重大隐患没有验收单位的验收意见。"),
    lambda attempt: not needs_acceptance(attempt.subject) or bool(attempt.subject.accepted_by_unit),
)
MOVED_OUT = Condition(
    mark("避让搬迁须附腾空、拆除或改变用途的证明。"),
    lambda attempt: attempt.subject.measure_type != MeasureType.RELOCATION or bool(attempt.facts.get("proofs")),
)
NO_OPEN_CHILD = Condition(
    mark("还有反弹重开的关联隐患没有销号。"), lambda attempt: not attempt.facts.get("open_children")
)
CONSENT = Condition(
    mark("重大隐患销号须有督办单位的书面同意，请填写文号或意见。"),
    lambda attempt: not is_major(attempt.subject) or bool(attempt.facts.get("consent")),
    from_facts=True,
)
CLOSURE = (
    BEFORE_PHOTO,
    AFTER_PHOTO,
    OTHER_PHOTO,
    RECHECKED,
    ACCEPTED,
    MOVED_OUT,
    NO_OPEN_CHILD,
    COMPLETE,
    *FIVE_FULFILMENTS,
    NOT_MONITORED,
    CONSENT,
)

REVIEW_AHEAD = Condition(
    mark("下次复核日期须晚于今天。"), lambda attempt: attempt.facts["review_on"] > attempt.on, from_facts=True
)
MERGES_INTO_ANOTHER = Condition(
    mark("没有找到可并入的隐患：须是同一县区、尚未办结的另一条隐患。"),
    lambda attempt: attempt.facts.get("merged_into_id") is not None,
    from_facts=True,
)
TWO_SIGN = Condition(
    mark("认定不属实须由两人签署，第二签署人不能是您本人。"),
    lambda attempt: attempt.facts["second_signer"] != attempt.actor.id,
    from_facts=True,
)
