"""Bags as a tablet fills them."""

import io
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inspect_app.tablet.bags.container import seal_bag
from inspect_app.tablet.proving import secret_of
from tests.tablet.senders import CLAIMED, Tablet, announcement, key


def request(path: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"path": path, "title": path.rpartition("/")[2], "body": {"key": key(), "claimed_at": CLAIMED, **content}}


def answers(visit: str, *many: Mapping[str, Any]) -> dict[str, Any]:
    return {"path": f"/visits/{visit}/answers", "title": "作答", "body": {"answers": list(many)}}


def file(about: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    return {"path": f"/uploads/{key()}", "title": "照片", "body": announcement(about, content), "content": content}


def secret(app: Flask, tablet: Tablet, person: int) -> bytes:
    return secret_of(str(app.config["SECRET_KEY"]), tablet.uuid, person)


def filled(app: Flask, tablet: Tablet, person: int, *requests: Mapping[str, Any], **head: Any) -> bytes:  # noqa: ANN401
    """Put requests into a bag, the content of files behind the index."""
    files, listed = b"", []
    for each in requests:
        one = {name: value for name, value in each.items() if name != "content"}
        if "content" in each:
            one["file"] = [len(files), len(each["content"])]
            files += each["content"]
        listed.append(one)
    told = {"kind": "outbox", "device": tablet.uuid, "person": person, "part": 1, "parts": 1, **head}
    return seal_bag(secret(app, tablet, person), told, {"requests": listed}, files)


def take_in(client: FlaskClient, bag: bytes) -> TestResponse:
    data = {"file": (io.BytesIO(bag), "outbox.jcbag")}
    return client.post("/tablet/import", data=data, content_type="multipart/form-data")
