"""What registering, assigning and planning ask for: six elements, a possible due date, five fulfilments, six parts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition
from inspect_app.hazards.elements import is_major, missing_elements, needs_plan, parts_of, says_something
from inspect_app.hazards.standing import limits_of
from inspect_app.hazards.words import PLAN_PARTS


def once_filled(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions for a step whose own form brings what they ask for."""
    return tuple(replace(condition, from_facts=True) for condition in conditions)


def _planned(attempt: Attempt, name: str) -> Any:  # noqa: ANN401 - the value of any column
    return attempt.facts.get(name, getattr(attempt.subject, name))


def _part(attempt: Attempt, name: str) -> str:
    return str(attempt.facts.get(name) or (attempt.subject.plan_parts or {}).get(name) or "").strip()


def _for_major(sentence: str, fulfilled: Callable[[Attempt], bool]) -> Condition:
    return Condition(sentence, lambda attempt: not is_major(attempt.subject) or fulfilled(attempt))


COMPLETE = Condition(
    mark("六要素（描述、等级、责任单位、责任人、措施、时限）还不齐全；重大隐患另须资金与预案。请先补全。"),
    lambda attempt: not missing_elements(attempt.subject),
)
DUE_AHEAD = Condition(
    mark("整改时限不能早于今天。"), lambda attempt: attempt.facts["due_on"] >= attempt.on, from_facts=True
)
DUE_WITHIN_LIMIT = Condition(
    mark("整改时限超过了允许的最长期限（自发现之日起算）。"),
    lambda attempt: attempt.facts["due_on"] <= attempt.facts["latest_due_on"],
    from_facts=True,
)
CHECKED_DUE = (DUE_AHEAD, DUE_WITHIN_LIMIT)
NO_PLAN_NEEDED = Condition(
    mark("重大隐患和整改期较长的隐患，治理方案经批准后才能开始整改。"),
    lambda attempt: not needs_plan(attempt.subject, limits_of(attempt.actor)),
)

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

MISSING_PARTS = {
    "plan_goal": mark("治理方案缺“目标任务”：请写明治理到什么程度。"),
    "plan_methods": mark("治理方案缺“方法措施”：请写明采取哪些措施。"),
    "plan_funds": mark("治理方案缺“经费物资”：请写明经费来源和所需物资。"),
    "plan_people": mark("治理方案缺“机构人员”：请写明由谁负责、谁来做。"),
    "plan_schedule": mark("治理方案缺“时限要求”：请写明分几个阶段、各到哪天。"),
    "plan_safety": mark("治理方案缺“安全措施与应急预案”：请写明治理期间怎样保证安全。"),
}


def _has_part(name: str) -> Callable[[Attempt], bool]:
    return lambda attempt: bool(_part(attempt, name))


SIX_PARTS = (
    *(_for_major(sentence, _has_part(name)) for name, sentence in MISSING_PARTS.items()),
    _for_major(
        mark("治理方案的六项内容不能照抄同一句话，请分别写明。"),
        lambda attempt: len({_part(attempt, name) for name in PLAN_PARTS}) == len(PLAN_PARTS),
    ),
)
PLAN_WRITTEN = Condition(
    mark("请填写治理方案：分几步做、谁来做、何时做完。"),
    lambda attempt: is_major(attempt.subject) or bool(_planned(attempt, "treatment_plan")),
)
PLAN = (*FIVE_FULFILMENTS, *SIX_PARTS, PLAN_WRITTEN)

NOT_A_PART = Condition(
    mark("这条隐患本身是拆分出来的，不能再拆分。"), lambda attempt: attempt.subject.parent_id is None
)
SEVERAL_PARTS = Condition(
    mark("请至少拆分为两条，一行一条，内容不能相同。"),
    lambda attempt: len(set(parts_of(attempt.facts["parts"]))) > 1,
    from_facts=True,
)
NO_OPEN_PART = Condition(
    mark("还有拆分出的子隐患没有办结，请先办结各条子隐患。"), lambda attempt: not attempt.facts.get("open_parts")
)
