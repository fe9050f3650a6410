"""Reading `checklists/*.toml`: the register of bases and one list a file, with all mistakes of all files at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from inspect_app.checklists.checking import problems_of
from inspect_app.checklists.checking.lists import SHIPPED_CODE
from inspect_app.checklists.definition import (
    Checklist,
    Citation,
    Deadline,
    DeadlineKind,
    Evidence,
    FirstMeasure,
    Item,
    Part,
    Relevance,
    Section,
    Severity,
)
from inspect_app.checklists.reading import read_question
from inspect_app.core.definitions import Problems, Table, read_folder
from inspect_app.law.definitions import Register, read_register

FOLDER = Path(__file__).parents[2] / "checklists"
LIST_FILES = "C[0-9]*.toml"


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
        checklist = _read_checklist(table)
        _note_flaws(checklist, register, table)
        if checklist.code in checklists:
            table.note(f"检查表 {checklist.code} 在另一个文件中已经定义")
        if not SHIPPED_CODE.fullmatch(checklist.code) or table.file != f"{checklist.code}.toml":
            table.note(f"检查表编号“{checklist.code}”应与文件名相同，形如 C01 或 C07a")
        checklists[checklist.code] = checklist
    return Library(checklists, register)


def _read_checklist(table: Table) -> Checklist:
    checklist = Checklist(
        code=table.text("code"),
        version=table.integer("version"),
        title=table.text("title"),
        checked=table.text("checked"),
        checkers=table.text("checkers"),
        pass_mark=table.decimal("pass_mark"),
        sections=tuple(_read_section(each) for each in table.tables("sections")),
        objects=table.texts("objects"),
    )
    table.finish()
    return checklist


def _note_flaws(checklist: Checklist, register: Register, table: Table) -> None:
    """Note what no single field shows; what is missing was noted when it was asked for."""
    for flaw in problems_of(checklist, register):
        if not flaw.gap:
            table.problems.note(table.file, flaw.item, f"{flaw.field}：{flaw.sentence}")


def _read_section(table: Table) -> Section:
    section = Section(
        code=table.text("code"),
        title=table.text("title"),
        items=tuple(_read_item(each) for each in table.tables("items")),
    )
    table.finish()
    return section


def _read_item(table: Table) -> Item:
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
        citations=tuple(_read_citation(each) for each in table.tables("bases")),
        relevant=tuple(_read_relevance(each) for each in table.tables("relevant")),
        required=table.flag("required", default=True),
        locked=table.flag("locked"),
    )
    table.finish()
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
    return deadline


def _read_relevance(table: Table) -> Relevance:
    relevance = Relevance(
        item=table.text("item"),
        part=table.text_or_none("part") or "",
        any_of=table.texts("any_of"),
        at_least=table.decimal_or_none("at_least"),
        at_most=table.decimal_or_none("at_most"),
    )
    table.finish()
    return relevance


def _read_citation(table: Table) -> Citation:
    citation = Citation(table.text("basis"), table.text_or_none("article"))
    table.finish()
    return citation
