"""Pure decisions about a visit: who may make one, and what of an answer is kept."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from inspect_app.checklists.definition import Evidence, Item
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.inspections.kinds import KINDS

TEAM_MINIMUM = 2
PLAN_AHEAD = timedelta(days=400)
WORD_LIMIT = 200
TEXT_LIMIT = 2000
LIST_LIMIT = 100
_FIELDS = ("value", "numerator", "denominator", "rule")


def plan_problems(kind: str, planned_on: date, today: date, checklist_codes: Iterable[str]) -> dict[str, list[str]]:
    """Return the sentences against the plan of a visit by field, empty when it may stand."""
    found: dict[str, list[str]] = {}
    if kind not in KINDS:
        found["kind"] = [mark("请选择检查方式。")]
    if planned_on < today:
        found["planned_on"] = [mark("计划日期不能早于今天。")]
    elif planned_on > today + PLAN_AHEAD:
        found["planned_on"] = [mark("计划日期太远，请安排在 400 天以内。")]
    if not tuple(checklist_codes):
        found["checklist_codes"] = [mark("请至少选择一张检查表。")]
    return found


def team_problems(credential_numbers: Iterable[str | None]) -> list[str]:
    """Return what is wrong with a team, given the credential numbers of its (different) members."""
    numbers = list(credential_numbers)
    problems = []
    if len(numbers) < TEAM_MINIMUM:
        problems.append(mark("检查人员不得少于两名，并应出示有效证件。"))
    if not all(number and number.strip() for number in numbers):
        problems.append(mark("每名检查人员都要有检查证号，请由安全管理员补登。"))
    return problems


def tidy(item: Item, raw: object) -> dict[str, Any]:
    """Return of a received answer what `checklists.definition` knows; {} clears it. Raises Invalid on a wrong shape.

    Whether the answer makes sense is judged later: what was typed is kept even when it contradicts its question.
    """
    if raw is None:
        return {}
    given = _mapping(raw)
    kept: dict[str, Any] = {}
    if given.get("na") is True:
        kept["na"] = True
    elif item.composite:
        parts = _mapping(given.get("parts") or {})
        kept["parts"] = {part.code: _simple(_mapping(parts.get(part.code) or {})) for part in item.parts}
        kept["parts"] = {code: answer for code, answer in kept["parts"].items() if answer}
    else:
        kept = _simple(given)
    if Evidence.DOCUMENT_NUMBER in item.evidence and (number := _scalar(given.get("document_number"))):
        kept["document_number"] = number
    return {} if kept == {"parts": {}} else kept


def text_of(raw: object, label: str) -> str:
    """Return a received text, stripped; raises Invalid when it is no text or too long."""
    if raw is None:
        return ""
    if not isinstance(raw, str) or len(raw) > TEXT_LIMIT:
        raise Invalid({label: [mark("文字不能超过 2000 字。")]})
    return raw.strip()


def _simple(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("na") is True:
        return {"na": True}
    values = {field: _value(given.get(field)) for field in _FIELDS}
    return {field: value for field, value in values.items() if value is not None and value != ""}


def _value(raw: object) -> str | list[str] | None:
    if isinstance(raw, list) and len(raw) <= LIST_LIMIT:
        return [text for text in map(_scalar, raw) if text]
    return _scalar(raw)


def _scalar(raw: object) -> str | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float) or len(str(raw)) > WORD_LIMIT:
        raise Invalid({"value": [mark("答案的格式不对，或太长。")]})
    return str(raw).strip()


def _mapping(raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Invalid({"value": [mark("答案的格式不对。")]})
    return raw
