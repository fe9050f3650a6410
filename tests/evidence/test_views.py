import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.clock import now
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.rules import DOCUMENTS, WORKBOOKS
from inspect_app.evidence.service import attach, open_file, prepare_file
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.evidence.samples import photo

Keep = Callable[..., Evidence]


@pytest.fixture
def keep(session: Session) -> Keep:
    def kept(content: bytes, name: str = "整改 照片.jpg", kind: str = "hazard", region: str = "654202") -> Evidence:
        prepared = prepare_file(io.BytesIO(content), name, DOCUMENTS | WORKBOOKS)
        with transaction():
            place = by_code(session, region).id
            return attach(
                session, SYSTEM, prepared, kind=kind, id=1, purpose=Purpose.PROOF, county_id=place, region_id=place
            )

    return kept


def enter(client: FlaskClient, session: Session, role: Role, region: str | None) -> None:
    with transaction():
        user = make_user(session, role, by_code(session, region) if region else None)
    sign_in(client, user)


def test_a_photo_comes_back_as_it_went_in(client: FlaskClient, session: Session, keep: Keep) -> None:
    content = photo() + b"<script>alert(1)</script>"
    found = keep(content)
    enter(client, session, Role.INSPECTOR, "654202")
    answer = client.get(f"/files/{found.uuid}")
    assert answer.data == content
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7 <script>", "整改方案.pdf"), (b"<html><script>alert(1)</script>", '台账;x".html')],
)
def test_what_is_no_photo_is_saved_and_never_opened(
    client: FlaskClient, session: Session, keep: Keep, content: bytes, name: str
) -> None:
    found = keep(content, name)
    enter(client, session, Role.COUNTY_CLERK, "654202")
    answer = client.get(f"/files/{found.uuid}")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''%E" in disposition
    assert "html" not in answer.content_type


def test_a_browser_that_has_the_picture_asks_again_and_gets_no_bytes(
    client: FlaskClient, session: Session, keep: Keep
) -> None:
    found = keep(photo())
    enter(client, session, Role.INSPECTOR, "654202")
    for address in (f"/files/{found.uuid}", f"/files/{found.uuid}/thumbnail"):
        first = client.get(address)
        second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, second.status_code, second.data) == (200, 304, b"")


@pytest.mark.parametrize(
    ("role", "region", "kind", "status"),
    [
        (Role.INSPECTOR, "654202", "hazard", 200),
        (Role.PREFECTURE_OFFICER, "6542", "hazard", 200),
        (Role.COUNTY_CLERK, "654202", "return", 200),
        (Role.INSPECTOR, "654203", "hazard", 404),
        (Role.PREFECTURE_LEADER, "3715", "hazard", 404),
        (Role.INSPECTOR, "654202100", "hazard", 404),
        (Role.INSPECTOR, "654202", "return", 404),
        (Role.AUDITOR, None, "hazard", 403),
        (Role.SECURITY_ADMINISTRATOR, None, "inspection", 403),
        (Role.SYSTEM_ADMINISTRATOR, None, "return", 403),
    ],
)
def test_only_those_see_a_file_who_see_what_it_belongs_to(
    client: FlaskClient, session: Session, keep: Keep, role: Role, region: str | None, kind: str, status: int
) -> None:
    found = keep(photo(), kind=kind)
    enter(client, session, role, region)
    assert client.get(f"/files/{found.uuid}").status_code == status
    assert client.get(f"/files/{found.uuid}/thumbnail").status_code == status


def test_a_tag_known_from_elsewhere_opens_nothing(client: FlaskClient, session: Session, keep: Keep) -> None:
    found = keep(photo())
    enter(client, session, Role.INSPECTOR, "654203")
    tag = {"If-None-Match": f'"file-{found.sha256}"'}
    assert client.get(f"/files/{found.uuid}", headers=tag).status_code == 404


def test_nobody_sees_a_file_without_signing_in(client: FlaskClient, keep: Keep) -> None:
    found = keep(photo())
    assert client.get(f"/files/{found.uuid}").status_code == 302


def test_a_withdrawn_file_is_not_found(client: FlaskClient, session: Session, keep: Keep) -> None:
    found = keep(photo())
    with transaction():
        session.merge(found).withdrawn_at = now()
    enter(client, session, Role.INSPECTOR, "654202")
    assert client.get(f"/files/{found.uuid}").status_code == 404


@pytest.mark.parametrize("key", ["00000000-0000-4000-8000-000000000000", "1", "x", "..%2f..%2fsecret_key"])
def test_a_made_up_address_is_not_found(client: FlaskClient, session: Session, key: str) -> None:
    enter(client, session, Role.INSPECTOR, "654202")
    assert client.get(f"/files/{key}").status_code == 404


def test_a_damaged_photo_is_said_and_not_shown(client: FlaskClient, session: Session, keep: Keep) -> None:
    found = keep(photo())
    enter(client, session, Role.INSPECTOR, "654202")
    assert client.get(f"/files/{found.uuid}/thumbnail").status_code == 200
    open_file(found).write_bytes(photo())
    page = client.get(f"/files/{found.uuid}")
    assert page.status_code == 409
    assert "文件校验失败" in page.get_data(as_text=True)
    small = client.get(f"/files/{found.uuid}/thumbnail")
    assert (small.status_code, small.content_type) == (409, "image/svg+xml; charset=utf-8")
    assert "文件校验失败" in small.get_data(as_text=True)
    assert small.headers["Cache-Control"] == "no-store"


def test_a_document_has_no_thumbnail(client: FlaskClient, session: Session, keep: Keep) -> None:
    found = keep(b"%PDF-1.7", "方案.pdf")
    enter(client, session, Role.INSPECTOR, "654202")
    assert client.get(f"/files/{found.uuid}/thumbnail").status_code == 404
