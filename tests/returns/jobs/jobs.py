"""Jobs in tests: asked for like a page does, and done in this process."""

from pathlib import Path
from typing import Any

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code
from inspect_app.returns.jobs import queries
from inspect_app.returns.jobs.folder import Folder
from inspect_app.returns.jobs.service import Kind, ask
from inspect_app.returns.jobs.work import work
from inspect_app.returns.models import ReturnBatch, ReturnJob
from inspect_app.returns.receiving import Sending
from tests.returns.sending import COUNTY, REPORT_ON

UUID = "11111111-1111-4111-8111-111111111111"


def asked(
    kind: Kind,
    home: Path,
    batch: ReturnBatch | None = None,
    uuid: str = UUID,
    **options: Any,  # noqa: ANN401 - of any kind of job
) -> tuple[str, Folder]:
    """Ask for a job, with its folder made."""
    folder = Folder.of(home, uuid)
    folder.make()
    version = {"version": batch.version} if batch else {}
    with transaction():
        ask(db.session(), SYSTEM, kind, uuid, by_code(db.session(), COUNTY), {**version, **options}, batch)
    return uuid, folder


def sent(file: Path, home: Path, uuid: str = UUID) -> tuple[str, Folder]:
    """Ask for a file to be received."""
    options = Sending(by_code(db.session(), COUNTY).id, REPORT_ON, "", file.name).as_json()
    uuid, folder = asked(Kind.RECEIVE, home, uuid=uuid, **options)
    folder.upload.write_bytes(file.read_bytes())
    return uuid, folder


def done(job: tuple[str, Folder]) -> ReturnJob:
    """Do a job, and return it as it ended."""
    work(*job)
    db.session.expire_all()
    return queries.by_uuid(db.session(), SYSTEM, job[0])
