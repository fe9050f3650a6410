import errno
import hashlib
import io
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.clock import now
from inspect_app.core.database import transaction
from inspect_app.core.errors import FileRefused
from inspect_app.evidence import store
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.rules import DOCUMENTS, FILE_BYTES, WORKBOOKS, FileDamaged, FileKind
from inspect_app.evidence.service import (
    Prepared,
    attach,
    evidence_of,
    open_file,
    open_thumbnail,
    prepare_file,
    prepare_photo,
    verify_files,
)
from inspect_app.regions.queries import by_code
from tests.evidence.samples import exif, photo


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def data(app: Flask, session: Session) -> Path:
    del session
    folder: Path = app.config["DATA_DIR"]
    return folder


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "files" in path.parts]


def tie(session: Session, prepared: Prepared, **over: Any) -> Evidence:  # noqa: ANN401 - columns
    county = by_code(session, "654202").id
    values: dict[str, Any] = {
        "kind": "hazard",
        "id": 1,
        "purpose": Purpose.BEFORE,
        "county_id": county,
        "region_id": county,
    }
    return attach(session, SYSTEM, prepared, **{**values, **over})


def test_a_photo_lies_under_its_hash_and_nothing_else_is_left(data: Path) -> None:
    content = photo()
    prepared = prepare_photo(io.BytesIO(content), "现场.jpg")
    digest = hashlib.sha256(content).hexdigest()
    assert prepared.sha256 == digest
    assert prepared.path == data / "files" / digest[:2] / digest[2:4] / digest
    assert prepared.path.read_bytes() == content
    assert files_in(data) == [prepared.path]
    assert (prepared.kind, prepared.size, prepared.original_name) == (FileKind.JPEG, len(content), "现场.jpg")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E_EMPTY"),
        (b"<svg/>", "E_TYPE"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "E_TYPE"),
        (photo()[:2000], "E_CORRUPT"),
        (b"\xff\xd8\xff" + b"\x00" * FILE_BYTES, "E_TOO_BIG"),
    ],
    ids=["empty", "svg", "heic", "cut", "big"],
)
def test_a_refused_file_leaves_nothing_behind(data: Path, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        prepare_photo(io.BytesIO(content), "现场.jpg")
    assert refused.value.file_code == code
    assert files_in(data) == []


def test_a_file_of_the_very_limit_is_taken(data: Path) -> None:
    content = b"%PDF-1.7" + b"\x00" * (FILE_BYTES - 8)
    assert prepare_file(io.BytesIO(content), "方案.pdf", DOCUMENTS).size == FILE_BYTES
    assert len(files_in(data)) == 1


def test_an_upload_that_is_not_what_the_sender_declared_is_refused(data: Path) -> None:
    content = photo()
    with pytest.raises(FileRefused, match="上传中断") as refused:
        prepare_photo(io.BytesIO(content), "现场.jpg", declared_sha256="0" * 64)
    assert refused.value.file_code == "E_CORRUPT"
    assert files_in(data) == []
    declared = hashlib.sha256(content).hexdigest().upper()
    assert prepare_photo(io.BytesIO(content), "现场.jpg", declared_sha256=declared).size == len(content)


def test_uploads_stop_before_the_disk_is_full(data: Path) -> None:
    free = store.current().reserve - 1
    with (
        mock.patch.object(shutil, "disk_usage", return_value=Usage(1, 1, free)),
        pytest.raises(FileRefused, match="存储空间不足"),
    ):
        prepare_photo(io.BytesIO(photo()), "现场.jpg")
    assert files_in(data) == []


def test_a_disk_that_fills_up_while_writing_leaves_no_half_file(data: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with mock.patch.object(os, "fsync", side_effect=full), pytest.raises(FileRefused, match="存储空间不足") as refused:
        prepare_photo(io.BytesIO(photo()), "现场.jpg")
    assert refused.value.file_code == "E_TOO_BIG"
    assert files_in(data) == []


def test_a_file_and_its_folders_are_synced_before_it_counts_as_stored(data: Path) -> None:
    del data
    with mock.patch.object(os, "fsync", wraps=os.fsync) as synced:
        prepare_photo(io.BytesIO(photo()), "现场.jpg")
    assert synced.call_count >= (1 if os.name == "nt" else 4)


def test_the_camera_tells_time_and_place_unless_the_device_does(session: Session) -> None:
    prepared = prepare_photo(io.BytesIO(photo(exif=exif())), "现场.jpg")
    with transaction():
        told = tie(session, prepared)
        assert (told.latitude, told.longitude) == (Decimal("44.4251389"), Decimal("84.6669444"))
        instant = now()
        place = {"longitude": Decimal("84.5"), "latitude": Decimal("44.123456789")}
        given = tie(session, prepared, purpose="after", taken_at=instant, **place)
        assert (given.taken_at, given.longitude, given.latitude) == (instant, Decimal("84.5"), Decimal("44.1234568"))


def test_the_same_file_for_the_same_thing_is_attached_once(session: Session) -> None:
    prepared = prepare_photo(io.BytesIO(photo()), "现场.jpg")
    with transaction():
        first = tie(session, prepared)
        assert tie(session, prepared) is first
        assert tie(session, prepared, purpose="after") is not first
        assert tie(session, prepared, item="C03-01") is not first
    assert len(evidence_of(session, "hazard", 1)) == 3
    assert [each.item for each in evidence_of(session, "hazard", 1, "before")] == ["", "C03-01"]
    assert evidence_of(session, "inspection", 1) == []


def test_withdrawn_files_are_not_listed(session: Session) -> None:
    with transaction():
        tie(session, prepare_photo(io.BytesIO(photo()), "现场.jpg")).withdrawn_at = now()
    assert evidence_of(session, "hazard", 1) == []


@pytest.mark.parametrize(
    "order", ["DELETE FROM evidence", "UPDATE evidence SET sha256 = 'x'", "UPDATE evidence SET size = 1"]
)
def test_the_database_keeps_what_a_file_proves(session: Session, order: str) -> None:
    with transaction():
        tie(session, prepare_photo(io.BytesIO(photo()), "现场.jpg"))
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        session.execute(text(order))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_flipped_bit_is_noticed_and_the_upload_again_heals_it(session: Session) -> None:
    content = photo()
    prepared = prepare_photo(io.BytesIO(content), "现场.jpg")
    with transaction():
        kept = tie(session, prepared)
    assert open_thumbnail(kept).exists()
    flip(prepared.path)
    with pytest.raises(FileDamaged):
        open_file(kept)
    with pytest.raises(FileDamaged):
        open_thumbnail(kept)
    (problem,) = verify_files(session)
    assert kept.uuid in problem
    assert "不一致" in problem
    prepare_photo(io.BytesIO(content), "现场.jpg")
    assert open_file(kept).read_bytes() == content
    assert verify_files(session) == []


def test_the_command_names_a_missing_file_and_exits_1(app: Flask, session: Session) -> None:
    prepared = prepare_photo(io.BytesIO(photo()), "现场.jpg")
    with transaction():
        key = tie(session, prepared).uuid
    run = app.test_cli_runner().invoke
    assert run(args=["evidence", "verify"]).exit_code == 0
    prepared.path.unlink()
    bad = run(args=["evidence", "verify"])
    assert bad.exit_code == 1
    assert key in bad.output
    assert "缺失" in bad.output


def test_a_workbook_is_taken_whatever_its_reader_will_say(data: Path) -> None:
    del data
    assert prepare_file(io.BytesIO(b"PK\x03\x04broken"), "台账.xlsx", WORKBOOKS).kind is FileKind.XLSX
    with pytest.raises(FileRefused, match="XLS、XLSX"):
        prepare_file(io.BytesIO(photo()), "台账.xlsx", WORKBOOKS)
