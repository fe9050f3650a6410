"""B7: a hundred tablets come back at once, each with a visit of 40 answers and 5 photos, to gunicorn with 2 workers."""

import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from inspect_app.accounts.sessions import actor_of
from inspect_app.checklists.definition import Evidence as Proof
from inspect_app.checklists.definition import Item
from inspect_app.checklists.questions import YesNo
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet import devices
from inspect_app.tablet.models import Receipt
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.measuring import Result
from tests.inspections.factories import make_team, make_visit
from tests.inspections.lists import CODE, make_item, make_list, publish
from tests.sites.factories import make_site
from tests.tablet.senders import PORTION, noise, signatures
from tests.tablet.serving import SECRET, served

GOAL = 5.0
TABLETS, ITEMS, PHOTOS, PHOTO_BYTES = 100, 40, 5, 200_000
EVERY_NTH_TWICE = 4
PATIENCE, TRIES = 120, 20


@dataclass
class Tablet:
    """One tablet: what it sends, how long each answer took and how long all of it."""

    port: int
    token: str
    visit: str
    photos: list[bytes]
    took: list[float] = field(default_factory=list)
    whole: float = 0.0
    tried_again: int = 0

    def come_back(self, together: Barrier) -> None:
        """Send everything as soon as all are there; every fourth request is sent twice, as if its answer was lost."""
        together.wait()
        began = time.perf_counter()
        for number, (method, path, body, headers) in enumerate(self.requests()):
            for _sending in range(2 if number % EVERY_NTH_TWICE == 0 else 1):
                self.ask(method, path, body, headers)
        self.whole = time.perf_counter() - began

    def requests(self) -> Iterator[tuple[str, str, bytes, dict[str, str]]]:
        """Give what is sent, in order."""
        claimed = clock.now().isoformat()
        known = {"claimed_at": claimed, "value": {"value": "yes"}, "version": 0}
        codes = [f"{CODE}-{number:02d}" for number in range(1, ITEMS + 1)]
        answers = [{"key": str(uuid4()), "item": code, **known} for code in codes]
        yield "POST", f"visits/{self.visit}/start", _json(key=str(uuid4()), claimed_at=claimed), {}
        yield "POST", f"visits/{self.visit}/answers", _json(answers=answers), {}
        for number, photo in enumerate(self.photos, 1):
            upload, about = str(uuid4()), {"kind": "item", "visit": self.visit, "item": f"{CODE}-{number:02d}"}
            digest = hashlib.sha256(photo).hexdigest()
            told = {"claimed_at": claimed, "size": len(photo), "sha256": digest, "name": "a.jpg", "about": about}
            yield "POST", f"uploads/{upload}", _json(**told), {}
            for offset in range(0, len(photo), PORTION):
                yield "PATCH", f"uploads/{upload}", photo[offset : offset + PORTION], {"Upload-Offset": str(offset)}
        signed = _json(key=str(uuid4()), claimed_at=claimed, signatures=signatures())
        yield "POST", f"visits/{self.visit}/signatures", signed, {}
        yield "POST", f"visits/{self.visit}/submit", _json(key=str(uuid4()), claimed_at=claimed, site_person="甲"), {}

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        """Ask until there is an answer; busy is no answer."""
        began = time.perf_counter()
        for _try in range(TRIES):
            status = self._once(method, path, body, headers)
            if status in {200, 201}:
                self.took.append(time.perf_counter() - began)
                return
            assert status in {0, 503}, f"{method} {path}: {status}"
            self.tried_again += 1
            time.sleep(0.2)
        raise AssertionError(f"{method} {path} was never answered")

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, f"/api/v1/{path}", body, {"Authorization": f"Bearer {self.token}", **headers})
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return 0
        else:
            return answer.status
        finally:
            connection.close()


def measure(database: str = "sqlite") -> Result:
    """Let all of them send at once; seconds are p95 of single answers and of all that one tablet brings."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template(database, home))
        url = stack.enter_context(source.copy())
        known = _people(url, home)
        port = stack.enter_context(served("gunicorn", url, home / "data"))
        photos = [noise(PHOTO_BYTES, seed) for seed in range(TABLETS * PHOTOS)]
        tablets = [
            Tablet(port, token, visit, photos[n * PHOTOS : (n + 1) * PHOTOS]) for n, (token, visit) in enumerate(known)
        ]
        together = Barrier(TABLETS)
        with ThreadPoolExecutor(TABLETS) as pool:
            list(pool.map(lambda each: each.come_back(together), tablets))
        _check(url, home)
    took = sorted(each for tablet in tablets for each in tablet.took)
    whole = sorted(tablet.whole for tablet in tablets)
    p95, all_p95 = took[len(took) * 95 // 100], whole[len(whole) * 95 // 100]
    again = sum(tablet.tried_again for tablet in tablets)
    note = (
        f"{database}; {TABLETS} tablets with {ITEMS} answers and {PHOTOS} photos of {PHOTO_BYTES // 1000} kB, "
        f"none lost, none doubled; {len(took)} answers, p50 {statistics.median(took):.2f} s, longest {took[-1]:.2f} s; "
        f"everything of one tablet p95 {all_p95:.1f} s; {again} tries repeated"
    )
    return Result("B7", round(p95, 2), GOAL, round(p95 / GOAL, 2), 1.0, 0.0, p95 <= GOAL, 0.0, 0.0, 0.0, note)


def _json(**content: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(content).encode()


def _people(url: str, home: Path) -> list[tuple[str, str]]:
    """Plan a visit for each tablet; returns tokens and visits."""
    app = application(url, home)
    app.config["SECRET_KEY"] = SECRET
    with app.app_context():
        session = db.session()
        with transaction():
            publish(session, make_list(*(_item(number) for number in range(1, ITEMS + 1))))
            team = make_team(session)
        with transaction():
            known = []
            for number in range(TABLETS):
                site = make_site(session, name=f"第{number}小学")
                visit = make_visit(session, site=site, team=team, checklist_codes=[CODE])
                made = devices.register(session, actor_of(team[0]), f"平板{number}")
                known.append((made.token, visit.uuid))
    close(app)
    return known


def _item(number: int) -> Item:
    return make_item(number, YesNo("no"), evidence=(Proof.PHOTO,) if number <= PHOTOS else (), weight=Decimal(2))


def _check(url: str, home: Path) -> None:
    """Count what is there: everything once."""
    app = application(url, home)
    with app.app_context():
        session = db.session()
        count = {
            model: session.scalar(select(func.count()).select_from(model)) for model in (Answer, Evidence, Receipt)
        }
        states = set(session.scalars(select(Inspection.state)))
        versions = set(session.scalars(select(Answer.version)))
    close(app)
    assert count[Answer] == TABLETS * ITEMS
    assert count[Evidence] == TABLETS * PHOTOS
    assert count[Receipt] == TABLETS * (ITEMS + PHOTOS + 3)
    assert (states, versions) == ({"submitted"}, {1})
