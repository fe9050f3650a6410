"""A file that was sent: read in a process of its own, kept under its hash between looking at it and importing it."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from inspect_app.checklists.checking import Flaw, problems_of
from inspect_app.checklists.definition import Checklist, Item
from inspect_app.checklists.workbook.columns import BASICS, ITEMS
from inspect_app.checklists.workbook.grouping import head_of
from inspect_app.checklists.workbook.importing import ParentOf, read_checklist
from inspect_app.checklists.workbook.rows import CellProblem
from inspect_app.checklists.workbook.xlsform.reading import read_xlsform
from inspect_app.checklists.workbook.xlsform.report import Report
from inspect_app.checklists.workbook.xlsform.tables import SURVEY
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.evidence import store
from inspect_app.evidence.rules import WORKBOOKS, FileDamaged
from inspect_app.evidence.service import prepare_file
from inspect_app.law.definitions import Register
from inspect_app.sites.rules import CATEGORIES
from inspect_app.workbooks.model import Sheet
from inspect_app.workbooks.read import read_workbook

NEITHER = mark("这个文件里没有“检查项”工作表，也没有 XLSForm 的 survey 工作表。请从检查表页导出 Excel，修改后再上传。")


class Form(StrEnum):
    """How the list is written."""

    EXCEL = "excel"
    XLSFORM = "xlsform"


FORM_LABELS = {Form.EXCEL: mark("检查表 Excel"), Form.XLSFORM: mark("XLSForm 表单")}


@dataclass(frozen=True)
class Sent:
    """What a file says.

    `problems` are those of cells and keep it out; `flaws` are mistakes that a draft may hold until it is tried out, as
    they follow from what XLSForm cannot say. `report` tells what became of an XLSForm.
    """

    form: Form
    checklist: Checklist
    problems: tuple[CellProblem, ...] = ()
    remarks: tuple[CellProblem, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    report: Report | None = None


@dataclass(frozen=True)
class Kept:
    """A file that is stored: its hash and what it was called."""

    sha256: str
    name: str


def read_file(path: Path, register: Register, parent_of: ParentOf, code: str = "") -> Sent:
    """Read a file as a checklist, under another code when one is given; raises FileRefused."""
    sheets = {sheet.name or "": sheet for sheet in read_workbook(path).sheets}
    sent = _read(sheets, register, parent_of)
    if sent.problems:
        return sent
    checklist = recoded(sent.checklist, code.strip()) if code.strip() else sent.checklist
    return replace(sent, checklist=checklist, flaws=problems_of(checklist, register, parent_of(checklist.code)))


def _read(sheets: dict[str, Sheet], register: Register, parent_of: ParentOf) -> Sent:
    named = {name.strip(): sheet for name, sheet in sheets.items()}
    if {ITEMS, BASICS} & named.keys():
        got = read_checklist(named, register, parent_of)
        return Sent(Form.EXCEL, got.checklist, got.problems, got.remarks)
    if any(name.lower() == SURVEY for name in named):
        form = read_xlsform(named)
        return Sent(Form.XLSFORM, form.checklist, report=form.report)
    alone = next((sheet for sheet in named.values() if head_of(sheet)[1]), None)
    if alone is None:
        raise FileRefused("E_NO_HEADER", NEITHER)
    got = read_checklist({**named, ITEMS: alone}, register, parent_of)
    return Sent(Form.EXCEL, got.checklist, got.problems, got.remarks)


def receive(stream: BinaryIO, name: str, look: Callable[[Path], Sent]) -> Kept:
    """Look at what arrives, and keep its bytes under their hash; what cannot be read is not kept."""
    with tempfile.TemporaryDirectory(prefix="checklist-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as file:
            while piece := stream.read(1024 * 1024):
                file.write(piece)
        look(path)
        with path.open("rb") as file:
            prepared = prepare_file(file, name, WORKBOOKS)
    return Kept(prepared.sha256, prepared.original_name)


def path_of(kept: Kept) -> Path:
    """Return where a kept file lies after checking it against its hash; raises FileDamaged."""
    files = store.current()
    if not files.is_whole(kept.sha256):
        raise FileDamaged
    return files.path_of(kept.sha256)


def recoded(checklist: Checklist, code: str) -> Checklist:
    """Return the list under another code, and its own items under codes that go with it."""
    codes = {item.code: _recoded(item.code, checklist.code, code) for item in checklist.items}
    sections = tuple(
        replace(section, items=tuple(_renamed(item, codes) for item in section.items)) for section in checklist.sections
    )
    objects = checklist.objects or ((checklist.code,) if checklist.code in CATEGORIES else ())
    return replace(checklist, code=code, sections=sections, objects=objects)


def _recoded(item: str, old: str, new: str) -> str:
    number = item.removeprefix(f"{old}-")
    return f"{new}-{number}" if number != item else item


def _renamed(item: Item, codes: dict[str, str]) -> Item:
    relevant = tuple(replace(each, item=codes.get(each.item, each.item)) for each in item.relevant)
    return replace(item, code=codes[item.code], relevant=relevant)
