"""Bodies of requests, read whole and checked before anything else happens."""

import json
from datetime import datetime
from typing import Any, NoReturn

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.tablet.api.schema import Schema, problems

LONGEST_BODY = 1024 * 1024


def read(schema: Schema, body: bytes) -> dict[str, Any]:
    """Return the object that a body holds; raises Invalid with what is wrong by field."""
    if len(body) > LONGEST_BODY:
        raise Invalid({"": [mark("一次发送的内容超过 1 MB，请分几次发送。")]})
    value = _parsed(body)
    if found := problems(schema, value):
        raise Invalid({name: [str(each) for each in sentences] for name, sentences in found.items()})
    given: dict[str, Any] = value
    return given


def time_of(given: dict[str, Any], name: str = "claimed_at") -> datetime | None:
    """Return an instant of a body that was read."""
    return datetime.fromisoformat(given[name]) if given.get(name) else None


def _parsed(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        value = json.loads(body, parse_constant=_refuse)
        clean = json.dumps(value, ensure_ascii=False).replace("\\\\", "").encode()
    except (ValueError, RecursionError) as error:
        raise Invalid({"": [mark("发送的内容不是有效的 JSON，可能在途中损坏。")]}) from error
    if b"\\u0000" in clean:
        raise Invalid({"": [mark("发送的文字中有不能保存的字符。")]})
    return value


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
