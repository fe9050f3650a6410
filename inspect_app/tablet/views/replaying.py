"""Gives the API what a bag carries, in the name of the person who filled it; each request stands for itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import db
from inspect_app.core.errors import DomainError
from inspect_app.core.labels import mark
from inspect_app.tablet.api.views.place import API_VERSION
from inspect_app.tablet.bags.outbox import Request
from inspect_app.tablet.uploads import PORTION_BYTES
from inspect_app.web.errors import answer_to
from inspect_app.web.language import said

PORTIONS = "application/offset+octet-stream"
ODD = mark("这一条的内容不完整，没有收。请让平板联网发送，或重新存一次文件。")
MOST_ROUNDS = 1000


@dataclass(frozen=True)
class Holder:
    """In whose name: the person, and the device on which they filled the bag."""

    user_id: int
    device_id: int


@dataclass(frozen=True)
class Line:
    """What became of one thing sent: its receipt, or why there is none."""

    title: str
    number: str = ""
    again: bool = False
    sentence: str = ""


def replay(holder: Holder, each: Request) -> list[Line]:
    """Do one request of a bag; a refusal becomes a line, anything that passes by itself (a busy database) is raised."""
    try:
        if each.file is not None:
            told = _upload(holder, each)
        else:
            told = _ask(holder, "POST", each.path, json.dumps(each.body).encode(), "application/json")
    except DomainError as error:
        answer = answer_to(error)
        return [Line(each.title, sentence=" ".join([answer.message, *answer.reasons]))]
    except HTTPException:
        return [Line(each.title, sentence=said(ODD))]
    if "receipts" in told:
        items = {item["key"]: item["item"] for item in each.body["answers"]}
        return [_line(_named(each.title, items[one["key"]]), one) for one in told["receipts"]]
    return [_line(each.title, told.get("receipt", told) or {})]


def _upload(holder: Holder, each: Request) -> dict[str, Any]:
    """Announce a file and give its bytes from where the server has them."""
    content = each.file or b""
    told = _ask(holder, "POST", each.path, json.dumps(each.body).encode(), "application/json")
    for _round in range(MOST_ROUNDS):
        if told.get("done") or "offset" not in told or told["offset"] >= len(content):
            break
        start = told["offset"]
        portion = content[start : start + PORTION_BYTES]
        told = _ask(holder, "PATCH", each.path, portion, PORTIONS, {"Upload-Offset": str(start)})
    return told


def _named(title: str, item: str) -> str:
    return title if title.endswith(item) else f"{title} {item}".strip()


def _line(title: str, receipt: dict[str, Any]) -> Line:
    result = receipt.get("result") or {}
    words = [said(result.get("message", "")), *map(said, result.get("reasons", []))]
    if receipt.get("number"):
        return Line(title, receipt["number"], bool(receipt.get("again")), " ".join(filter(None, words)))
    return Line(title, sentence=" ".join(filter(None, words)) or said(ODD))


def _ask(
    holder: Holder, method: str, path: str, body: bytes, kind: str, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    with _in_the_name_of(holder, method, path, body, kind, headers or {}):
        response: Response = current_app.make_response(current_app.dispatch_request())
        told = response.get_json()
    return told if isinstance(told, dict) else {}


@contextmanager
def _in_the_name_of(
    holder: Holder, method: str, path: str, body: bytes, kind: str, headers: dict[str, str]
) -> Iterator[None]:
    """Open a request of the API as if the tablet itself had sent it just now, without its token.

    It has an application context of its own, and with it its own session and its own `g`.
    """
    asked = EnvironBuilder(
        f"/api/v{API_VERSION}{path}", method=method, data=body, content_type=kind, headers=headers.items(),
        environ_base={"REMOTE_ADDR": request.remote_addr or ""},
    )  # fmt: skip
    try:
        environ = asked.get_environ()
    finally:
        asked.close()
    with current_app.app_context(), current_app.request_context(environ):
        g.user = db.session.get_one(User, holder.user_id)
        g.actor = actor_of(g.user)
        g.device_id, g.secrets = holder.device_id, None
        yield
