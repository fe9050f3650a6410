"""An issued workbook as a file, from its rows as they were kept: it comes out the same whenever it is fetched."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from inspect_app.core import clock
from inspect_app.returns.issuing.definition import IssuedForm, load_form
from inspect_app.returns.issuing.keeping import IssuedRow, restore
from inspect_app.returns.issuing.marks import CHECKSUM, CODE, COUNTY, INFO, checksum_of
from inspect_app.returns.issuing.sources import TOLD
from inspect_app.returns.models import IssuedWorkbook
from inspect_app.workbooks.own import OWN
from inspect_app.workbooks.write import About, Beside, FormRow, write_form

HOW_TO, OFFERED, MARKS = "填表说明", "选项", "系统信息"
WIDE, NARROW = 100, 30


def write_issued(out: BinaryIO, book: IssuedWorkbook, townships: Sequence[str], units: Sequence[str]) -> None:
    """Write the workbook; `townships` and `units` are what its drop-downs propose."""
    form = load_form()
    beside = (
        Beside(HOW_TO, tuple((line,) for line in (f"{OWN}{HOW_TO}", *form.instructions)), (WIDE,)),
        _offered(townships, units),
        _marks(book),
    )
    write_form(out, form.layout, _about(book, form), _rows(form, restore(book.rows)), beside)


def file_name(book: IssuedWorkbook) -> str:
    """Return a name for the file: county, what it is, and the day of its issue."""
    return f"{book.county.name}{load_form().title}_{clock.local(book.issued_at):%Y%m%d}.xlsx"


def _rows(form: IssuedForm, rows: Sequence[IssuedRow]) -> Iterator[FormRow]:
    for serial, row in enumerate(rows, 1):
        shown = row.shown(serial)
        yield FormRow([shown[name] for name in form.sources], [name in row.open_cells for name in form.sources])
    blank = FormRow([None] * len(form.sources), [name not in TOLD for name in form.sources])
    for _ in range(form.blank_rows):
        yield blank


def _offered(townships: Sequence[str], units: Sequence[str]) -> Beside:
    height = max(len(townships), len(units))
    rows = tuple(
        (townships[at] if at < len(townships) else "", units[at] if at < len(units) else "") for at in range(height)
    )
    heads = ((f"{OWN}乡镇（街道）", "单位"),)
    return Beside(OFFERED, heads + rows, (NARROW, NARROW), hidden=True, lists={"list_townships": 1, "list_units": 2})


def _marks(book: IssuedWorkbook) -> Beside:
    rows = ((INFO, ""), (CODE, book.code), (COUNTY, book.county.code), (CHECKSUM, checksum_of(book.rows)))
    return Beside(MARKS, rows, (NARROW, NARROW), hidden=True)


def _about(book: IssuedWorkbook, form: IssuedForm) -> About:
    time = f"{clock.local(book.issued_at):%Y-%m-%d %H:%M}"
    rows = len(book.rows["rows"])
    told = f"截至 {time}　未办结 {rows} 条　灰色供核对，白色可填写　下发编号：{book.code}"
    return About(
        title=f"{book.county.name}{form.title}",
        caption=lambda _count: told,
        footer=f"下发时间 {time}",
        creator="",
        created_at=book.issued_at,
    )
