"""Which columns may still be changed by whom, and which values are refused. What an inspection found stays as found."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.deadlines import deadline_of
from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.rules import Limits
from inspect_app.hazards.standing import Standing
from inspect_app.hazards.words import State

FINDING = frozenset(
    {"description", "grade", "native_grade", "hazard_kind", "found_on", "basis", "site_name", "due_on", "requirement"}
)
SELF_REPORTED = frozenset({"return", "manual"})
ORDERED = frozenset({"supervising_unit_name", "supervising_person"})
WORKING = frozenset(
    {"progress", "remark", "fund_amount", "fund_source", "responsible_person", "responsible_leader", "emergency_plan"}
)
BEFORE_ASSIGNMENT = frozenset(COLUMNS)
AFTER_ASSIGNMENT = BEFORE_ASSIGNMENT - FINDING - ORDERED
CORRECTABLE = frozenset(COLUMNS) - {"grade", "found_on", "due_on", "measure_type"}
EDITABLE: Mapping[str, frozenset[str]] = {
    State.DRAFT: BEFORE_ASSIGNMENT,
    State.REGISTERED: BEFORE_ASSIGNMENT,
    State.ASSIGNED: AFTER_ASSIGNMENT,
    State.ACCEPTED: AFTER_ASSIGNMENT,
    State.RECTIFYING: WORKING,
}
EDITORS = (Permission.REGISTER_HAZARD, Permission.RECTIFY_HAZARD)


def editable_columns(hazard: Any, person: Standing) -> list[str]:  # noqa: ANN401 - a hazard
    """List the columns this person may change now, in the order of the form."""
    if not person.captures or not any(person.can(permission) for permission in EDITORS):
        return []
    open_now = EDITABLE.get(hazard.state, frozenset())
    return [name for name in COLUMNS if name in open_now and not _is_settled(hazard, person, name)]


def check_values(hazard: Any, fresh: Mapping[str, Any], today: date, limits: Limits) -> None:  # noqa: ANN401 - a hazard
    """Raise Invalid with every value that cannot be true or allowed (§5.4)."""
    found_on = fresh.get("found_on", hazard.found_on)
    problems: dict[str, list[str]] = {}
    if "description" in fresh and not fresh["description"]:
        problems["description"] = [mark("问题描述不能为空。")]
    if fresh.get("found_on") and fresh["found_on"] > today:
        problems["found_on"] = [mark("发现日期不能晚于今天。")]
    if due_on := fresh.get("due_on"):
        if due_on < today:
            problems["due_on"] = [mark("整改时限不能早于今天。")]
        if due_on > _latest(hazard, found_on or today, limits):
            problems["due_on"] = [mark("整改时限超过了允许的最长期限（自发现之日起算）。")]
    if problems:
        raise Invalid(problems)


def _latest(hazard: Any, found_on: date, limits: Limits) -> date:  # noqa: ANN401 - a hazard or the draft of one
    row = deadline_of(hazard, limits.deadlines)
    return found_on + timedelta(days=row.longest if row and row.longest is not None else limits.longest_days)


def _is_settled(hazard: Any, person: Standing, name: str) -> bool:  # noqa: ANN401 - a hazard
    """Tell whether somebody else's finding stands in this column: the county cannot soften what an inspector wrote."""
    if name not in FINDING or hazard.origin in SELF_REPORTED or getattr(hazard, name) in (None, ""):
        return False
    is_finder = person.id is None or person.id == hazard.found_by_id
    return not (is_finder or person.can(Permission.DECIDE_HAZARD))
