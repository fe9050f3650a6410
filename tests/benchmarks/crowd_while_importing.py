"""Twenty sessions read and write pages of a served application while a very large return is imported by its job."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import func, select

from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from tests.accounts.factories import PASSWORD, make_user
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.b13_while_importing import quantile
from tests.benchmarks.ledgers import COUNTY, lines
from tests.benchmarks.measuring import Result
from tests.returns.ledgers import write_ledger

GOAL = 3.0
PORT, WORKERS, READERS, WRITERS, PATIENCE = 8473, 2, 15, 5, 900
PAUSE = 0.3
PAGES = ("/hazards", "/returns", "/hazards?state=registered", "/overview/654202", "/sites")
TOKEN = re.compile(r'name="csrf[-_]token" (?:type="hidden" )?(?:content|value)="([^"]+)"')
NEIGHBOUR = "654221"


@dataclass
class Browser:
    """A person at a browser: a connection, a cookie, the token of forms, and how long each answer took."""

    port: int
    cookie: str = ""
    token: str = ""
    took: list[float] = field(default_factory=list)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Ask once; return status, where to go on, and the text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, **({"Content-Type": kind} if kind else {})}
        began = time.perf_counter()
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self.took.append(time.perf_counter() - began)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and "session=" in value:
                self.cookie = value.partition(";")[0]
        connection.close()
        if found := TOKEN.search(text):
            self.token = found[1]
        assert answer.status < 400, f"{method} {path}: {answer.status}"
        return answer.status, answer.getheader("Location") or "", text

    def post(self, path: str, **given: str) -> str:
        """Send a form; return where it leads."""
        body = urlencode({"csrf_token": self.token, **given}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")[1]

    def sign_in(self, login: str) -> "Browser":
        """Enter."""
        self.ask("GET", "/sign-in")
        self.post("/sign-in", login=login, password=PASSWORD)
        self.ask("GET", "/hazards/new" if "clerk" in login else "/hazards")
        self.took.clear()
        return self

    def upload(self, file: Path, county: int) -> str:
        """Send a ledger; return where it leads."""
        mark = uuid4().hex
        given = {"csrf_token": self.token, "county": str(county), "report_on": "2026-06-30"}
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in given.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="ledger.xlsx"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + file.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", "/returns/new", body, f"multipart/form-data; boundary={mark}")[1]


def measure(rows: int = 100_000) -> Result:
    """Upload, preview and import by the pages, with twenty others at work; seconds are the longest wait of anybody."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        url = stack.enter_context(source.copy())
        county = _people(url, home)
        file = write_ledger(home / "ledger.xlsx", lines(rows))
        stack.enter_context(served(url, home))
        idle, _spent = _round(lambda _clerk: time.sleep(10))
        busy, seconds = _round(lambda clerk: _import(clerk, file, county))
        _check(url, home, rows)
    note = (
        f"{rows} rows, {READERS} readers and {WRITERS} writers on {WORKERS} workers; p95 {quantile(busy, 95):.3f} s of "
        f"{len(busy)} answers (idle {quantile(idle, 95):.3f}); upload to applied {seconds:.0f} s"
    )
    mine, theirs = round(busy[-1], 3), round(idle[-1], 3)
    return Result("crowd", mine, theirs, mine, GOAL, 0.0, mine <= GOAL, 0.0, 0.0, 0.0, note)


@contextmanager
def served(url: str, home: Path) -> Iterator[None]:
    """Serve the application with gunicorn, whose jobs are processes of their own."""
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads", "4", "--timeout", "120"]
    settings = {
        "FLASK_DATA_DIR": str(home / "data"),
        "FLASK_SQLALCHEMY_DATABASE_URI": url,
        "FLASK_SECRET_KEY": "x" * 40,
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{PORT}", "wsgi:app"], env={**os.environ, **settings}, **quiet
    )  # type: ignore[call-overload]
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                Browser(PORT).ask("GET", "/sign-in")
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def _people(url: str, home: Path) -> int:
    """Make a clerk who imports, a clerk of the neighbouring county who writes, and an officer who reads."""
    app = application(url, home)
    with app.app_context():
        session = db.session()
        with transaction():
            county = by_code(session, COUNTY).id
            make_user(session, Role.COUNTY_CLERK, by_code(session, COUNTY), login="clerk")
            make_user(session, Role.COUNTY_CLERK, by_code(session, NEIGHBOUR), login="other-clerk")
            make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542"), login="officer")
    close(app)
    return county


def _round(meanwhile: Callable[[Browser], object]) -> tuple[list[float], float]:
    """Let twenty sessions work for as long as something lasts; return the seconds of their answers, and of that."""
    ended = Event()
    crowd = [Browser(PORT).sign_in("officer") for _ in range(READERS)]
    writers = [Browser(PORT).sign_in("other-clerk") for _ in range(WRITERS)]
    threads = [Thread(target=_read, args=(each, ended)) for each in crowd]
    threads += [Thread(target=_write, args=(each, ended)) for each in writers]
    clerk, began = Browser(PORT).sign_in("clerk"), time.perf_counter()
    for thread in threads:
        thread.start()
    try:
        meanwhile(clerk)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    return sorted(seconds for each in (*crowd, *writers) for seconds in each.took), time.perf_counter() - began


def _read(browser: Browser, ended: Event) -> None:
    for page in cycle(PAGES):
        if ended.is_set():
            return
        browser.ask("GET", page)
        time.sleep(PAUSE)


def _write(browser: Browser, ended: Event) -> None:
    turn = 0
    while not ended.is_set():
        turn += 1
        given = {"region": NEIGHBOUR, "description": f"第 {turn} 条：吊顶悬挂物未加固", "found_on": "2026-06-01"}
        browser.post("/hazards/new", **given)
        time.sleep(PAUSE)


def _import(clerk: Browser, file: Path, county: int) -> None:
    """Upload the ledger, wait for its job, import it, and wait for that job."""
    returned = _ended(clerk, clerk.upload(file, county))
    page = clerk.ask("GET", returned)[2]
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    _ended(clerk, clerk.post(f"{returned}/apply", version=version))


def _ended(clerk: Browser, job: str) -> str:
    """Watch the bar of a job until it ends; return the address of its return."""
    shown = set()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told = json.loads(clerk.ask("GET", f"{job}.json")[2])
        shown.add(told["percent"])
        if not told["under_way"]:
            assert told["state"] == "done", told
            assert len(shown) > 1
            return str(re.findall(r'href="(/returns/BB-[^"?]+)"', clerk.ask("GET", job)[2])[0])
        time.sleep(PAUSE)
    msg = "the job did not end"
    raise RuntimeError(msg)


def _check(url: str, home: Path, rows: int) -> None:
    """See that every row was registered, and that the counters agree with what everybody wrote."""
    app = application(url, home)
    with app.app_context():
        session = db.session()
        held = select(func.count()).select_from(Hazard).where(Hazard.county_id == by_code(session, COUNTY).id)
        assert session.scalar(held) == rows
        assert verify(session) == []
    close(app)
