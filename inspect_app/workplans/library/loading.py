"""Reads `checklists/obligations/*.toml`, naming every mistake at once."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_folder
from inspect_app.workplans.library.definition import Library, Measure, Obligation, Source
from inspect_app.workplans.library.measures import check_measure
from inspect_app.workplans.library.parameters import read_numbers
from inspect_app.workplans.library.words import (
    GROUP_LABELS,
    Condition,
    Evidence,
    Kind,
    Level,
    Moves,
    Of,
    Period,
    Role,
    Scoring,
    Topic,
    Trigger,
)

FOLDER = Path(__file__).parents[3] / "checklists" / "obligations"
CODE = re.compile(r"[A-Z]{2}")
ID = re.compile(r"([A-Z]{2})-(?:\d{2}[a-z]?|B\d)")
NAMED = {Of.TOWNSHIPS: Condition.HAS_TOWNSHIPS, Of.VILLAGES: Condition.HAS_VILLAGES, Of.SCHOOLS: Condition.HAS_SCHOOLS}


@cache
def library() -> Library:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_library(FOLDER, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the folder, adding mistakes to `problems`; returns the ids of the obligations."""
    return [each.code for source in read_library(FOLDER, problems).sources for each in source.obligations]


def read_library(folder: Path, problems: Problems) -> Library:
    """Read one folder; ids are unique, and what overlaps says so on both sides."""
    sources = tuple(_source(table) for table in read_folder(folder, "*.toml", problems))
    if not sources:
        problems.note(folder.name, "", "文件夹中没有义务文件（*.toml）")
    read = Library(sources)
    _check_unique(read, problems)
    _check_overlaps(read, problems)
    return read


def _source(table: Table) -> Source:
    code = table.text("code")
    source = Source(
        code=code,
        place=table.text("place"),
        region=table.text("region"),
        version=table.integer("version"),
        title=table.text("title"),
        number=table.text_or_none("number") or "",
        issuers=table.texts("issuers"),
        issued_on=table.day_or_none("issued_on"),
        reference=table.text("reference"),
        obligations=tuple(_obligation(each, code) for each in table.tables("obligations")),
    )
    table.finish()
    if not CODE.fullmatch(code):
        table.note("code 应为两个大写字母，如 ZY")
    for name in ("issuers", "obligations"):
        if not getattr(source, name):
            table.note(f"{name} 不能为空")
    return source


def read_obligation(table: Table) -> Obligation:
    """Read one obligation, whatever its id; mistakes go to the problems of the table."""
    read = Obligation(
        code=table.text("code"),
        article=table.text("article"),
        title=table.text("title"),
        text=table.text("text"),
        topic=table.choice("topic", Topic),
        roles={role: table.texts(role) for role in Role},
        levels=table.choices("levels", Level),
        conditions=table.choices("conditions", Condition),
        object=table.text("object"),
        kind=table.choice("kind", Kind),
        measure=_measure(table),
        evidence=table.choices("evidence", Evidence),
        scoring=table.choices("scoring", Scoring),
        overlaps=table.texts("overlaps"),
    )
    table.finish()
    _check(table, read)
    check_measure(table, read.kind, read.measure)
    return read


def _obligation(table: Table, source: str) -> Obligation:
    read = read_obligation(table)
    found = ID.fullmatch(read.code)
    if not found or found[1] != source:
        table.note(f"code 应以 {source}- 开头，后面是条号，如 {source}-01a")
    return read


def _measure(table: Table) -> Measure:
    return Measure(
        counted=table.text("counted"),
        unit=table.text("unit"),
        period=table.choice_or_none("period", Period),
        of=table.choice_or_none("of", Of),
        per=table.choice_or_none("per", Of),
        trigger=table.choice_or_none("trigger", Trigger),
        immediately=table.flag("immediately"),
        aspects=table.texts("aspects"),
        options=table.texts("options"),
        faults=table.texts("faults"),
        moves=table.choice_or_none("moves", Moves),
        numbers=read_numbers(table),
    )


def _check(table: Table, read: Obligation) -> None:
    for name in ("levels", "evidence", "scoring"):
        if not getattr(read, name):
            table.note(f"{name} 不能为空")
    actors = [actor for role in Role for actor in read.roles[role]]
    if not (read.roles[Role.LEAD] or read.roles[Role.RESPONSIBLE]):
        table.note("牵头单位（lead）和责任单位（responsible）不能都没有")
    for actor in actors:
        if actor.startswith("@") and actor not in GROUP_LABELS:
            table.note(f"没有单位组 {actor}，应为以下之一：{'、'.join(GROUP_LABELS)}")
    needed = NAMED.get(read.measure.per) if read.measure.per else None
    if needed and needed not in read.conditions:
        table.note(f"per 是 {read.measure.per}，conditions 中应有 {needed}")


def _check_unique(read: Library, problems: Problems) -> None:
    codes = Counter(each.code for source in read.sources for each in source.obligations)
    for source in read.sources:
        for each in source.obligations:
            if codes[each.code] > 1:
                problems.note(source.title, each.code, f"编号出现了 {codes[each.code]} 次")


def _check_overlaps(read: Library, problems: Problems) -> None:
    known = read.obligations
    for each in known.values():
        for other in each.overlaps:
            if other not in known:
                problems.note("obligations", each.code, f"overlaps 中的 {other} 不存在")
            elif other.split("-")[0] == each.code.split("-")[0]:
                problems.note("obligations", each.code, f"overlaps 中的 {other} 与本条同出一份文件")
            elif each.code not in known[other].overlaps:
                problems.note("obligations", other, f"overlaps 中缺少 {each.code}：两边都要写")
