"""The requests that a bag carries: word for word what the tablet would have sent itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspect_app.core.errors import FileRefused
from inspect_app.tablet.bags.container import BROKEN, Content

MOST_REQUESTS = 5000
TITLE_LENGTH = 200
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# what a tablet sends of its own accord; everything else of the API is not for files
ADDRESSES = re.compile(rf"/visits/{UUID}/(?:start|answers|signatures|submit)|/uploads/{UUID}|/hazards|/sites|/rechecks")


@dataclass(frozen=True)
class Request:
    """One request: the address below the API, the body, what people call it, and the bytes of a file if it has one."""

    path: str
    body: Mapping[str, Any]
    title: str
    file: bytes | None


def requests_of(content: Content) -> list[Request]:
    """Return the requests in their order; raises FileRefused when anything is not of the expected shape."""
    listed = content.index.get("requests")
    if not isinstance(listed, list) or len(listed) > MOST_REQUESTS:
        raise FileRefused("E_CORRUPT", BROKEN)
    return list(_read(content, listed))


def _read(content: Content, listed: list[Any]) -> Iterator[Request]:
    for each in listed:
        path, body, title, place = (
            (each.get(name) for name in ("path", "body", "title", "file")) if isinstance(each, dict) else (None,) * 4
        )
        if not isinstance(path, str) or not isinstance(body, dict) or not ADDRESSES.fullmatch(path):
            raise FileRefused("E_CORRUPT", BROKEN)
        file = None if place is None else content.file(*_place(place))
        yield Request(path, body, title[:TITLE_LENGTH] if isinstance(title, str) else "", file)


def _place(value: object) -> tuple[int, int]:
    if isinstance(value, list):
        whole = [each for each in value if isinstance(each, int) and not isinstance(each, bool)]
        if len(value) == len(whole) == 2:  # noqa: PLR2004 - where it begins and how long it is
            return whole[0], whole[1]
    raise FileRefused("E_CORRUPT", BROKEN)
