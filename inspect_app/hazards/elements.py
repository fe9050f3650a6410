"""What must be known of a hazard: six elements to register it, five fulfilments to treat a major one (§5.3, §5.4)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.hazards.rules import Limits
from inspect_app.hazards.words import Grade, MeasureType

NO_WORDS = re.compile(r"[\W_]+")
Test = Callable[[Any], bool]

ELEMENTS: Mapping[str, Test] = {
    mark("问题描述"): lambda hazard: bool(hazard.description.strip()),
    mark("隐患等级"): lambda hazard: hazard.grade is not None,
    mark("责任单位"): lambda hazard: bool(hazard.responsible_unit_id or hazard.responsible_unit_name.strip()),
    mark("整改责任人"): lambda hazard: bool(hazard.responsible_person.strip()),
    mark("整改措施"): lambda hazard: bool(hazard.measures.strip()),
    mark("整改时限"): lambda hazard: hazard.due_on is not None,
}
MAJOR_ELEMENTS: Mapping[str, Test] = {
    mark("整改资金（没有填 0）"): lambda hazard: hazard.fund_amount is not None,
    mark("临时管控或应急预案"): lambda hazard: bool(hazard.interim_control.strip() or hazard.emergency_plan.strip()),
}

ELEMENTS_OF_MAJOR = {**ELEMENTS, **MAJOR_ELEMENTS}


def is_major(hazard: Any) -> bool:  # noqa: ANN401 - a hazard or the draft of one
    """Tell whether the legal grade is major."""
    return bool(hazard.grade == Grade.MAJOR)


def missing_elements(hazard: Any) -> list[str]:  # noqa: ANN401 - a hazard or the draft of one
    """List the labels of what keeps a hazard from being registered; a major one also needs funds and a plan (§5.3)."""
    asked = ELEMENTS_OF_MAJOR if is_major(hazard) else ELEMENTS
    return [label for label, known in asked.items() if not known(hazard)]


def says_something(measures: str, limits: Limits) -> bool:
    """Tell whether measures describe work: long enough once phrases that promise nothing are taken out."""
    rest = measures
    for phrase in limits.empty_measures:
        rest = rest.replace(phrase, "")
    return len(NO_WORDS.sub("", rest)) >= limits.measures_length


def needs_plan(hazard: Any, limits: Limits) -> bool:  # noqa: ANN401 - a hazard or the draft of one
    """Tell whether treatment starts with an approved plan: major, or due later after finding than the limit (§5.4)."""
    if is_major(hazard):
        return True
    known = hazard.due_on is not None and hazard.found_on is not None
    return known and (hazard.due_on - hazard.found_on).days > limits.plan_over_days


def needs_acceptance(hazard: Any) -> bool:  # noqa: ANN401 - a hazard or the draft of one
    """Tell whether professional acceptance follows the recheck: engineering works and major ones (§5.7)."""
    return is_major(hazard) or hazard.measure_type == MeasureType.ENGINEERING


def extensions_allowed(hazard: Any, limits: Limits) -> int:  # noqa: ANN401 - a hazard or the draft of one
    """Return how many times the due date may be extended (§5.6)."""
    return limits.extensions_major if is_major(hazard) else limits.extensions_general


def parts_of(text: str) -> list[str]:
    """Return what a hazard is split into: the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
