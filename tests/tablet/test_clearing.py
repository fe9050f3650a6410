"""Uploads that were given up are removed after a while, and what comes back after all is received as ever."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock as core_clock
from inspect_app.evidence import store
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import clearing
from inspect_app.tablet.models import Upload
from tests.inspections.factories import picture
from tests.tablet.senders import Tablet, announcement, key

Aged = Callable[[Path, int], None]


@pytest.fixture
def about(visit: Inspection) -> dict[str, object]:
    return {"kind": "item", "visit": visit.uuid, "item": "C03-08"}


@pytest.fixture
def root(app: Flask) -> Path:
    with app.app_context():
        return store.current().root


@pytest.fixture
def aged(clock: datetime) -> Aged:
    """Make a file or folder look as if it was last changed so many days ago."""

    def age(path: Path, days: int) -> None:
        at = (clock - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))

    return age


def begin(tablet: Tablet, about: dict[str, object], content: bytes) -> str:
    """Announce a file and send its first bytes only."""
    upload = key()
    tablet.post(f"uploads/{upload}", announcement(about, content))
    tablet.portion(upload, 0, content[:100])
    return upload


def after(days: int, clock: datetime) -> clearing.Cleared:
    with core_clock.set_to(clock + timedelta(days=days)):
        return clearing.clear(30)


def test_what_nobody_continues_goes_with_an_entry_in_the_trail(
    session: Session, clock: datetime, tablet: Tablet, about: dict[str, object], root: Path, aged: Aged
) -> None:
    upload = begin(tablet, about, picture())
    aged(root / "uploads" / upload, 0)
    assert after(29, clock).uploads == 0
    assert after(31, clock) == clearing.Cleared(1, 0)
    assert after(31, clock) == clearing.Cleared(0, 0)
    assert not (root / "uploads" / upload).exists()
    assert session.scalars(select(Upload)).all() == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "upload.give_up")).one()
    assert (entry.subject_reference, entry.changes["bytes"]) == (upload, [100, None])


def test_what_was_given_up_is_received_whole_when_it_comes_back_after_all(
    session: Session, clock: datetime, tablet: Tablet, about: dict[str, object], root: Path, aged: Aged
) -> None:
    content = picture()
    upload = begin(tablet, about, content)
    aged(root / "uploads" / upload, 0)
    after(31, clock)
    assert tablet.upload(about, content, upload).get_json()["done"]
    assert session.scalars(select(Upload.done_at)).one() is not None


def test_an_upload_that_still_grows_or_is_asked_for_is_not_given_up(
    session: Session, clock: datetime, tablet: Tablet, about: dict[str, object], root: Path, aged: Aged
) -> None:
    content = picture()
    growing, asked = begin(tablet, about, content), begin(tablet, about, picture(2))
    for upload in (growing, asked):
        aged(root / "uploads" / upload, 0)
    aged(root / "uploads" / growing, -20)
    with core_clock.set_to(clock + timedelta(days=20)):
        tablet.post(f"uploads/{asked}", announcement(about, picture(2)))
    assert after(31, clock).uploads == 0
    assert len(session.scalars(select(Upload)).all()) == 2


def test_what_was_received_stays(
    session: Session, clock: datetime, tablet: Tablet, about: dict[str, object], root: Path
) -> None:
    tablet.upload(about, picture())
    kept = [path for path in (root / "files").rglob("*") if path.is_file()]
    assert after(400, clock) == clearing.Cleared(0, 0)
    assert [path for path in (root / "files").rglob("*") if path.is_file()] == kept
    assert len(session.scalars(select(Upload)).all()) == 1


def test_bytes_that_belong_to_nothing_go_too(session: Session, clock: datetime, root: Path, aged: Aged) -> None:
    session.rollback()
    lost, staged, fresh = root / "uploads" / key(), root / "files/incoming/old", root / "files/incoming/new"
    lost.mkdir(parents=True)
    staged.parent.mkdir(parents=True, exist_ok=True)
    for path in (staged, fresh):
        path.write_bytes(b"half")
    aged(lost, 0)
    aged(staged, 0)
    aged(fresh, -31)
    assert after(31, clock) == clearing.Cleared(0, 2)
    assert (lost.exists(), staged.exists(), fresh.exists()) == (False, False, True)


def test_the_daily_run_and_a_command_clear(
    app: Flask, session: Session, clock: datetime, tablet: Tablet, about: dict[str, object], root: Path, aged: Aged
) -> None:
    for args in (["tablet", "clear"], ["reminders", "send"]):
        upload = begin(tablet, about, picture())
        aged(root / "uploads" / upload, 0)
        with core_clock.set_to(clock + timedelta(days=31)):
            told = app.test_cli_runner().invoke(args=args)
        assert told.exit_code == 0, told.output
        session.rollback()
        assert session.scalars(select(Upload)).all() == []
        session.rollback()
