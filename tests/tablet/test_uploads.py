"""Files from tablets: resumed where they broke off, received once, and never before all of it is stored."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.evidence import store
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import uploads
from inspect_app.tablet.models import Receipt, Upload
from inspect_app.tablet.portions import Portions
from tests.inspections.factories import make_team, picture
from tests.sites.factories import SHAWAN
from tests.tablet.senders import Tablet, announcement, key, noise, tablet_of

ITEM = "C03-08"


@pytest.fixture
def about(visit: Inspection) -> dict[str, object]:
    return {"kind": "item", "visit": visit.uuid, "item": ITEM}


def files(session: Session) -> list[Evidence]:
    session.rollback()
    return list(session.scalars(select(Evidence)))


def test_a_photo_in_portions_is_the_photo_that_was_taken(
    session: Session, tablet: Tablet, about: dict[str, object]
) -> None:
    content = noise(600_000)
    told = tablet.upload(about, content).get_json()
    assert (told["done"], told["receipt"]["result"]["outcome"]) == (True, "kept")
    found = files(session)[0]
    assert (found.item, found.sha256, found.size) == (ITEM, hashlib.sha256(content).hexdigest(), len(content))
    assert store.current().path_of(found.sha256).read_bytes() == content


def test_place_and_time_that_the_device_read_are_kept(
    session: Session, tablet: Tablet, about: dict[str, object]
) -> None:
    place = {"longitude": 84.6789, "latitude": 44.4321, "accuracy": 8}
    tablet.upload({**about, "place": place, "taken_at": "2026-06-15T09:00:00+08:00"}, picture())
    found = files(session)[0]
    assert (str(found.longitude), str(found.latitude)) == ("84.6789000", "44.4321000")
    assert found.taken_at == datetime.fromisoformat("2026-06-15T09:00:00+08:00")


def test_an_upload_goes_on_where_it_broke_off(session: Session, tablet: Tablet, about: dict[str, object]) -> None:
    content, upload = noise(600_000), key()
    tablet.post(f"uploads/{upload}", announcement(about, content))
    tablet.portion(upload, 0, content[:100_000])
    asked = tablet.client.head(f"/api/v1/uploads/{upload}", headers=tablet.headers())
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("100000", str(len(content)))
    told = tablet.upload(about, content, upload).get_json()
    assert (told["done"], len(files(session))) == (True, 1)


def test_a_portion_that_does_not_follow_is_told_where_to_go_on(tablet: Tablet, about: dict[str, object]) -> None:
    content, upload = noise(300_000), key()
    tablet.post(f"uploads/{upload}", announcement(about, content))
    tablet.portion(upload, 0, content[:1000])
    for offset in (0, 2000):
        told = tablet.portion(upload, offset, content[offset : offset + 1000])
        assert (told.status_code, told.get_json()["code"], told.headers["Upload-Offset"]) == (
            409, "wrong_offset", "1000",
        )  # fmt: skip


def test_the_answer_to_the_last_portion_may_be_lost(session: Session, tablet: Tablet, about: dict[str, object]) -> None:
    content, upload = picture(), key()
    first = tablet.upload(about, content, upload).get_json()
    asked = tablet.get(f"uploads/{upload}").get_json()
    again = tablet.portion(upload, 0, content).get_json()
    announced = tablet.post(f"uploads/{upload}", announcement(about, content)).get_json()
    for told in (asked, again, announced):
        assert (told["done"], told["receipt"]["number"]) == (True, first["receipt"]["number"])
    assert len(files(session)) == 1
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_what_arrives_otherwise_than_announced_is_never_received(
    session: Session, tablet: Tablet, about: dict[str, object]
) -> None:
    content, upload = bytearray(noise(50_000)), key()
    tablet.post(f"uploads/{upload}", announcement(about, bytes(content)))
    content[20_000] ^= 1
    told = tablet.portion(upload, 0, bytes(content))
    assert (told.status_code, told.get_json()["file_code"]) == (422, "E_CORRUPT")
    content[20_000] ^= 1
    assert tablet.get(f"uploads/{upload}").get_json()["offset"] == 0
    assert tablet.upload(about, bytes(content), upload).get_json()["done"]
    assert len(files(session)) == 1


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        ({"size": 0}, 422),
        ({"size": 26 * 1024 * 1024}, 422),
        ({"size": "12"}, 422),
        ({"sha256": "x" * 64}, 422),
        ({"state": "done"}, 422),
        ({"name": "a\u0000b"}, 422),
        ({"about": {"kind": "item"}}, 422),
        ({"about": {"kind": "site"}}, 422),
        ({"about": {"kind": "recheck", "hazard": "YH-654202-2026-C03-9999"}}, 404),
        ({"about": {"kind": "item", "visit": key(), "item": ITEM}}, 404),
    ],
)
def test_an_announcement_of_another_shape_is_refused_in_words(
    session: Session, tablet: Tablet, about: dict[str, object], broken: dict[str, object], status: int
) -> None:
    answered = tablet.post(f"uploads/{key()}", {**announcement(about, b"x"), **broken})
    assert (answered.status_code, bool(answered.get_json()["message"])) == (status, True)
    assert not session.scalars(select(Upload)).all()


def test_a_file_that_is_no_picture_is_refused_in_words(tablet: Tablet, about: dict[str, object]) -> None:
    told = tablet.upload(about, b"<svg onload=alert(1)>" * 50)
    assert (told.status_code, told.get_json()["file_code"]) == (422, "E_TYPE")


def test_nobody_continues_or_asks_about_the_upload_of_somebody_else(
    app: Flask, session: Session, visit: Inspection, tablet: Tablet, about: dict[str, object]
) -> None:
    content, upload = noise(50_000), key()
    tablet.post(f"uploads/{upload}", announcement(about, content))
    other = tablet_of(app, session, session.get_one(Inspection, visit.id).inspectors[1].user)
    assert other.get(f"uploads/{upload}").status_code == 404
    assert other.portion(upload, 0, content).status_code == 404
    assert other.post(f"uploads/{upload}", announcement(about, content)).status_code == 403
    assert other.get(f"outbox?keys={upload}").get_json()["items"][0]["state"] == "unknown"


def test_a_stranger_hangs_nothing_on_a_visit_of_another_county(
    app: Flask, session: Session, tablet: Tablet, about: dict[str, object]
) -> None:
    assert tablet.uuid
    with transaction():
        stranger = make_team(session, SHAWAN, 1)[0]
    other = tablet_of(app, session, stranger)
    assert other.post(f"uploads/{key()}", announcement(about, b"x")).status_code == 404


def test_a_portion_is_no_longer_than_a_narrow_proxy_lets_through(tablet: Tablet, about: dict[str, object]) -> None:
    content, upload = noise(50_000), key()
    announced = tablet.post(f"uploads/{upload}", announcement(about, content)).get_json()
    assert announced["portion"] <= 1_000_000
    assert tablet.portion(upload, 0, b"x" * (1024 * 1024 + 1)).status_code == 413
    assert tablet.portion(upload, 0, content + b"x").status_code == 422


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "x", "9" * 40, "٣"])
def test_a_portion_says_where_it_begins(tablet: Tablet, about: dict[str, object], offset: str) -> None:
    upload = key()
    tablet.post(f"uploads/{upload}", announcement(about, b"abc"))
    headers = [*tablet.headers().items(), ("Upload-Offset", offset)]
    answered = tablet.client.patch(
        f"/api/v1/uploads/{upload}", data=b"a", headers=headers, content_type="application/offset+octet-stream"
    )
    assert answered.status_code == 422


def test_the_outbox_tells_how_far_everything_is(tablet: Tablet, about: dict[str, object]) -> None:
    whole, half = key(), key()
    tablet.upload(about, picture(), whole)
    content = noise(50_000)
    tablet.post(f"uploads/{half}", announcement(about, content))
    tablet.portion(half, 0, content[:1000])
    items = tablet.get(f"outbox?keys={whole},{half},{key()}").get_json()["items"]
    assert [each["state"] for each in items] == ["received", "on_its_way", "unknown"]
    assert items[1]["offset"] == 1000


@pytest.mark.parametrize("keys", ["x", "a,b", ",".join(key() for _n in range(201)), "%00"])
def test_the_outbox_refuses_what_are_no_keys(tablet: Tablet, keys: str) -> None:
    assert tablet.get(f"outbox?keys={keys}").status_code == 422


def test_too_many_unfinished_files_are_refused(
    session: Session, tablet: Tablet, about: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 1)
    tablet.post(f"uploads/{key()}", announcement(about, b"x"))
    assert tablet.post(f"uploads/{key()}", announcement(about, b"y")).status_code == 409
    assert len(session.scalars(select(Upload)).all()) == 1


def test_a_full_disk_refuses_a_portion_in_words(
    app: Flask, tablet: Tablet, about: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = key()
    tablet.post(f"uploads/{upload}", announcement(about, b"abc"))
    with app.app_context():
        kept = store.current()
    full = store.Store(kept.root, 1 << 62)
    monkeypatch.setattr(store, "current", lambda: full)
    told = tablet.portion(upload, 0, b"abc")
    assert (told.status_code, told.get_json()["file_code"]) == (413, "E_TOO_BIG")


def test_a_received_file_leaves_no_portions_behind(app: Flask, tablet: Tablet, about: dict[str, object]) -> None:
    tablet.upload(about, picture())
    with app.app_context():
        assert not list((store.current().root / "uploads").iterdir())


def test_portions_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    portions = Portions(store.Store(tmp_path, 0), key())
    portions.put(0, b"abc")
    portions.put(5, b"late")
    assert portions.length() == 3
    portions.put(3, b"de")
    portions.put(0, b"abc")
    assert portions.length() == 9
    with portions.stream() as stream:
        assert stream.read() == b"abcdelate"
    portions.forget()
    assert portions.length() == 0


def test_portions_are_read_where_the_system_knows_no_scattered_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "readv", raising=False)
    portions = Portions(store.Store(tmp_path, 0), key())
    portions.put(0, b"abc")
    portions.put(3, b"de")
    with portions.stream() as stream:
        assert io.BytesIO(stream.read()).getvalue() == b"abcde"


def test_a_file_is_stored_before_its_receipt_is(
    app: Flask, session: Session, tablet: Tablet, about: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, made = os.fsync, uploads.finish

    def noted(descriptor: int) -> None:
        order.append("sync")
        sync(descriptor)

    def finish(*args: object) -> object:
        order.append("receipt")
        return made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(uploads, "finish", finish)
    assert tablet.upload(about, picture()).get_json()["done"]
    assert order[-1] == "receipt"
    assert order.count("sync") >= 2
    assert app.testing
    assert len(files(session)) == 1


@pytest.fixture
def unsent(session: Session, visit: Inspection) -> Callable[[], int]:
    def count() -> int:
        session.rollback()
        query = select(func.count()).select_from(Evidence).where(Evidence.subject_id == visit.id)
        return session.scalar(query) or 0

    return count


def test_nothing_is_attached_while_a_file_is_on_its_way(
    tablet: Tablet, about: dict[str, object], unsent: Callable[[], int]
) -> None:
    content, upload = noise(50_000), key()
    tablet.post(f"uploads/{upload}", announcement(about, content))
    tablet.portion(upload, 0, content[:-1])
    assert unsent() == 0
    tablet.portion(upload, len(content) - 1, content[-1:])
    assert unsent() == 1
