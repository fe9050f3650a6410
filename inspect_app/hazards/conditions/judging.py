"""What recheck, acceptance, closure and the ends beside closure ask for (§5.2, §5.7)."""

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Condition
from inspect_app.hazards.conditions.planning import COMPLETE, FIVE_FULFILMENTS, NO_OPEN_PART
from inspect_app.hazards.conditions.proving import NOT_MONITORED, PROOFS, SEEN_ON_THE_SPOT
from inspect_app.hazards.editing import CORRECTABLE
from inspect_app.hazards.elements import is_major, needs_acceptance
from inspect_app.hazards.standing import limits_of
from inspect_app.hazards.words import ENGINEERING_PAPERS, RECHECK_PASSED, MeasureType

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
RECHECKERS_OF_OTHER_UNIT = Condition(
    mark("复查人员不能来自整改单位，请由其他单位的人员复查。"),
    lambda attempt: not (limits_of(attempt.actor).recheckers_of_other_unit and attempt.facts.get("own_unit")),
    from_facts=True,
)
RECHECKER_SIGNS = Condition(
    mark("复查结果由参加复查的人员本人登记，请把自己选入复查人员。"),
    lambda attempt: attempt.actor.id is None or attempt.actor.id in attempt.facts["recheckers"],
    from_facts=True,
)
RECHECK = (ENOUGH_RECHECKERS, RECHECKERS_ARE_OTHERS, RECHECKERS_OF_OTHER_UNIT, RECHECKER_SIGNS)
PASSING = (*RECHECK, SEEN_ON_THE_SPOT)
NO_ACCEPTANCE_NEEDED = Condition(
    mark("工程治理类和重大隐患复查合格后须先验收，请选择“复查合格，转验收”。"),
    lambda attempt: not needs_acceptance(attempt.subject),
)
ACCEPTED_BY_OTHERS = Condition(
    mark("验收单位不能是责任单位自己。"),
    lambda attempt: attempt.facts["accepted_by_unit"] != attempt.subject.responsible_unit_name,
    from_facts=True,
)
ACCEPTED_ON_PAPER = Condition(
    mark("工程治理类的验收依据须是检测报告、鉴定报告或竣工验收意见。"),
    lambda attempt: (
        attempt.subject.measure_type != MeasureType.ENGINEERING
        or attempt.facts["acceptance_paper"] in ENGINEERING_PAPERS
    ),
    from_facts=True,
)
ACCEPTANCE = (ACCEPTED_BY_OTHERS, ACCEPTED_ON_PAPER)

RECHECKED = Condition(mark("没有合格的复查结论。"), lambda attempt: attempt.subject.recheck_result == RECHECK_PASSED)
ACCEPTED = Condition(
    mark("工程治理类和重大隐患没有验收单位的验收意见。"),
    lambda attempt: not needs_acceptance(attempt.subject) or bool(attempt.subject.accepted_by_unit),
)
NO_OPEN_CHILD = Condition(
    mark("还有反弹重开的关联隐患没有销号。"), lambda attempt: not attempt.facts.get("open_children")
)
DELISTED = Condition(mark("挂牌督办的隐患须先摘牌再销号。"), lambda attempt: not attempt.subject.listed)
CONSENT = Condition(
    mark("重大隐患销号须有督办单位的书面同意，请填写文号或意见。"),
    lambda attempt: not is_major(attempt.subject) or bool(attempt.facts.get("consent")),
    from_facts=True,
)
CLOSURE = (
    *PROOFS,
    RECHECKED,
    ACCEPTED,
    NO_OPEN_CHILD,
    NO_OPEN_PART,
    DELISTED,
    COMPLETE,
    *FIVE_FULFILMENTS,
    NOT_MONITORED,
    CONSENT,
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
CORRECTS_SOMETHING = Condition(
    mark("没有改动任何内容，不需要更正。"), lambda attempt: bool(attempt.facts["corrections"]), from_facts=True
)
CORRECTS_WHAT_MAY_BE = Condition(
    mark("等级、日期、治理方式和结论不能更正；结论有误的，请按反弹重开或由上级处理。"),
    lambda attempt: attempt.facts["corrections"].keys() <= CORRECTABLE,
    from_facts=True,
)
