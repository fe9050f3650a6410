"""Uploads that were given up: begun, never finished, and not continued for so long that nobody waits for them.

Nothing that was received goes. A tablet that comes back after all announces its file again and sends it from the start.
"""

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.accounts.models import User
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.evidence import store
from inspect_app.tablet import receipts, uploads
from inspect_app.tablet.models import Upload
from inspect_app.tablet.portions import FOLDER, Portions

STAGED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Cleared:
    """How many uploads were given up, and how many files of broken-off work were left behind by nobody's upload."""

    uploads: int
    files: int


def clear(days: int) -> Cleared:
    """Remove what has not been continued for so many days, with an entry in the trail; safe to repeat."""
    since = clock.now() - timedelta(days=days)
    with transaction():
        gone = _give_up(db.session(), since)
    for portions in gone:
        portions.forget()
    with transaction():
        known = set(db.session.scalars(select(Upload.uuid)))
    return Cleared(len(gone), _tidy(store.current().root, known, since))


def _give_up(session: Session, since: datetime) -> list[Portions]:
    waiting = select(Upload).where(Upload.done_at.is_(None), Upload.touched_at < since).order_by(Upload.id)
    old = [each for each in session.scalars(waiting) if _touched(uploads.portions_of(each).folder) < since]
    receipts.hold(session, [each.uuid for each in old])
    gone = _still_waiting(session, old)
    names = _names(session, gone)
    for each in gone:
        changes = {"uploaded_by": [names[each.user_id], None], "bytes": [uploads.arrived(each), None]}
        changes |= {"size": [each.size, None], "about": [each.about["about"], None]}
        audit.record(session, SYSTEM, "upload.give_up", kind="upload", id=each.id, reference=each.uuid, changes=changes)
        session.delete(each)
    session.flush()
    return [uploads.portions_of(each) for each in gone]


def _still_waiting(session: Session, old: Sequence[Upload]) -> Sequence[Upload]:
    """Return those that are unfinished now that nobody else can finish them."""
    query = select(Upload).where(Upload.id.in_([each.id for each in old]), Upload.done_at.is_(None)).order_by(Upload.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def _names(session: Session, many: Sequence[Upload]) -> dict[int, str]:
    rows = session.execute(select(User.id, User.name).where(User.id.in_({each.user_id for each in many})))
    return dict(rows.tuples().all())


def _tidy(root: Path, known: set[str], since: datetime) -> int:
    """Remove portions that belong to no upload, and files that a killed process was just taking in."""
    removed = 0
    for folder in _inside(root / FOLDER):
        if folder.name not in known and _touched(folder) < since:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    for path in _inside(root / "files" / "incoming"):
        if _touched(path) < clock.now() - STAGED_FOR:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _inside(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):
        yield from sorted(folder.iterdir())


def _touched(path: Path) -> datetime:
    """Return when something last changed there; what is not there was never touched."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)
