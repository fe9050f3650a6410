"""Pure decisions about a visit: who may make one, and what of an answer is kept."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from inspect_app.checklists.definition import Checklist, Evidence, Item, Part
from inspect_app.checklists.questions import Text
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.inspections.kinds import KINDS, SELF_CHECK

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
    if days := day_problems(planned_on, today):
        found["planned_on"] = days
    if not tuple(checklist_codes):
        found["checklist_codes"] = [mark("请至少选择一张检查表。")]
    return found


def combination_problems(lists: Iterable[Checklist]) -> list[str]:
    """Return why lists cannot be filled in one visit: an item code that two of them have takes one answer only."""
    first: dict[str, Checklist] = {}
    clashes: dict[tuple[str, str], list[str]] = {}
    for checklist in lists:
        for item in checklist.items:
            other = first.setdefault(item.code, checklist)
            if other is not checklist:
                clashes.setdefault((other.code, checklist.code), []).append(item.code)
    return [
        f"检查表 {one} 和 {two} {_shared(codes)}，不能用于同一次检查，请只选一张。"
        for (one, two), codes in clashes.items()
    ]


def day_problems(planned_on: date, today: date) -> list[str]:
    """Return what is wrong with the day of a visit, empty when it may be planned for it."""
    if planned_on < today:
        return [mark("计划日期不能早于今天。")]
    if planned_on > today + PLAN_AHEAD:
        return [mark("计划日期太远，请安排在 400 天以内。")]
    return []


def team_problems(kind: str, credential_numbers: Iterable[str | None]) -> list[str]:
    """Return what is wrong with a team, given the credential numbers of its (different) members.

    A self-check needs neither a second person nor a credential: the county looks at itself.
    """
    numbers = list(credential_numbers)
    if kind == SELF_CHECK:
        return [] if numbers else [mark("请选择自查人员。")]
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
        kept["parts"] = {part.code: _simple(part, _mapping(parts.get(part.code) or {})) for part in item.parts}
        kept["parts"] = {code: answer for code, answer in kept["parts"].items() if answer}
    else:
        kept = _simple(item.parts[0], given)
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


def _shared(codes: list[str]) -> str:
    return f"都有检查项 {codes[0]}" if len(codes) == 1 else f"有 {len(codes)} 个相同的检查项（{codes[0]} 等）"


def _simple(part: Part, given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("na") is True:
        return {"na": True}
    if isinstance(part.question, Text):
        words = text_of(given.get("value"), "value")
        return {"value": words} if words else {}
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
