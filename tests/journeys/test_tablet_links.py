"""A whole visit over lines as they are in the field: slow and breaking, through a narrow proxy, behind a portal."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet.models import Receipt, Upload
from tests.inspections.factories import make_visit
from tests.journeys.conftest import Witness
from tests.journeys.links import gate_to, line_to
from tests.journeys.tablet import Tablet, photo, tablet

SLOW = 20_000
ITEMS = 16
Lent = Callable[[str], AbstractContextManager[Tablet]]


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        return make_visit(session)


@pytest.fixture
def lent(playwright: Playwright, tmp_path: Path, witness: Witness, visit: Inspection) -> Lent:
    """Lend a tablet that reaches its server by another address, packed and offline."""
    for fragment in ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_FAILED"):
        witness.forgive(fragment)

    @contextmanager
    def lend(address: str) -> Iterator[Tablet]:
        with tablet(playwright, tmp_path / "profile", address, witness) as held:
            held.enrol(visit.inspectors[0].user.login)
            held.pack()
            held.context.set_offline(True)
            yield held

    return lend


def make(held: Tablet) -> None:
    """Make the whole visit without a network: five photos, every answer, all signatures."""
    held.begin()
    held.take("C03-08", *(photo((420, 315)) for _ in range(3)))
    for code in ("C03-09", "C03-10"):
        held.take(code, photo((420, 315)))
    held.answer_all()
    for code in held.open_items():
        held.attach(code)
    held.page.click("#finish")
    held.shows("record")
    held.sign()
    held.page.fill("[name=site_person]", "甲校长")
    held.page.click("#signing [type=submit]")
    held.shows("outbox")


def arrived_once(visit: Inspection) -> None:
    """Check that all of it is there, and nothing twice."""
    db.session.rollback()
    assert db.session.get_one(Inspection, visit.id).state == "submitted"
    photos = select(func.count()).select_from(Evidence).where(Evidence.media_type == "image/jpeg")
    assert db.session.scalar(photos) == 5
    files = db.session.scalar(select(func.count()).select_from(Evidence))
    kinds = list(db.session.scalars(select(Receipt.kind)))
    once = ("start", "signatures", "submit")
    assert {kind: kinds.count(kind) for kind in (*once, "file")} == {**dict.fromkeys(once, 1), "file": files}
    assert db.session.scalar(select(func.count()).select_from(Answer)) == ITEMS
    assert not db.session.scalars(select(Upload).where(Upload.done_at.is_(None))).all()


def test_over_20_kilobytes_a_second_that_break_all_the_time_a_visit_arrives_once(
    lent: Lent, address: str, visit: Inspection
) -> None:
    with line_to(address) as line, lent(line.address) as held:
        make(held)
        line.rate, line.breaks_after, before = SLOW, 150_000, line.sent
        begun = time.monotonic()
        held.online()
        held.all_received(240)
        took, went = time.monotonic() - begun, line.sent - before
    assert line.broken >= 2
    assert took >= went / SLOW * 0.8
    arrived_once(visit)


def test_through_a_proxy_that_refuses_a_megabyte_a_visit_arrives_once(
    lent: Lent, address: str, visit: Inspection
) -> None:
    with gate_to(address) as gate, lent(gate.address) as held:
        make(held)
        held.online()
        held.all_received(120)
        assert (gate.refused, gate.largest <= gate.limit) == (0, True)
    arrived_once(visit)


@pytest.mark.parametrize("status", [200, 302])
def test_behind_a_portal_nothing_is_lost_and_all_arrives_once_it_opens(
    lent: Lent, address: str, visit: Inspection, status: int, witness: Witness
) -> None:
    for fragment in ("worker.js", "/portal", "MIME type"):
        witness.forgive(fragment)
    with gate_to(address) as gate, lent(gate.address) as held:
        make(held)
        gate.portal = status
        held.online()
        expect(held.page.locator("#standing")).to_contain_text("未连接到服务器")
        held.page.click("#send-now")
        expect(held.page.locator("#sending")).to_contain_text("未连接到服务器")
        assert gate.answered
        held.kill()
        held.switch_on()
        held.open()
        held.unlock()
        expect(held.page.locator("#standing")).to_contain_text("未连接到服务器")
        db.session.rollback()
        assert not db.session.scalars(select(Receipt)).all()
        gate.portal = None
        held.page.click("#standing")
        held.page.click("#send-now")
        held.all_received(120)
    arrived_once(visit)
