"""What each step writes into the row of a hazard, beside its state: column -> value from the attempt."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from inspect_app.core.lifecycle import Attempt
from inspect_app.hazards.words import PLAN_PARTS, RECHECK_FAILED, RECHECK_PASSED, MeasureType

Value = Callable[[Attempt], Any]


def _given(name: str) -> Value:
    return lambda attempt: attempt.facts.get(name, getattr(attempt.subject, name))


def _fixed(value: object) -> Value:
    return lambda _attempt: value


def _today(attempt: Attempt) -> date:
    """The server's day counts, whatever the device says (threat T10)."""
    return attempt.on


def _requested(attempt: Attempt) -> date:
    requests = [event for event in attempt.subject.events if event.action == "request_extension"]
    return date.fromisoformat(requests[-1].facts["extend_to"])


def _rechecked(result: str) -> Mapping[str, Value]:
    return {
        "rechecked_on": _today,
        "recheck_result": _fixed(result),
        "rechecked_by": lambda attempt: "、".join(attempt.facts["rechecker_names"]),
    }


def _parts(attempt: Attempt) -> dict[str, str] | None:
    """Keep the six parts of the plan that is handed in now."""
    return {name: attempt.facts[name] for name in PLAN_PARTS if name in attempt.facts} or attempt.subject.plan_parts


def _stands_still(attempt: Attempt) -> int:
    return int((attempt.facts["pause_until"] - attempt.on).days)


def _unused(attempt: Attempt) -> int:
    """Count the days of a pause that is ended before its time."""
    return int((attempt.subject.paused_until - attempt.on).days)


CONTROLLED: Mapping[str, Value] = {name: _given(name) for name in ("interim_control", "standby_forces", "review_on")}
NOT_DONE: Mapping[str, Value] = {"done_on": _fixed(None)}
PASSED = _rechecked(RECHECK_PASSED)

EFFECTS: Mapping[str, Mapping[str, Value]] = {
    "assign": {
        "due_on": _given("due_on"),
        "original_due_on": _given("due_on"),
        "requirement": _given("requirement"),
        "supervising_unit_name": _given("supervising_unit_name"),
        "supervising_person": _given("supervising_person"),
    },
    "submit_plan": {
        **{
            name: _given(name)
            for name in ("measures", "fund_amount", "responsible_leader", "interim_control", "treatment_plan")
        },
        "plan_parts": _parts,
    },
    "request_extension": {"interim_control": _given("interim_control")},
    "approve_extension": {
        "due_on": _requested,
        "extension_count": lambda attempt: attempt.subject.extension_count + 1,
    },
    "pause_clock": {
        "paused_on": _today,
        "paused_until": lambda attempt: attempt.facts["pause_until"],
        "paused_days": lambda attempt: attempt.subject.paused_days + _stands_still(attempt),
        "due_on": lambda attempt: attempt.subject.due_on + timedelta(days=_stands_still(attempt)),
    },
    "run_clock": {
        "paused_until": _today,
        "paused_days": lambda attempt: attempt.subject.paused_days - _unused(attempt),
        "due_on": lambda attempt: attempt.subject.due_on - timedelta(days=_unused(attempt)),
    },
    "report_done": {
        "progress": _given("progress"),
        "measure_type": lambda attempt: MeasureType(attempt.facts["measure_type"]),
        "done_on": _today,
        "done_by_id": lambda attempt: attempt.actor.id,
        "done_by_unit_id": lambda attempt: attempt.facts["done_by_unit_id"],
        "photo_explanation": lambda attempt: attempt.facts.get("photo_explanation", ""),
        "proof_kind": lambda attempt: attempt.facts.get("vacated_by", ""),
    },
    "pass_recheck": PASSED,
    "pass_to_acceptance": PASSED,
    "fail_recheck": {
        **_rechecked(RECHECK_FAILED),
        **NOT_DONE,
        "recheck_failures": lambda attempt: attempt.subject.recheck_failures + 1,
    },
    "pass_acceptance": {
        "accepted_by_unit": _given("accepted_by_unit"),
        "proof_kind": lambda attempt: attempt.subject.proof_kind or attempt.facts["acceptance_paper"],
    },
    "fail_acceptance": NOT_DONE,
    "close": {"closed_on": _today, "closed_by": lambda attempt: attempt.actor.name},
    "return_closure": NOT_DONE,
    "suspend": CONTROLLED,
    "review": CONTROLLED,
    "resume": {"due_on": _given("due_on"), "review_on": _fixed(None)},
    "merge": {"merged_into_id": _given("merged_into_id")},
    "look_back": {
        "looked_back_on": _today,
        "rebounded": lambda attempt: attempt.facts["rebounded"] or bool(attempt.subject.rebounded),
    },
}


def apply_effects(action: str, attempt: Attempt) -> None:
    """Write what the step establishes; called once it has been taken."""
    columns = {column: value(attempt) for column, value in EFFECTS.get(action, {}).items()}
    columns |= {column: after for column, (_before, after) in attempt.facts.get("corrections", {}).items()}
    for column, value in columns.items():
        setattr(attempt.subject, column, value)
