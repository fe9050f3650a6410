"""The shapes of what clients send, as JSON Schema: one text for the check and for the documentation.

Only the words of JSON Schema that `problems` knows are used. What a shape does not name is refused: a misspelt field
would otherwise be lost without a word, and a smuggled one must have no effect.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from inspect_app.core.labels import Sentence, mark, say

Schema = Mapping[str, Any]
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SHA256 = r"[0-9a-f]{64}"
CODE = r"[A-Za-z0-9_-]{1,60}"
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float, Decimal),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}


def text(longest: int = 2000, *, shortest: int = 0, about: str = "") -> Schema:
    """Describe a text."""
    return {"type": "string", "minLength": shortest, "maxLength": longest, **_about(about)}


def pattern(expression: str, about: str = "") -> Schema:
    """Describe a text of one form; the whole of it must match."""
    return {"type": "string", "pattern": f"^{expression}$", **_about(about)}


def uuid(about: str = "") -> Schema:
    """Describe a UUID in lower case."""
    return pattern(UUID, about)


def instant(about: str = "") -> Schema:
    """Describe an instant with its offset from UTC (RFC 3339)."""
    return {"type": "string", "format": "date-time", "maxLength": 40, **_about(about)}


def day(about: str = "") -> Schema:
    """Describe a day, as 2026-06-15."""
    return {"type": "string", "format": "date", "maxLength": 10, **_about(about)}


def integer(least: int, most: int, about: str = "") -> Schema:
    """Describe a whole number."""
    return {"type": "integer", "minimum": least, "maximum": most, **_about(about)}


def number(least: float, most: float, about: str = "") -> Schema:
    """Describe a number."""
    return {"type": "number", "minimum": least, "maximum": most, **_about(about)}


def boolean(about: str = "") -> Schema:
    """Describe yes or no."""
    return {"type": "boolean", **_about(about)}


def choice(*values: str, about: str = "") -> Schema:
    """Describe one of several words."""
    return {"type": "string", "enum": list(values), **_about(about)}


def several(items: Schema, most: int, *, fewest: int = 0, about: str = "") -> Schema:
    """Describe a list."""
    return {"type": "array", "items": items, "minItems": fewest, "maxItems": most, **_about(about)}


def record(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, about: str = "") -> Schema:
    """Describe an object that holds these fields and no others."""
    fields = {"properties": {**required, **(optional or {})}, "required": list(required), "additionalProperties": False}
    return {"type": "object", **fields, **_about(about)}


def open_record(about: str = "") -> Schema:
    """Describe an object whose fields something else judges; null is as good as an empty one."""
    return {"type": ["object", "null"], **_about(about)}


def problems(schema: Schema, value: object, path: str = "") -> dict[str, list[Sentence]]:
    """Return what is wrong with a value by the path of the field, empty when it fits."""
    found: dict[str, list[Sentence]] = {}
    for where, sentence in _problems(schema, value, path):
        found.setdefault(where, []).append(sentence)
    return found


def _problems(schema: Schema, value: object, path: str) -> Iterator[tuple[str, Sentence]]:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield path, say(mark("%(field)s 的类型不对，应为 %(kind)s。"), field=path or "body", kind="/".join(kinds))
    elif isinstance(value, str):
        yield from _of_text(schema, value, path)
    elif isinstance(value, dict) and "properties" in schema:
        yield from _of_object(schema, value, path)
    elif isinstance(value, list):
        yield from _of_list(schema, value, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum"), schema.get("maximum")
        if low is not None and high is not None and not low <= value <= high:
            yield path, say(mark("%(field)s 应在 %(low)s 到 %(high)s 之间。"), field=path, low=low, high=high)


def _of_text(schema: Schema, value: str, path: str) -> Iterator[tuple[str, Sentence]]:
    if "enum" in schema and value not in schema["enum"]:
        yield path, say(mark("%(field)s 只能是 %(values)s。"), field=path, values="、".join(schema["enum"]))
    if len(value) > schema.get("maxLength", len(value)):
        yield path, say(mark("%(field)s 太长，最多 %(n)s 个字。"), field=path, n=schema["maxLength"])
    elif len(value.strip()) < schema.get("minLength", 0):
        yield path, say(mark("请填写 %(field)s。"), field=path)
    elif "pattern" in schema and not re.fullmatch(schema["pattern"][1:-1], value, re.ASCII):
        yield path, say(mark("%(field)s 的格式不对。"), field=path)
    elif "format" in schema and not _is_time(schema["format"], value):
        yield path, say(mark("%(field)s 不是有效的时间或日期（时间须带时区）。"), field=path)


def _of_object(schema: Schema, value: Mapping[str, object], path: str) -> Iterator[tuple[str, Sentence]]:
    known = schema["properties"]
    for name in schema["required"]:
        if name not in value:
            yield _at(path, name), say(mark("缺少 %(field)s。"), field=_at(path, name))
    for name, inner in value.items():
        where = _at(path, name)
        if name in known:
            yield from _problems(known[name], inner, where)
        else:
            yield path, say(mark("不认识 %(field)s，没有接受；请核对接口文档。"), field=where[:80])


def _of_list(schema: Schema, value: list[object], path: str) -> Iterator[tuple[str, Sentence]]:
    if not schema["minItems"] <= len(value) <= schema["maxItems"]:
        low, high = schema["minItems"], schema["maxItems"]
        yield path, say(mark("%(field)s 应有 %(low)s 到 %(high)s 条。"), field=path, low=low, high=high)
        return
    for position, inner in enumerate(value):
        yield from _problems(schema["items"], inner, f"{path}[{position}]")


def _is(value: object, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _is_time(form: str, value: str) -> bool:
    try:
        if form == "date":
            return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) and date.fromisoformat(value))
        found = datetime.fromisoformat(value)
    except ValueError:
        return False
    return found.tzinfo is not None and 1970 < found.year < 2200  # noqa: PLR2004 - years that any database keeps


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _about(words: str) -> Schema:
    return {"description": words} if words else {}
