"""Every register imports the template that it gives out, keeps what was said, and its facts answer."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.registers import queries
from inspect_app.registers.importing import service
from inspect_app.registers.loading import register_of, registers
from inspect_app.registers.models import RegisterEntry
from tests.accounts.factories import actor_of, make_user
from tests.registers.factories import COUNTY, county, filled_template, rows_of, send, township

pytestmark = pytest.mark.usefixtures("clock")
TITLES = (
    "常住人口", "应急避难场所", "应急救援队伍", "地震宏观观测员", "灾害信息员", "监测台站与预警终端", "地震应急预案",
    "地震应急演练", "防震减灾培训", "科普宣传活动", "应急物资储备", "乡村物资储备点", "地震安全性评价项目",
    "房屋设施加固项目", "值班值守抽查",
)  # fmt: skip


@pytest.fixture
def clerk(session: Session) -> Actor:
    with transaction():
        return actor_of(make_user(session, Role.COUNTY_CLERK, county(session)))


def test_the_fifteen_registers_are_defined() -> None:
    assert {register.title for register in registers().values()} == set(TITLES)
    assert all(register.facts for register in registers().values())


@pytest.mark.parametrize("code", registers())
def test_a_register_imports_its_own_template(
    code: str, app: Flask, session: Session, clerk: Actor, tmp_path: Path
) -> None:
    register = register_of(code)
    places = [township(session, place).name for place in range(3)]
    path = filled_template(session, register, tmp_path / "填好.xlsx", *rows_of(register, places, 7), actor=clerk)
    session.rollback()
    with transaction():
        batch = send(session, clerk, code, path, date(2026, 6, 10))
        assert batch.counts["create"] == 7, batch.plan["groups"]["refused"]
        assert (batch.counts["refused"], batch.counts["duplicates"]) == (0, 0)
        service.apply(session, clerk, batch, version=batch.version)
    entries = session.scalars(select(RegisterEntry).where(RegisterEntry.register == code)).all()
    assert len(entries) == 7
    assert [len(queries.history(session, entry)) for entry in entries] == [1] * 7
    assert {entry.as_of for entry in entries} == {date(2026, 6, 10)}
    assert all(len(entry.values) == len(register.valued) for entry in entries)

    again = filled_template(session, register, tmp_path / "再发.xlsx", actor=clerk)
    session.rollback()
    with transaction():
        batch = send(session, clerk, code, again)
        assert {name: n for name, n in batch.counts.items() if n and name != "ignored"} == {"unchanged": 7}

    answer = app.test_cli_runner().invoke(args=["registers", "facts", "--region", COUNTY, "--json", "--register", code])
    told = json.loads(answer.stdout)["counties"][0]["facts"]
    assert told.keys() == {f"{code}.{fact.code}" for fact in register.facts}
    assert all(fact["known"] for fact in told.values())
    assert any(fact["numerator"] for fact in told.values())
