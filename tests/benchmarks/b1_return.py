"""B1: a county's return from bytes to applied, against reading it with calamine and a bare Core insert of its rows."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from python_calamine import CalamineWorkbook
from sqlalchemy import Column, Date, MetaData, Table, Text, create_engine, func, select

from inspect_app import create_app
from inspect_app.access.actor import SYSTEM
from inspect_app.commands import seed
from inspect_app.core.database import db, prepare_engine, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.reading import read_return
from inspect_app.workbooks.write import Cell
from tests.benchmarks.measuring import RUNS, Result, compare
from tests.returns.ledgers import HEADINGS, ledger_row, write_ledger

GOAL = 2.3
COUNTY, REPORT_ON, FIRST = "654202", date(2026, 6, 30), date(2026, 1, 1)
TOWNSHIPS = ("白杨沟镇", "哈图布呼镇", "皇宫镇", "车排子镇", "甘河子镇", "百泉镇", "四棵树镇", "古尔图镇")
WORKS = (
    "构造柱钢筋外露",
    "围墙倾斜开裂",
    "出屋面女儿墙无锚固",
    "应急通道堆放杂物",
    "避难场所标识缺失",
    "吊顶悬挂物未加固",
)
MEASURES = (
    "剔除松散层，除锈后用聚合物砂浆修补",
    "拆除重砌并设置构造柱和压顶",
    "增设钢筋混凝土压顶与立柱",
    "清理通道并落实专人巡查",
)
HEAD = 3


def measure(rows: int = 10_000) -> Result:
    """Import the same file into a fresh copy of a seeded database each time."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = write_ledger(home / "ledger.xlsx", lines(rows))
        ours, reference = Ours(home, file, rows), Reference(home, file, rows)
        result = compare("B1", ours, reference, GOAL, f"{rows} rows")
        ours.check()
        return result


def lines(rows: int) -> Iterator[Sequence[Cell]]:
    """Make the rows of a ledger, each another hazard."""
    for number in range(1, rows + 1):
        found = FIRST + timedelta(days=number % 170)
        done = number % 3 == 0
        own: dict[str, Cell] = {
            "乡镇（街道）": TOWNSHIPS[number % len(TOWNSHIPS)],
            "被检查单位": f"{TOWNSHIPS[number % len(TOWNSHIPS)]}第{number % 1999}号楼",
            "隐患描述": f"{number}号点位{WORKS[number % len(WORKS)]}，长约{number % 37 + 1}米",
            "隐患等级": "一般",
            "发现日期": found,
            "整改责任单位": f"乌苏市第{number % 211}责任单位",
            "整改责任人": f"赵{number % 97}",
            "整改措施": MEASURES[number % len(MEASURES)],
            "整改时限": found + timedelta(days=30),
            "整改情况": "已整改" if done else "整改中",
            "完成日期": found + timedelta(days=10) if done else None,
        }
        yield ledger_row(number, **own)


class Ours:
    """The whole way of a return, each time on an application of its own with a fresh copy of a seeded database."""

    def __init__(self, home: Path, file: Path, rows: int, runs: int = RUNS + 1) -> None:
        self._home, self._file, self._rows = home, file, rows
        app = self._application("template")
        with app.app_context():
            upgrade()
            seed()
            db.session.remove()
            db.engine.dispose()
        self._waiting = [self._copy(number) for number in range(runs)]
        self._used: list[Flask] = []

    def __call__(self) -> None:
        """Read, plan, apply and commit once."""
        app = self._waiting.pop()
        self._used.append(app)
        with app.app_context():
            session = db.session()
            read = read_return(self._file, queries.places_for(session, by_code(session, COUNTY)), REPORT_ON)
            with self._file.open("rb") as stream:
                prepared = prepare_file(stream, self._file.name, WORKBOOKS)
            with transaction():
                service.import_at_once(session, SYSTEM, prepared, by_code(session, COUNTY), REPORT_ON, read)

    def check(self) -> None:
        """See that every run registered every row, with its event and in the counters."""
        for app in self._used:
            with app.app_context():
                session = db.session()
                assert session.scalar(select(func.count()).select_from(Hazard)) == self._rows
                assert session.scalar(select(func.count()).select_from(HazardEvent)) == self._rows
                assert verify(session) == []

    def _copy(self, number: int) -> Flask:
        shutil.copyfile(self._home / "template.sqlite3", self._home / f"run-{number}.sqlite3")
        return self._application(f"run-{number}")

    def _application(self, name: str) -> Flask:
        return create_app(
            {
                "SECRET_KEY": "x" * 40,
                "DATA_DIR": str(self._home / "data"),
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{self._home / name}.sqlite3",
            }
        )


class Reference:
    """The bare minimum: calamine's rows into a table of as many columns, by one Core insert."""

    def __init__(self, home: Path, file: Path, rows: int) -> None:
        self._home, self._file, self._rows, self._numbers = home, file, rows, count(1)
        days = {"发现日期", "整改时限", "完成日期", "复查日期"}
        columns = [Column(name, Date if name in days else Text) for name in HEADINGS]
        self._table = Table("ledger", MetaData(), *columns)

    def __call__(self) -> None:
        """Read and insert."""
        engine = create_engine(f"sqlite:///{self._home}/bare-{next(self._numbers)}.sqlite3")
        prepare_engine(engine)
        self._table.create(engine)
        sheet = CalamineWorkbook.from_path(str(self._file)).get_sheet_by_index(0)
        rows = [dict(zip(HEADINGS, map(_none, row), strict=True)) for row in list(sheet.iter_rows())[HEAD:]]
        with engine.begin() as connection:
            connection.execute(self._table.insert(), rows)
            assert connection.scalar(select(func.count()).select_from(self._table)) == self._rows
        engine.dispose()


def _none(value: object) -> object:
    return None if value == "" else value
