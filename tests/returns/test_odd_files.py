"""Hostile and odd files through the upload page: an answer in time, the right one, and nothing left behind."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from inspect_app.access.permissions import Role
from inspect_app.core import clock as core_clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused
from inspect_app.regions.queries import by_code
from inspect_app.returns import reading
from inspect_app.returns.result import ReadResult
from tests.accounts.factories import make_user, sign_in
from tests.applications import Applications, close, settings_for
from tests.databases import Template
from tests.workbooks.odd import CATALOGUE

resource = pytest.importorskip("resource", reason="the memory of a process is told on POSIX only")
IN_TIME = 10.0
NO_JOBS = 1_000_000_000
MEMORY_KIB = 300 * 1024
REDIRECT, UNUSABLE, TOO_LARGE = 302, 422, 413


@dataclass
class Desk:
    """One application for all files, its clerk, and what the last file was read as."""

    client: FlaskClient
    county: str
    data: Path
    read: list[ReadResult] = field(default_factory=list)

    def send(self, content: bytes, name: str) -> tuple[int, str, float]:
        """Upload a file; the status, the page that is shown then, and the seconds it took."""
        self.read.clear()
        data = {"county": self.county, "report_on": "2026-06-15", "period": "2026-05"}
        started = time.perf_counter()
        answer = self.client.post("/returns/new", data={**data, "file": (BytesIO(content), name)})
        seconds = time.perf_counter() - started
        page = self.client.get(answer.location) if answer.location else answer
        return answer.status_code, page.get_data(as_text=True), seconds


@pytest.fixture(scope="module")
def desk(template: Template, applications: Applications, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data, passing = tmp_path_factory.mktemp("odd"), tmp_path_factory.mktemp("passing")
    instant = datetime(2026, 6, 15, 10, 0, tzinfo=core_clock.LOCAL)
    with template.copy() as url, core_clock.set_to(instant), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(passing))
        app = applications.build({**settings_for(url, data), "JOB_ROWS": NO_JOBS})
        with app.app_context():
            with transaction():
                user = make_user(db.session(), Role.COUNTY_CLERK, by_code(db.session(), "654202"))
                county = str(by_code(db.session(), "654202").id)
            client = app.test_client()
            sign_in(client, user)
            db.session.remove()
        desk = Desk(client, county, data)
        _listen(patch, desk)
        yield desk
        close(app)


def _listen(patch: pytest.MonkeyPatch, desk: Desk) -> None:
    """Note what each file was read as, whoever reads it."""
    interpret, refused = reading.interpret, ReadResult.refused

    def interpreted(*args: object, **named: object) -> ReadResult:
        desk.read.append(interpret(*args, **named))  # type: ignore[arg-type]
        return desk.read[-1]

    def told(refusal: FileRefused) -> ReadResult:
        desk.read.append(refused(refusal))
        return desk.read[-1]

    patch.setattr(reading, "interpret", interpreted)
    patch.setattr(ReadResult, "refused", told)


def left_behind(desk: Desk) -> list[Path]:
    """What a reading may leave: uploads on their way, and files half taken in."""
    incoming = desk.data / "files" / "incoming"
    return [*Path(tempfile.gettempdir()).glob("return-*"), *(incoming.iterdir() if incoming.exists() else ())]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_odd_file_gets_its_answer_in_time_and_leaves_nothing(desk: Desk, name: str) -> None:
    odd, there = CATALOGUE[name], set(left_behind(desk))
    content = odd.make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, page, seconds = desk.send(content, odd.name)
    read = desk.read[-1] if desk.read else None
    assert seconds < IN_TIME
    assert "Traceback" not in page
    assert "root:" not in page
    assert "alert(1)</script>" not in page
    if odd.code is None:
        assert (status, read and len(read.rows)) == (REDIRECT, odd.rows)
    elif status == TOO_LARGE:
        assert odd.code == "E_TOO_BIG"
    else:
        assert (status, read and read.code) == (UNUSABLE, odd.code)
        assert read
        assert str(read.sentence).endswith("。")
    assert set(left_behind(desk)) <= there
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY_KIB


def test_there_are_enough_odd_files() -> None:
    assert len(CATALOGUE) >= 60
