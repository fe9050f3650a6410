"""Tablets for tests: registered devices that speak to the API as a tablet does."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import transaction
from inspect_app.inspections import service
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import devices
from tests.inspections.factories import lead_of, make_team, make_visit

CLAIMED = "2026-06-15T09:30:00+08:00"
PORTION = 256 * 1024
PEN = "M10 10" + "".join(f"L{10 + 5 * n} {10 + n}" for n in range(1, 20))


@dataclass(frozen=True)
class Tablet:
    """A device in somebody's hands; it has no cookies."""

    client: FlaskClient
    token: str
    uuid: str

    def headers(self, **more: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            **{key.replace("_", "-"): value for key, value in more.items()},
        }

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"/api/v1/{path}", headers=self.headers(**headers))

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:  # noqa: ANN401 - any JSON
        return self.client.post(f"/api/v1/{path}", json=body, headers=self.headers(**headers))

    def sent(self, path: str, **content: Any) -> TestResponse:  # noqa: ANN401 - any JSON
        return self.post(path, {"key": key(), "claimed_at": CLAIMED, **content})

    def answer(self, visit: str, *answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        answered = self.post(f"visits/{visit}/answers", {"answers": list(answers)})
        assert answered.status_code == 200, answered.get_data(as_text=True)
        receipts: list[dict[str, Any]] = answered.get_json()["receipts"]
        return receipts

    def sign(self, visit: str, *, refused: bool = False) -> TestResponse:
        """Send the signatures of two inspectors and the person of the site, who may refuse."""
        return self.sent(f"visits/{visit}/signatures", signatures=signatures(refused=refused))

    def portion(self, upload: str, offset: int, content: bytes) -> TestResponse:
        return self.client.patch(
            f"/api/v1/uploads/{upload}",
            data=content,
            content_type="application/offset+octet-stream",
            headers=self.headers(Upload_Offset=str(offset)),
        )

    def upload(self, about: Mapping[str, Any], content: bytes, upload: str = "", size: int = PORTION) -> TestResponse:
        """Announce a file and send it portion by portion; returns the last answer."""
        upload = upload or key()
        answered = self.post(f"uploads/{upload}", announcement(about, content))
        assert answered.status_code in {200, 201}, answered.get_data(as_text=True)
        offset = answered.get_json()["offset"]
        while offset < len(content):
            answered = self.portion(upload, offset, content[offset : offset + size])
            if answered.status_code != 200:
                return answered
            offset = answered.get_json()["offset"]
        return answered


def key() -> str:
    return str(uuid4())


def signatures(*, refused: bool = False) -> list[dict[str, Any]]:
    """Return what a visit is signed with."""
    team = [{"role": "inspector", "name": name, "strokes": PEN} for name in ("测试1号", "测试2号")]
    site = {"refused": True, "witness": "乙老师"} if refused else {"strokes": PEN}
    return [*team, {"role": "site_person", "name": "甲校长", **site}]


def one(item: str, value: Mapping[str, Any] | None, version: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"key": key(), "claimed_at": CLAIMED, "item": item, "value": value, "version": version, **more}


def announcement(about: Mapping[str, Any], content: bytes, name: str = "现场.jpg") -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {"claimed_at": CLAIMED, "size": len(content), "sha256": digest, "name": name, "about": dict(about)}


def tablet_of(app: Flask, session: Session, user: User, device: str = "") -> Tablet:
    """Put a registered tablet into somebody's hands."""
    with transaction():
        made = devices.register(session, actor_of(session.get_one(User, user.id)), "平板", uuid=device)
        uuid, token = made.device.uuid, made.token
    return Tablet(app.test_client(), token, uuid)


def begun(session: Session, **over: Any) -> Inspection:  # noqa: ANN401 - fields of a visit
    """Plan and begin a visit of two inspectors."""
    with transaction():
        visit = make_visit(session, team=over.pop("team", None) or make_team(session), **over)
        service.start(session, lead_of(visit), visit)
    return visit


def noise(size: int, seed: int = 1) -> bytes:
    """Draw a JPEG of about so many bytes, different for each seed."""
    from PIL import Image

    side = max(32, int((size * 1.1) ** 0.5))
    block = hashlib.shake_256(str(seed).encode()).digest(side * side)
    stream = io.BytesIO()
    Image.frombytes("L", (side, side), block).save(stream, "JPEG", quality=90)
    return stream.getvalue()
