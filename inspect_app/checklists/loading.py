"""Reading `checklists/*.toml`: the register of bases and one list a file, with all mistakes of all files at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from inspect_app.checklists.checking import check_item, check_list
from inspect_app.checklists.definition import (
    Checklist,
    Citation,
    Deadline,
    DeadlineKind,
    Evidence,
    FirstMeasure,
    Item,
    Part,
    Section,
    Severity,
)
from inspect_app.checklists.reading import read_question
from inspect_app.core.definitions import Problems, Table, read_folder
from inspect_app.law.definitions import Register, read_register

FOLDER = Path(__file__).parents[2] / "checklists"
LIST_FILES = "C[0-9]*.toml"
LIST_CODE = re.compile(r"C\d\d[a-z]?")


@dataclass(frozen=True)
class Library:
    """All lists by code, and the register their items cite."""

    checklists: Mapping[str, Checklist]
    register: Register


def load_library(folder: Path = FOLDER) -> Library:
    """Read everything; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    library = read_library(folder, problems)
    problems.refuse()
    return library


def read_library(folder: Path, problems: Problems) -> Library:
    """Read everything, adding the mistakes to `problems`; lists with mistakes are in the result all the same."""
    register = read_register(folder / "bases.toml", problems)
    checklists: dict[str, Checklist] = {}
    for table in read_folder(folder, LIST_FILES, problems):
        checklist = _read_checklist(table, register)
        if checklist.code in checklists:
            table.note(f"检查表 {checklist.code} 在另一个文件中已经定义")
        if not LIST_CODE.fullmatch(checklist.code) or table.file != f"{checklist.code}.toml":
            table.note(f"检查表编号“{checklist.code}”应与文件名相同，形如 C01 或 C07a")
        checklists[checklist.code] = checklist
    return Library(checklists, register)


def _read_checklist(table: Table, register: Register) -> Checklist:
    checklist = Checklist(
        code=table.text("code"),
        version=table.integer("version"),
        title=table.text("title"),
        checked=table.text("checked"),
        checkers=table.text("checkers"),
        pass_mark=table.decimal("pass_mark"),
        sections=tuple(_read_section(each, register) for each in table.tables("sections")),
    )
    table.finish()
    check_list(checklist, table)
    return checklist


def _read_section(table: Table, register: Register) -> Section:
    section = Section(
        code=table.text("code"),
        title=table.text("title"),
        items=tuple(_read_item(each, register) for each in table.tables("items")),
    )
    table.finish()
    return section


def _read_item(table: Table, register: Register) -> Item:
    item = Item(
        code=table.text("code"),
        text=table.text("text"),
        guidance=table.text("guidance"),
        parts=_read_parts(table),
        severity=table.choice("severity", Severity),
        veto=table.flag("veto"),
        weight=table.decimal("weight"),
        deadline=_read_deadline(table.table("deadline")),
        evidence=table.choices("evidence", Evidence),
        citations=tuple(_read_citation(each, register) for each in table.tables("bases")),
    )
    table.finish()
    check_item(item, table)
    return item


def _read_parts(table: Table) -> tuple[Part, ...]:
    if "parts" not in table:
        answer = table.table("answer")
        part = Part(read_question(answer), na_allowed=answer.flag("na"))
        answer.finish()
        return (part,)
    if "answer" in table:
        table.note("answer 与 parts 只能写一个")
    return tuple(_read_part(each) for each in table.tables("parts"))


def _read_part(table: Table) -> Part:
    share = table.decimal_or_none("share")
    part = Part(
        question=read_question(table),
        code=table.text("code"),
        label=table.text("label"),
        share=Decimal(0) if share is None else share,
        na_allowed=table.flag("na"),
        gate=table.flag("gate"),
        veto=table.flag("veto"),
    )
    table.finish()
    return part


def _read_deadline(table: Table) -> Deadline:
    deadline = Deadline(
        kind=table.choice("kind", DeadlineKind),
        days=table.integer_or_none("days"),
        first=table.choice_or_none("first", FirstMeasure),
    )
    table.finish()
    counted = deadline.kind in (DeadlineKind.DAYS, DeadlineKind.PLAN)
    if counted != (deadline.days is not None):
        table.note(f"期限 {deadline.kind.value} {'必须' if counted else '不能'}写天数 days")
    if deadline.days is not None and deadline.days <= 0:
        table.note("期限的天数 days 应大于 0")
    return deadline


def _read_citation(table: Table, register: Register) -> Citation:
    citation = Citation(table.text("basis"), table.text_or_none("article"))
    table.finish()
    if citation.basis not in register:
        table.note(f"依据 {citation.basis} 不在登记册 bases.toml 中")
    return citation
