"""The register from the command line."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site, SiteImport
from tests.accounts.factories import make_user
from tests.sites.factories import TOWNSHIP, make_site, region
from tests.sites.importing.registers import site_row, write_register

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clerk(session: Session) -> str:
    with transaction():
        return make_user(session, Role.COUNTY_CLERK, region(session)).login


def run(app: Flask, *args: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["sites", *args])
    return answer.exit_code, answer.output


def count(session: Session, table: type[Site | SiteImport]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_register_goes_out_and_comes_back_unchanged(app: Flask, session: Session, clerk: str, tmp_path: Path) -> None:
    with transaction():
        make_site(session)
        make_site(session, "654203", name="邻县小学")
    file = str(tmp_path / "名册.xlsx")
    assert run(app, "export", file, "--region", "654202") == (0, f"已导出 1 个检查对象：{file}\n")
    status, said = run(app, "import", file, "--as", clerk, "--apply", "--json")
    assert status == 0
    assert json.loads(said) == {
        "batch": "MC-654202-20260615-01", "create": 0, "update": 0, "unchanged": 1, "duplicates": 0, "refused": 0,
        "ignored": 3,
    }  # fmt: skip


def test_nothing_is_imported_before_it_is_asked_for(app: Flask, session: Session, clerk: str, tmp_path: Path) -> None:
    township = region(session, TOWNSHIP).name
    file = str(write_register(tmp_path / "a.xlsx", [site_row(1, 所在乡镇=township)]))
    assert run(app, "import", file, "--as", clerk) == (0, "新登记 1；更新 0；不变 0；可能重复 0；不合格 0；略过 2\n")
    assert (count(session, Site), count(session, SiteImport)) == (0, 0)
    assert run(app, "import", file, "--as", clerk, "--apply")[0] == 0
    assert (count(session, Site), count(session, SiteImport)) == (1, 1)


def test_refused_rows_stop_the_whole_import(app: Flask, session: Session, clerk: str, tmp_path: Path) -> None:
    township = region(session, TOWNSHIP).name
    rows = [site_row(1, 所在乡镇=township), site_row(2, 所在乡镇=township, 层数="多层")]
    status, said = run(app, "import", str(write_register(tmp_path / "a.xlsx", rows)), "--as", clerk, "--apply")
    assert status == 2
    assert "不合格的行" in said
    assert (count(session, Site), count(session, SiteImport)) == (0, 0)


def test_what_cannot_be_done_is_one_sentence(app: Flask, clerk: str, tmp_path: Path) -> None:
    assert run(app, "import", str(tmp_path / "无.xlsx"), "--as", clerk)[0] == 2
    assert run(app, "export", str(tmp_path / "no" / "such.xlsx"))[0] == 2
    assert run(app, "import", str(tmp_path), "--as", "nobody")[0] == 2
