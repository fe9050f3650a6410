"""Reads `checklists/quakes/clocks.toml`, naming every mistake at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.quakes.definition import Clock, Definitions, Rule, Starts
from inspect_app.quakes.words import FaultKind, ReportKind
from inspect_app.workplans.library.definition import Measure, Obligation, Parameter
from inspect_app.workplans.library.loading import FOLDER as LIBRARY_FOLDER
from inspect_app.workplans.library.loading import read_library
from inspect_app.workplans.library.parameters import REGION, read_numbers
from inspect_app.workplans.library.words import Kind, Level, Role, Topic, Trigger

FILE = Path(__file__).parents[2] / "checklists" / "quakes" / "clocks.toml"
Library = Mapping[str, Obligation]


@cache
def definitions() -> Definitions:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_definitions(FILE, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; returns the codes of the clocks."""
    return list(read_definitions(FILE, problems).clocks)


def read_definitions(path: Path, problems: Problems) -> Definitions:
    """Read one file, adding mistakes to `problems`; obligations are looked up in the library."""
    library = read_library(LIBRARY_FOLDER, Problems()).obligations
    table = read_file(path, problems)
    if table is None:
        return Definitions(0, {}, (), {})
    clocks = [_clock(each, library) for each in table.tables("clocks")]
    read = Definitions(
        version=table.integer("version"),
        clocks={each.code: each for each in clocks},
        anomaly=_rules(table, "anomaly", library, Trigger.ANOMALY),
        penalties=_penalties(table.table("penalties")),
    )
    table.finish()
    if len(read.clocks) < len(clocks):
        table.note("clocks 的 code 重复")
    return read


def _clock(table: Table, library: Library) -> Clock:
    read = Clock(
        code=table.text("code"),
        title=table.text("title"),
        text=table.text("text"),
        kind=table.choice("kind", ReportKind),
        starts=table.choice("starts", Starts),
        rules=_rules(table, "rules", library, Trigger.QUAKE),
    )
    table.finish()
    return read


def _rules(table: Table, name: str, library: Library, trigger: Trigger) -> tuple[Rule, ...]:
    read = tuple(_rule(each, library, trigger) for each in table.tables(name))
    for (region, level), count in Counter((each.region, each.level) for each in read).items():
        if count > 1:
            table.note(f"{region} 在 {level} 一级写了 {count} 条规则，只能有一条")
    return read


def _rule(table: Table, library: Library, trigger: Trigger) -> Rule:
    code = table.text_or_none("obligation") or ""
    proposals = table.flag("proposals")
    level = table.choice("level", Level)
    read = Rule(
        region=table.text("region"),
        level=level,
        owed_by=table.texts("owed_by"),
        receivers=table.texts("receivers"),
        obligation=code,
        proposals=proposals,
        asked=_asked(library.get(code), read_numbers(table), level, trigger, proposals=proposals),
    )
    table.finish()
    if not REGION.fullmatch(read.region):
        table.note(f"区划代码 {read.region} 不对，应为 2、4、6、9 或 12 位数字")
    if code and code not in library:
        table.note(f"义务库中没有 {code}")
    if not read.owed_by:
        table.note("owed_by 不能为空：要写明由谁承担")
    return read


def _asked(
    base: Obligation | None,
    own: tuple[tuple[str, Parameter], ...],
    level: Level,
    trigger: Trigger,
    *,
    proposals: bool,
) -> Obligation:
    """Return an obligation with the numbers of both, those of the rule first; a proposal not taken has no number."""
    known = base or _blank()
    merged = {**dict(known.measure.numbers), **dict(own)}
    numbers = tuple(
        (role, each if proposals or not each.proposal else replace(each, settings=())) for role, each in merged.items()
    )
    measure = replace(known.measure, trigger=trigger, immediately=False, numbers=numbers)
    return replace(known, levels=(level,), conditions=(), measure=measure)


def _blank() -> Obligation:
    return Obligation(
        code="", article="", title="", text="", topic=Topic.DUTY_REPORT, roles=dict.fromkeys(Role, ()), levels=(),
        conditions=(), object="", kind=Kind.RESPONSE, measure=Measure("", ""), evidence=(), scoring=(), overlaps=(),
    )  # fmt: skip


def _penalties(table: Table) -> Mapping[FaultKind, Decimal]:
    found = {kind: table.decimal_or_none(kind.value) for kind in FaultKind}
    table.finish()
    for kind, value in found.items():
        if value is not None and value < 0:
            table.note(f"{kind.value} 的罚分不能小于 0")
    return {kind: value for kind, value in found.items() if value is not None}
