"""The life of a hazard from finding to closure, as one table (domain reference §5.2)."""

from collections.abc import Mapping
from typing import Any

from inspect_app.access.permissions import Permission as P  # noqa: N817 - columns of the table below
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Lifecycle, Person, Step
from inspect_app.hazards.conditions import judging, planning, proving, timing
from inspect_app.hazards.elements import is_major, needs_acceptance, needs_plan
from inspect_app.hazards.inputs import needs
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.standing import (
    captures,
    decides_closure,
    grants_time,
    judges,
    limits_of,
    oversees,
    undoes,
    verifies,
)
from inspect_app.hazards.words import PLAN_PARTS, STATE_LABELS
from inspect_app.hazards.words import State as S  # noqa: N817 - columns of the table below

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "assign": ("requirement", "supervising_unit_name", "supervising_person"),
    "submit_plan": ("treatment_plan", *PLAN_PARTS),
    "report_done": ("vacated_by", "photo_explanation"),
    "review": ("interim_control", "standby_forces"),
    "close": ("consent",),
}
BESIDE_ALL = ("note",)


def optional_facts(action: str) -> tuple[str, ...]:
    """Return the names of facts that an action takes but does not ask for."""
    return (*OPTIONAL.get(action, ()), *BESIDE_ALL)


def asked_of(step: Step, hazard: Any) -> tuple[str, ...]:  # noqa: ANN401 - any hazard
    """Return the facts that the form of a step shows for this hazard: a major one is planned part by part."""
    unasked = {"treatment_plan"} if is_major(hazard) else set(PLAN_PARTS)
    return tuple(name for name in (*step.needs, *optional_facts(step.action)) if name not in unasked)


def required_of(step: Step, hazard: Any) -> frozenset[str]:  # noqa: ANN401 - any hazard
    """Return the facts that the form of a step insists on: of a plan also its parts, or its text."""
    planned = {"treatment_plan", *PLAN_PARTS} if step.action == "submit_plan" else set()
    return frozenset(name for name in asked_of(step, hazard) if name in step.needs or name in planned)


def _plans(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    return captures(hazard, person) and needs_plan(hazard, limits_of(person))


def _sends_to_acceptance(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    return verifies(hazard, person) and needs_acceptance(hazard)


def _restarts(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    return grants_time(hazard, person) and hazard.paused_until is not None


def _unless_started(action: str, target: S, permission: P, label: str, **more: object) -> list[Step]:
    """Repeat a side path for each state before treatment starts."""
    sources = (S.DRAFT, S.REGISTERED, S.ASSIGNED, S.ACCEPTED)
    return [Step(action, source, target, permission, label, **more) for source in sources]  # type: ignore[arg-type]


RECHECK_FACTS = needs("recheckers", "finding")
PLAN_FACTS = needs("measures", "fund_amount", "responsible_leader", "interim_control")
UNDOING = frozenset({"withdraw", "put_back"})
ENDS = (S.CLOSED, S.TRANSFERRED, S.MERGED, S.UNFOUNDED)

STEPS = (
    Step(
        "register", S.DRAFT, S.REGISTERED, P.REGISTER_HAZARD, mark("登记"),
        conditions=(planning.COMPLETE,), position=captures, primary=True,
    ),
    Step(
        "assign", S.REGISTERED, S.ASSIGNED, P.ASSIGN_HAZARD, mark("交办"),
        needs("due_on"), planning.CHECKED_DUE, captures, primary=True,
    ),
    Step("accept", S.ASSIGNED, S.ACCEPTED, P.RECTIFY_HAZARD, mark("签收"), position=captures, primary=True),
    Step(
        "start", S.ACCEPTED, S.RECTIFYING, P.RECTIFY_HAZARD, mark("开始整改"),
        conditions=(planning.NO_PLAN_NEEDED,), position=captures, primary=True,
    ),
    Step(
        "submit_plan", S.ACCEPTED, S.PLAN_SUBMITTED, P.RECTIFY_HAZARD, mark("报送治理方案"),
        PLAN_FACTS, planning.once_filled(planning.PLAN), _plans, primary=True,
    ),
    Step(
        "approve_plan", S.PLAN_SUBMITTED, S.RECTIFYING, P.DECIDE_HAZARD, mark("批准治理方案"),
        conditions=planning.PLAN, position=oversees, primary=True,
    ),
    Step(
        "return_plan", S.PLAN_SUBMITTED, S.ACCEPTED, P.DECIDE_HAZARD, mark("退回治理方案"),
        needs("reason"), (), oversees,
    ),
    Step(
        "request_extension", S.RECTIFYING, S.EXTENSION_PENDING, P.RECTIFY_HAZARD, mark("申请延期"),
        needs("extend_to", "reason", "interim_control"), timing.EXTENSION, captures,
    ),
    Step(
        "approve_extension", S.EXTENSION_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("批准延期"),
        position=grants_time, primary=True,
    ),
    Step(
        "refuse_extension", S.EXTENSION_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("不批准延期"),
        needs("reason"), (), grants_time,
    ),
    Step(
        "pause_clock", S.RECTIFYING, S.RECTIFYING, P.DECIDE_HAZARD, mark("停止计时"),
        needs("pause_until", "reason"), timing.PAUSE, grants_time,
    ),
    Step(
        "run_clock", S.RECTIFYING, S.RECTIFYING, P.DECIDE_HAZARD, mark("恢复计时"),
        needs("reason"), (timing.PAUSED,), _restarts,
    ),
    Step(
        "report_done", S.RECTIFYING, S.DONE, P.RECTIFY_HAZARD, mark("报告整改完成"),
        needs("progress", "measure_type"), proving.DONE, captures, primary=True,
    ),
    Step("start_recheck", S.DONE, S.RECHECKING, P.RECHECK_HAZARD, mark("开始复查"), position=verifies, primary=True),
    Step(
        "pass_recheck", S.RECHECKING, S.CLOSURE_PENDING, P.RECHECK_HAZARD, mark("复查合格"),
        RECHECK_FACTS, (judging.NO_ACCEPTANCE_NEEDED, *judging.PASSING), verifies, primary=True,
    ),
    Step(
        "pass_to_acceptance", S.RECHECKING, S.ACCEPTANCE, P.RECHECK_HAZARD, mark("复查合格，转验收"),
        RECHECK_FACTS, judging.PASSING, _sends_to_acceptance, primary=True,
    ),
    Step(
        "fail_recheck", S.RECHECKING, S.RECTIFYING, P.RECHECK_HAZARD, mark("复查不合格"),
        RECHECK_FACTS, judging.RECHECK, verifies,
    ),
    Step(
        "pass_acceptance", S.ACCEPTANCE, S.CLOSURE_PENDING, P.RECHECK_HAZARD, mark("验收合格"),
        needs("accepted_by_unit", "acceptance_paper", "acceptance"), judging.ACCEPTANCE, verifies, primary=True,
    ),
    Step(
        "fail_acceptance", S.ACCEPTANCE, S.RECTIFYING, P.RECHECK_HAZARD, mark("验收不合格"),
        needs("reason"), (), verifies,
    ),
    Step(
        "close", S.CLOSURE_PENDING, S.CLOSED, P.DECIDE_HAZARD, mark("销号"),
        conditions=judging.CLOSURE, position=decides_closure, primary=True,
    ),
    Step("return_closure", S.CLOSURE_PENDING, S.RECTIFYING, P.DECIDE_HAZARD, mark("退回"), needs("reason"), (), judges),
    Step(
        "look_back", S.CLOSED, S.CLOSED, P.RECHECK_HAZARD, mark("回头看"),
        needs("rebounded", "finding"), (), verifies,
    ),
    *(
        Step(
            "suspend", source, S.SUSPENDED, P.DECIDE_HAZARD, mark("转为长期管控"),
            needs("reason", "interim_control", "standby_forces", "review_on"), timing.REVIEW, oversees,
        )
        for source in (S.ACCEPTED, S.RECTIFYING)
    ),
    Step(
        "review", S.SUSPENDED, S.SUSPENDED, P.RECHECK_HAZARD, mark("复核长期管控"),
        needs("finding", "review_on"), timing.REVIEW, captures,
    ),
    Step(
        "resume", S.SUSPENDED, S.RECTIFYING, P.DECIDE_HAZARD, mark("恢复整改"),
        needs("due_on", "reason"), planning.CHECKED_DUE, oversees, primary=True,
    ),
    *_unless_started(
        "transfer", S.TRANSFERRED, P.ASSIGN_HAZARD, mark("移送其他部门"),
        needs=needs("to_unit", "reason"), conditions=(planning.NO_OPEN_PART,), position=captures,
    ),
    *_unless_started(
        "merge", S.MERGED, P.ASSIGN_HAZARD, mark("并入另一条"),
        needs=needs("merged_into", "reason"), position=captures,
        conditions=(planning.NO_OPEN_PART, judging.MERGES_INTO_ANOTHER),
    ),
    *_unless_started(
        "unfounded", S.UNFOUNDED, P.DECIDE_HAZARD, mark("认定不属实"),
        needs=needs("reason", "second_signer"), conditions=(planning.NO_OPEN_PART, judging.TWO_SIGN), position=oversees,
    ),
    *(
        Step(
            "split", state, state, P.REGISTER_HAZARD, mark("拆分"),
            needs("parts"), (planning.NOT_A_PART, planning.SEVERAL_PARTS), captures,
        )
        for state in (S.REGISTERED, S.ASSIGNED, S.ACCEPTED, S.RECTIFYING)
    ),
    *(
        Step(
            "correct", state, state, P.DECIDE_HAZARD, mark("更正"),
            needs("corrections", "reason"), (judging.CORRECTS_SOMETHING, judging.CORRECTS_WHAT_MAY_BE), judges,
        )
        for state in ENDS
    ),
    *(
        Step("withdraw", source, S.WITHDRAWN, P.UNDO_RETURN, mark("撤回"), needs("reason"), (), undoes)
        for source in (S.DRAFT, S.REGISTERED)
    ),
    Step("put_back", S.REGISTERED, S.DRAFT, P.UNDO_RETURN, mark("退回待补全"), needs("reason"), (), undoes),
)  # fmt: skip

HAZARD_LIFE = Lifecycle("hazard", STATE_LABELS, S.DRAFT, FINAL_STATES, STEPS)
