"""The same file in two windows at once (fault F26): one import, and the other is told its number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core import clock as core_clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict
from inspect_app.hazards import summary
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns import service
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import COUNTY, REPORT_ON, read

pytestmark = pytest.mark.usefixtures("clock")
WINDOWS = 2
GOOD = [ledger_row(number) for number in range(1, 21)]


class Windows:
    """Two windows of one person, which press at the same moment."""

    def __init__(self, app: Flask, session: Session) -> None:
        with transaction():
            user = make_user(session, Role.COUNTY_CLERK, by_code(session, COUNTY))
        self.now = core_clock.now()
        self.county = str(by_code(session, COUNTY).id)
        self.clients = [FlaskClient(app, app.response_class) for _ in range(WINDOWS)]
        for client in self.clients:
            sign_in(client, user)
        session.rollback()

    def press(self, addresses: list[str], forms: list[dict[str, Any]]) -> list[Any]:
        barrier = Barrier(WINDOWS)

        def at_once(number: int) -> Any:  # noqa: ANN401 - an answer
            barrier.wait()
            with core_clock.set_to(self.now):
                return self.clients[number].post(addresses[number], data=forms[number])

        with ThreadPoolExecutor(WINDOWS) as pool:
            return list(pool.map(at_once, range(WINDOWS)))


def test_the_same_upload_in_two_windows_becomes_one_import(app: Flask, session: Session, tmp_path: Path) -> None:
    content = write_ledger(tmp_path / "a.xlsx", GOOD).read_bytes()
    windows = Windows(app, session)
    forms = [
        {"county": windows.county, "report_on": "2026-06-15", "file": (BytesIO(content), "台账.xlsx")} for _ in range(2)
    ]
    sent = windows.press(["/returns/new"] * 2, forms)
    addresses = [f"{answer.location}/apply" for answer in sent]
    assert len(set(addresses)) == 2
    applied = windows.press(addresses, [{"version": "3"}] * 2)
    assert sorted(answer.status_code for answer in applied) == [302, 409]
    session.rollback()
    batches = session.execute(select(ReturnBatch.state, ReturnBatch.reference).order_by(ReturnBatch.state)).tuples()
    (first, number), (second, _) = batches.all()
    assert (first, second) == ("applied", "validated")
    refused = next(answer for answer in applied if answer.status_code == 409)
    assert number in refused.get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(Hazard)) == len(GOOD)
    assert summary.verify(session) == []


def test_the_same_command_in_two_windows_becomes_one_batch(
    app: Flask, session: Session, tmp_path: Path, clock: datetime
) -> None:
    write_ledger(tmp_path / "a.xlsx", GOOD)
    session.rollback()
    barrier = Barrier(WINDOWS)

    def at_once(_number: int) -> str:
        with app.app_context(), core_clock.set_to(clock):
            prepared, result = read(tmp_path / "a.xlsx")
            barrier.wait()
            try:
                with transaction():
                    county = by_code(db.session(), COUNTY)
                    service.import_at_once(db.session(), SYSTEM, prepared, county, REPORT_ON, result)
            except Conflict as error:
                return error.code
            return "imported"

    with ThreadPoolExecutor(WINDOWS) as pool:
        assert sorted(pool.map(at_once, range(WINDOWS))) == ["conflict", "imported"]
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 1
    assert session.scalar(select(func.count()).select_from(Hazard)) == len(GOOD)
