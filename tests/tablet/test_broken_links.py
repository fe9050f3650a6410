"""Links that break, before the servers that offices run: nothing half is received, and nothing received is lost."""

import json
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.models import Answer
from inspect_app.tablet.models import Receipt
from tests.tablet.senders import Tablet, announcement, begun, key, noise, one, tablet_of
from tests.tablet.serving import SECRET, SERVERS, broken_off, served, unheard

ITEM = "C03-08"


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "SECRET_KEY": SECRET}


class Line:
    """A tablet at the end of a line to a real server."""

    def __init__(self, port: int, tablet: Tablet) -> None:
        self.port, self.tablet = port, tablet

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, Any]]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"/api/v1/{path}", body=body or None, headers=self.tablet.headers(**headers))
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        return answer.status, json.loads(told) if told else {}

    def head(self, method: str, path: str, **headers: str) -> str:
        lines = [f"{method} /api/v1/{path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in self.tablet.headers(**headers).items()]
        return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize("server", SERVERS)
def test_a_photo_cut_at_90_percent_is_never_received_and_resumes(
    app: Flask, session: Session, database_url: str, data_folder: Path, server: str
) -> None:
    with clock.set_to(datetime.now(UTC)):
        visit = begun(session)
        tablet = tablet_of(app, session, visit.inspectors[0].user)
        about = {"kind": "item", "visit": visit.uuid, "item": ITEM}
        answers = [one("C03-05", {"value": "no"})]
        address = f"visits/{visit.uuid}/answers"
        session.rollback()
    content, upload = noise(240_000), key()
    binary = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}
    with served(server, database_url, data_folder) as port:
        line = Line(port, tablet)
        assert line.ask("POST", f"uploads/{upload}", json.dumps(announcement(about, content)).encode())[0] == 200
        told = broken_off(port, line.head("PATCH", f"uploads/{upload}", **binary), content, 0.9)
        assert b" 200 " not in told.split(b"\r\n", 1)[0]
        assert line.ask("GET", f"uploads/{upload}")[1]["offset"] == 0
        assert session.scalar(select(func.count()).select_from(Evidence)) == 0
        session.rollback()
        status, whole = line.ask("PATCH", f"uploads/{upload}", content, **binary)
        assert (status, whole["done"]) == (200, True)
        cut = broken_off(port, line.head("POST", address, Content_Type="application/json"),
                         json.dumps({"answers": answers}).encode(), 0.9)  # fmt: skip
        assert b" 200 " not in cut.split(b"\r\n", 1)[0]
        assert session.scalar(select(func.count()).select_from(Answer)) == 0
        session.rollback()
        body = json.dumps({"answers": answers}).encode()
        unheard(port, line.head("POST", address, Content_Type="application/json"), body)
        receipt = until_received(line, address, body)
        assert receipt["result"]["outcome"] == "kept"
    assert session.scalar(select(func.count()).select_from(Receipt)) == 2
    assert session.scalars(select(Answer)).one().version == 1


def until_received(line: Line, address: str, body: bytes) -> dict[str, Any]:
    """Send again what was sent without hearing the answer: it is there already."""
    for _try in range(50):
        receipt: dict[str, Any] = line.ask("POST", address, body, Content_Type="application/json")[1]["receipts"][0]
        if receipt["again"]:
            return receipt
        time.sleep(0.1)
    return receipt
