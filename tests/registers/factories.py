"""Registers for tests: invented entries under each definition, workbooks filled from the template, files sent."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core import clock
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.registers import service
from inspect_app.registers.definition import Column, ColumnType, Register
from inspect_app.registers.importing.reading import read_register
from inspect_app.registers.importing.service import Parcel, receive
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterEntry, RegisterImport
from inspect_app.registers.sheet import write_template
from inspect_app.workbooks.compose import PlainSheet, compose

COUNTY, OTHER_COUNTY = "654202", "654221"
FIRST_ROW = 2


def county(session: Session, code: str = COUNTY) -> Region:
    return by_code(session, code)


def township(session: Session, place: int = 0, code: str = COUNTY) -> Region:
    civil = [region for region in townships_of(session, county(session, code).id) if region.kind == "civil"]
    return civil[place]


def example(column: Column, number: int) -> Any:  # noqa: ANN401, PLR0911 - as the type of the column has it
    """Return something to write into a cell of a column."""
    most = 10**9 if column.maximum is None else column.maximum
    if column.type == ColumnType.INTEGER:
        return min(int(column.minimum or 0) + number, int(most))
    if column.type == ColumnType.DECIMAL:
        return min(float(column.minimum or 0) + number / 4, float(most))
    if column.type == ColumnType.DATE:
        return date(2026, 5, 1) + timedelta(days=number)
    if column.type == ColumnType.CHOICE:
        return column.words[number % len(column.words)]
    if column.type == ColumnType.YES_NO:
        return "是" if number % 2 else "否"
    if column.type == ColumnType.PHONE:
        return f"1390000{number:04d}"
    return f"{column.heading}{number}"


def filled_template(
    session: Session, register: Register, path: Path, *rows: dict[str, Any], code: str = COUNTY, actor: Actor = SYSTEM
) -> Path:
    """Write the template of a county, and further rows into it, by the codes of their columns."""
    out = BytesIO()
    write_template(session, actor, register, county(session, code), out)
    book = load_workbook(BytesIO(out.getvalue()))
    sheet = book[register.title]
    heads = {str(cell.value).rstrip("*"): place for place, cell in enumerate(sheet[1], 1)}
    columns = {"reference": "编号", **{column.code: column.title for column in register.columns}}
    first = next(n for n in range(2, sheet.max_row + 2) if all(cell.value is None for cell in sheet[n]))
    for number, row in enumerate(rows, first):
        for name, value in row.items():
            sheet.cell(number, heads[columns[name]], value)
    book.save(path)
    return path


def rows_of(register: Register, places: list[str], count: int) -> list[dict[str, Any]]:
    """Return so many full rows for a register, each in one of the townships."""
    made = []
    for number in range(1, count + 1):
        row = {column.code: example(column, number) for column in register.valued}
        if register.region_column:
            row[register.region_column.code] = places[number % len(places)]
        made.append(row)
    return made


def plain_file(path: Path, *rows: Sequence[Any], sheet: str = "台账") -> Path:
    compose(path, [PlainSheet(sheet, rows)])
    return path


def send(
    session: Session, actor: Actor, code: str, path: Path, as_of: date | None = None, county_code: str = COUNTY
) -> RegisterImport:
    """Take a file in; needs a transaction around it."""
    register = register_of(code)
    read = read_register(path, register, clock.today())
    with path.open("rb") as stream:
        prepared = prepare_file(stream, path.name, WORKBOOKS)
    parcel = Parcel(register, county(session, county_code), as_of or clock.today(), read)
    return receive(session, actor, parcel, prepared)


def add_shelter(session: Session, name: str = "人民广场避难场所", code: str = COUNTY, **over: Any) -> RegisterEntry:  # noqa: ANN401
    """Add a shelter by hand; needs a transaction around it."""
    as_of = over.pop("as_of", clock.today())
    values = {"name": name, "capacity": "3000", "area_m2": "4500.5", "updated_on": "2026-06-01", **over}
    said = service.Said(township(session, code=code), values, as_of)
    return service.add(session, SYSTEM, register_of("shelters"), county(session, code), said)
