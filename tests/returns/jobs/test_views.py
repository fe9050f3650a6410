import os
import time
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.jobs.folder import SILENT_SECONDS, Folder
from inspect_app.returns.jobs.work import work
from inspect_app.returns.models import ReturnBatch, ReturnJob
from inspect_app.returns.views import jobs as module
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 9)]
REFERENCE = "BB-654202-20260615-01"


class Launched(list[str]):
    """The jobs that a page would have started a process for."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home = home

    def __call__(self, _config: Mapping[str, Any], uuid: str) -> None:
        Folder.of(self.home, uuid).make()
        self.append(uuid)

    def do(self) -> None:
        """Do the last one."""
        work(self[-1], Folder.of(self.home, self[-1]))


@pytest.fixture
def launched(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Launched:
    found = Launched(Path(app.config["DATA_DIR"]))
    monkeypatch.setattr(module, "launch", found)
    monkeypatch.setitem(app.config, "JOB_ROWS", 5)
    return found


@pytest.fixture
def clerk(session: Session, client: FlaskClient) -> FlaskClient:
    enter(session, client)
    return client


def enter(session: Session, client: FlaskClient, role: Role = Role.COUNTY_CLERK, code: str = "654202") -> None:
    with transaction():
        user = make_user(session, role, by_code(session, code))
    sign_in(client, user)


def upload(client: FlaskClient, session: Session, file: Path) -> TestResponse:
    county = str(by_code(session, "654202").id)
    session.rollback()
    data = {"county": county, "report_on": "2026-06-15", "file": (BytesIO(file.read_bytes()), "台账.xlsx")}
    return client.post("/returns/new", data=data)


def press(client: FlaskClient, session: Session, address: str, model: type[Any], **over: str) -> TestResponse:
    session.rollback()
    version = session.scalar(select(model.version).order_by(model.id.desc()))
    session.rollback()
    return client.post(address, data={"version": str(version), **over})


def silence(launched: Launched) -> None:
    then = time.time() - SILENT_SECONDS - 365 * 24 * 3600
    os.utime(launched.home / "jobs" / launched[-1] / "alive", (then, then))


def hazard_rows(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Hazard)) or 0


def test_a_large_file_is_received_and_applied_by_jobs_whose_progress_is_shown(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    sent = upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD))
    assert sent.location == f"/returns/jobs/{launched[0]}"
    assert "等待开始" in clerk.get(sent.location).get_data(as_text=True)
    told = clerk.get(f"{sent.location}.json").get_json()
    assert (told["under_way"], told["interrupted"], told["percent"], told["phase"]) == (True, False, 0, "等待开始")
    assert sent.location in clerk.get("/returns").get_data(as_text=True)
    launched.do()
    assert f"/returns/{REFERENCE}" in clerk.get(sent.location).get_data(as_text=True)
    assert sent.location not in clerk.get("/returns").get_data(as_text=True)
    began = press(clerk, session, f"/returns/{REFERENCE}/apply", ReturnBatch)
    assert began.location == f"/returns/jobs/{launched[1]}"
    assert hazard_rows(session) == 0
    launched.do()
    assert hazard_rows(session) == 8
    assert clerk.get(f"{began.location}.json").get_json()["state"] == "done"
    assert list((launched.home / "jobs").iterdir()) == []


def test_checking_and_undoing_a_large_return_are_jobs_too(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD))
    launched.do()
    for action, over, state in (
        ("check", {}, "validated"), ("apply", {}, "applied"), ("undo", {"reason": "报错了文件"}, "undone"),
    ):  # fmt: skip
        answer = press(clerk, session, f"/returns/{REFERENCE}/{action}", ReturnBatch, **over)
        assert answer.location == f"/returns/jobs/{launched[-1]}"
        launched.do()
        session.rollback()
        assert session.scalar(select(ReturnBatch.state)) == state


def test_a_second_click_while_a_job_is_at_work_is_told_so(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD))
    launched.do()
    assert press(clerk, session, f"/returns/{REFERENCE}/apply", ReturnBatch).status_code == 302
    assert press(clerk, session, f"/returns/{REFERENCE}/apply", ReturnBatch).status_code == 409
    assert len(launched) == 2


def test_a_job_whose_process_is_gone_is_interrupted_and_begins_anew_without_doubling(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    address = upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD)).location
    assert press(clerk, session, f"{address}/restart", ReturnJob).status_code == 409
    silence(launched)
    page = clerk.get(address).get_data(as_text=True)
    assert "中断" in page
    assert "重新开始" in page
    assert press(clerk, session, f"{address}/restart", ReturnJob).status_code == 302
    assert launched == [launched[0]] * 2
    launched.do()
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 1


def test_a_job_is_cancelled_by_its_process_or_when_that_is_gone_at_once(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    address = upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD)).location
    assert press(clerk, session, f"{address}/cancel", ReturnJob).status_code == 302
    launched.do()
    assert "没有改变任何内容" in clerk.get(address).get_data(as_text=True)
    address = upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD)).location
    silence(launched)
    assert press(clerk, session, f"{address}/cancel", ReturnJob).status_code == 302
    session.rollback()
    assert list(session.scalars(select(ReturnJob.state))) == ["cancelled"] * 2
    assert list((launched.home / "jobs").iterdir()) == []


def test_how_a_job_failed_is_told_on_its_page(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,电话\n" * 9)
    address = upload(clerk, session, file).location
    launched.do()
    assert "没有找到隐患台账的表头" in clerk.get(address).get_data(as_text=True)
    assert "重新上传" in clerk.get(address).get_data(as_text=True)


def test_another_countys_job_does_not_exist(
    clerk: FlaskClient, session: Session, client: FlaskClient, tmp_path: Path, launched: Launched
) -> None:
    address = upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD)).location
    clerk.post("/sign-out")
    enter(session, client, code="654221")
    assert [client.get(f"{address}{end}").status_code for end in ("", ".json")] == [404, 404]
    assert [client.post(f"{address}/{end}", data={"version": "1"}).status_code for end in ("cancel", "restart")] == [
        404
    ] * 2
    assert launched


def test_a_small_file_stays_in_the_request(
    clerk: FlaskClient, session: Session, tmp_path: Path, launched: Launched
) -> None:
    assert upload(clerk, session, write_ledger(tmp_path / "a.xlsx", GOOD[:1])).location == f"/returns/{REFERENCE}"
    assert press(clerk, session, f"/returns/{REFERENCE}/apply", ReturnBatch).location == f"/returns/{REFERENCE}"
    assert launched == []
