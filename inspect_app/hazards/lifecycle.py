"""The life of a hazard from finding to closure, as one table (domain reference §5.2)."""

from collections.abc import Mapping, Sequence
from typing import Any

from inspect_app.access.permissions import Permission as P  # noqa: N817 - columns of the table below
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Condition, Lifecycle, Person, Step
from inspect_app.hazards import conditions as when
from inspect_app.hazards.elements import needs_acceptance, needs_plan
from inspect_app.hazards.inputs import needs
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.standing import captures, decides_closure, judges, limits_of, oversees, verifies
from inspect_app.hazards.words import STATE_LABELS
from inspect_app.hazards.words import State as S  # noqa: N817 - columns of the table below

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "assign": ("requirement", "supervising_unit_name", "supervising_person"),
    "close": ("consent",),
}
BESIDE_ALL = ("note",)


def optional_facts(action: str) -> tuple[str, ...]:
    """Return the names of facts that an action takes but does not ask for."""
    return (*OPTIONAL.get(action, ()), *BESIDE_ALL)


def _plans(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    return captures(hazard, person) and needs_plan(hazard, limits_of(person))


def _sends_to_acceptance(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    return verifies(hazard, person) and needs_acceptance(hazard)


def _unless_started(action: str, target: S, permission: P, label: str, **more: object) -> list[Step]:
    """Repeat a side path for each state before treatment starts."""
    sources = (S.DRAFT, S.REGISTERED, S.ASSIGNED, S.ACCEPTED)
    return [Step(action, source, target, permission, label, **more) for source in sources]  # type: ignore[arg-type]


RECHECK_FACTS = needs("recheckers", "finding")
PLAN_FACTS = needs("measures", "fund_amount", "responsible_leader", "interim_control", "treatment_plan")
CHECKED_DUE: Sequence[Condition] = (when.DUE_AHEAD, when.DUE_WITHIN_LIMIT)
EXTENSION = (when.ASKED_IN_TIME, when.EXTENSIONS_LEFT, when.LATER_THAN_DUE, when.EXTENSION_WITHIN_LIMIT)
DONE = (when.AFTER_PHOTO, when.OTHER_PHOTO, *when.once_filled((when.NOT_MONITORED,)))
SUSPENSION = (when.REVIEW_AHEAD,)

STEPS = (
    Step(
        "register", S.DRAFT, S.REGISTERED, P.REGISTER_HAZARD, mark("登记"),
        conditions=(when.COMPLETE,), position=captures, primary=True,
    ),
    Step(
        "assign", S.REGISTERED, S.ASSIGNED, P.ASSIGN_HAZARD, mark("交办"),
        needs("due_on"), CHECKED_DUE, captures, primary=True,
    ),
    Step("accept", S.ASSIGNED, S.ACCEPTED, P.RECTIFY_HAZARD, mark("签收"), position=captures, primary=True),
    Step(
        "start", S.ACCEPTED, S.RECTIFYING, P.RECTIFY_HAZARD, mark("开始整改"),
        conditions=(when.NO_PLAN_NEEDED,), position=captures, primary=True,
    ),
    Step(
        "submit_plan", S.ACCEPTED, S.PLAN_SUBMITTED, P.RECTIFY_HAZARD, mark("报送治理方案"),
        PLAN_FACTS, when.once_filled(when.FIVE_FULFILMENTS), _plans, primary=True,
    ),
    Step(
        "approve_plan", S.PLAN_SUBMITTED, S.RECTIFYING, P.DECIDE_HAZARD, mark("批准治理方案"),
        conditions=when.FIVE_FULFILMENTS, position=oversees, primary=True,
    ),
    Step(
        "return_plan", S.PLAN_SUBMITTED, S.ACCEPTED, P.DECIDE_HAZARD, mark("退回治理方案"),
        needs("reason"), (), oversees,
    ),
    Step(
        "request_extension", S.RECTIFYING, S.EXTENSION_PENDING, P.RECTIFY_HAZARD, mark("申请延期"),
        needs("extend_to", "reason", "interim_control"), EXTENSION, captures,
    ),
    Step(
        "approve_extension", S.EXTENSION_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("批准延期"),
        position=oversees, primary=True,
    ),
    Step(
        "refuse_extension", S.EXTENSION_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("不批准延期"),
        needs("reason"), (), oversees,
    ),
    Step(
        "report_done", S.RECTIFYING, S.DONE, P.RECTIFY_HAZARD, mark("报告整改完成"),
        needs("progress", "measure_type"), DONE, captures, primary=True,
    ),
    Step("start_recheck", S.DONE, S.RECHECKING, P.RECHECK_HAZARD, mark("开始复查"), position=verifies, primary=True),
    Step(
        "pass_recheck", S.RECHECKING, S.CLOSURE_PENDING, P.RECHECK_HAZARD, mark("复查合格"),
        RECHECK_FACTS, (when.NO_ACCEPTANCE_NEEDED, *when.RECHECK), verifies, primary=True,
    ),
    Step(
        "pass_to_acceptance", S.RECHECKING, S.ACCEPTANCE, P.RECHECK_HAZARD, mark("复查合格，转验收"),
        RECHECK_FACTS, when.RECHECK, _sends_to_acceptance, primary=True,
    ),
    Step(
        "fail_recheck", S.RECHECKING, S.RECTIFYING, P.RECHECK_HAZARD, mark("复查不合格"),
        RECHECK_FACTS, when.RECHECK, verifies,
    ),
    Step(
        "pass_acceptance", S.ACCEPTANCE, S.CLOSURE_PENDING, P.RECHECK_HAZARD, mark("验收合格"),
        needs("accepted_by_unit", "acceptance"), (when.ACCEPTED_BY_OTHERS,), verifies, primary=True,
    ),
    Step(
        "fail_acceptance", S.ACCEPTANCE, S.RECTIFYING, P.RECHECK_HAZARD, mark("验收不合格"),
        needs("reason"), (), verifies,
    ),
    Step(
        "close", S.CLOSURE_PENDING, S.CLOSED, P.DECIDE_HAZARD, mark("销号"),
        conditions=when.CLOSURE, position=decides_closure, primary=True,
    ),
    Step("return_closure", S.CLOSURE_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("退回"), needs("reason"), (), judges),
    Step(
        "look_back", S.CLOSED, S.CLOSED, P.RECHECK_HAZARD, mark("回头看"),
        needs("rebounded", "finding"), (), verifies,
    ),
    *(
        Step(
            "suspend", source, S.SUSPENDED, P.DECIDE_HAZARD, mark("转为长期管控"),
            needs("reason", "interim_control", "review_on"), SUSPENSION, oversees,
        )
        for source in (S.ACCEPTED, S.RECTIFYING)
    ),
    Step(
        "resume", S.SUSPENDED, S.RECTIFYING, P.DECIDE_HAZARD, mark("恢复整改"),
        needs("due_on", "reason"), CHECKED_DUE, oversees, primary=True,
    ),
    *_unless_started(
        "transfer", S.TRANSFERRED, P.ASSIGN_HAZARD, mark("移送其他部门"),
        needs=needs("to_unit", "reason"), position=captures,
    ),
    *_unless_started(
        "merge", S.MERGED, P.ASSIGN_HAZARD, mark("并入另一条"),
        needs=needs("merged_into", "reason"), conditions=(when.MERGES_INTO_ANOTHER,), position=captures,
    ),
    *_unless_started(
        "unfounded", S.UNFOUNDED, P.DECIDE_HAZARD, mark("认定不属实"),
        needs=needs("reason", "second_signer"), conditions=(when.TWO_SIGN,), position=oversees,
    ),
)  # fmt: skip

HAZARD_LIFE = Lifecycle("hazard", STATE_LABELS, S.DRAFT, FINAL_STATES, STEPS)
