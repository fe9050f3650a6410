"""Importing a register through the browser."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site, SiteImport
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import SHAWAN, TOWNSHIP, make_site, region
from tests.sites.importing.registers import site_row, write_register

pytestmark = pytest.mark.usefixtures("clock")
REFERENCE = "MC-654202-20260615-01"
HERE = f"/sites/imports/{REFERENCE}"


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, region(session))
    sign_in(client, user)
    return client


@pytest.fixture
def township(session: Session) -> str:
    name = region(session, TOWNSHIP).name
    session.rollback()
    return name


def send(client: FlaskClient, folder: Path, *rows: list[object]) -> TestResponse:
    content = write_register(folder / "名册.xlsx", rows).read_bytes()
    return client.post("/sites/imports", data={"file": (BytesIO(content), "名册.xlsx")})


def press(client: FlaskClient, session: Session, action: str, **chosen: str) -> TestResponse:
    version = session.scalar(select(SiteImport.version))
    session.rollback()
    return client.post(f"{HERE}/{action}", data={"version": str(version), **chosen})


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Site)) or 0


def row(number: int, township: str, **over: object) -> list[object]:
    return [*site_row(number, 所在乡镇=township, **over)]  # type: ignore[arg-type]


def test_a_register_is_uploaded_looked_at_and_imported(
    clerk: FlaskClient, session: Session, tmp_path: Path, township: str
) -> None:
    sent = send(clerk, tmp_path, row(1, township), row(2, township))
    assert sent.location == HERE
    page = clerk.get(HERE).get_data(as_text=True)
    assert "文件共 4 行" in page
    assert "约2005年" in page
    assert count(session) == 0
    assert press(clerk, session, "apply").status_code == 302
    assert count(session) == 2
    page = clerk.get(HERE).get_data(as_text=True)
    assert "已导入" in page
    assert f"{HERE}/apply" not in page
    assert REFERENCE in clerk.get("/sites/imports").get_data(as_text=True)


def test_refused_rows_are_shown_with_their_cell_and_the_good_ones_are_a_choice(
    clerk: FlaskClient, session: Session, tmp_path: Path, township: str
) -> None:
    send(clerk, tmp_path, row(1, township), row(2, township, 层数="多层"))
    page = clerk.get(HERE).get_data(as_text=True)
    assert all(text in page for text in ("多层", "层数", "只导入合格的 1 行", "请只写数字"))
    assert press(clerk, session, "apply").status_code == 409
    assert count(session) == 0
    assert press(clerk, session, "apply", good_rows_only="y").status_code == 302
    assert count(session) == 1


def test_rows_that_may_repeat_a_site_are_registered_only_on_purpose(
    clerk: FlaskClient, session: Session, tmp_path: Path, township: str
) -> None:
    with transaction():
        site = make_site(session, name="乌苏市第1小学")
    send(clerk, tmp_path, row(1, township))
    page = clerk.get(HERE).get_data(as_text=True)
    assert site.reference in page
    assert "可能重复的 1 行也登记" in page
    assert press(clerk, session, "apply", doubles_too="y").status_code == 302
    assert count(session) == 2


def test_changes_are_shown_cell_by_cell(clerk: FlaskClient, session: Session, tmp_path: Path, township: str) -> None:
    with transaction():
        make_site(session, name="第1小学", floors=3)
    send(clerk, tmp_path, row(1, township))
    page = clerk.get(f"{HERE}?group=update").get_data(as_text=True)
    assert "<del>3</del> → <ins>4</ins>" in page
    rows = list(csv.reader(StringIO(clerk.get(f"{HERE}/plan.csv").get_data(as_text=True)[1:])))
    assert ["层数", "3", "4"] in [line[5:8] for line in rows]


def test_a_plan_gone_stale_is_refused_until_it_is_checked_again(
    clerk: FlaskClient, session: Session, tmp_path: Path, township: str
) -> None:
    send(clerk, tmp_path, row(1, township))
    with transaction():
        make_site(session, name="第1小学")
    assert press(clerk, session, "apply").status_code == 409
    assert press(clerk, session, "check").status_code == 302
    assert press(clerk, session, "apply").status_code == 302
    assert count(session) == 1


def test_an_old_page_is_refused(clerk: FlaskClient, session: Session, tmp_path: Path, township: str) -> None:
    send(clerk, tmp_path, row(1, township))
    assert clerk.post(f"{HERE}/apply", data={}).status_code == 409
    assert clerk.post(f"{HERE}/apply", data={"version": "9"}).status_code == 409
    assert press(clerk, session, "discard").status_code == 302
    assert press(clerk, session, "apply").status_code == 409
    assert count(session) == 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", "收入,支出\n1,2\n".encode()])
def test_a_file_that_is_no_register_is_refused_in_words(clerk: FlaskClient, session: Session, content: bytes) -> None:
    answer = clerk.post("/sites/imports", data={"file": (BytesIO(content), "名册.xlsx")})
    assert answer.status_code == 422
    assert "请" in answer.get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(SiteImport)) == 0


def test_an_import_of_another_county_is_not_found(
    clerk: FlaskClient, session: Session, tmp_path: Path, township: str
) -> None:
    send(clerk, tmp_path, row(1, township))
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN))
    sign_in(clerk, user)
    answers = [clerk.get(HERE), clerk.get(f"{HERE}/plan.csv"), press(clerk, session, "apply")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert REFERENCE not in clerk.get("/sites/imports").get_data(as_text=True)
