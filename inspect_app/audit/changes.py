"""What may stand in a trail that nobody can mend afterwards: plain values, no secrets, no personal data. Pure."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

SECRET = re.compile(r"password|token|secret")
NUMBERS_OF_PEOPLE = re.compile(r"phone|mobile|email|id_number|id_card|credential")
NAMES_OF_PEOPLE = re.compile(r"(_person|_leader|_by|^contact.*|_name_of_person)$")
MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
DIGEST = re.compile(r"[0-9a-f]{64}")  # may hold digits that look like a number of somebody, and must stand whole
HIDDEN = "******"


def presentable(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Turn {field: [before, after]} into JSON, with names cut to the surname and numbers of people made unreadable."""
    return {field: _shown(field, value) for field, value in changes.items()}


def _shown(field: str, value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return {str(name): _shown(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_shown(field, inner) for inner in ordered]
    if isinstance(value, Enum):
        return _shown(field, value.value)
    if value is None or isinstance(value, bool | int):
        return HIDDEN if SECRET.search(field) and value is not None else value
    return _text(field, value)


def _text(field: str, value: object) -> str:
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    text = format(value, "f") if isinstance(value, Decimal) else text.replace("\x00", "")
    if not text:
        return text
    if SECRET.search(field) or NUMBERS_OF_PEOPLE.search(field):
        return HIDDEN
    if NAMES_OF_PEOPLE.search(field) and not isinstance(value, date | datetime):
        return text[0] + "*" * min(len(text) - 1, 2)
    if DIGEST.fullmatch(text):
        return text
    return IDENTITY.sub(r"\1********\2", MOBILE.sub(r"\1****\2", text))
