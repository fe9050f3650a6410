"""Lists that are filled together on one journey, read from `checklists/combinations.toml` (domain reference §4.0)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspect_app.checklists.loading import FOLDER, read_library
from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections.kinds import KINDS
from inspect_app.sites.rules import CATEGORIES

FILE = FOLDER / "combinations.toml"


@dataclass(frozen=True)
class Combination:
    """A visit to a site of category `site` with several lists, and `least` to `most` other objects of its county."""

    code: str
    title: str
    site: str
    lists: tuple[str, ...]
    least: int
    most: int
    kind: str


def combination(code: str) -> Combination:
    """Return a combination by its code, or raise NotFound."""
    found = load_combinations().get(code)
    if found is None:
        raise NotFound(mark("没有编号为“%(code)s”的检查组合。"), code=code)
    return found


def combinations_for(category: str) -> list[Combination]:
    """List the combinations that a site of this category may be visited with."""
    return [each for each in load_combinations().values() if each.site == category]


def read_combinations(
    file: Path, problems: Problems, known: Collection[str] | None = None
) -> Mapping[str, Combination]:
    """Read the combinations by code, adding mistakes to `problems`; `known` are the codes of the lists there are."""
    table = read_file(file, problems)
    if table is None:
        return {}
    found: dict[str, Combination] = {}
    for each in table.tables("combinations"):
        made = _read(each, known)
        if made.code in found:
            each.note(f"检查组合 {made.code} 重复")
        found[made.code] = made
    table.finish()
    return found


@cache
def load_combinations() -> Mapping[str, Combination]:
    """Read the combinations once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    found = read_combinations(FILE, problems)
    problems.refuse()
    return found


def check_combinations(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; return the codes."""
    return list(read_combinations(FILE, problems, read_library(FOLDER, Problems()).checklists))


def _read(table: Table, known: Collection[str] | None) -> Combination:
    objects = table.table("objects")
    made = Combination(
        code=table.text("code"),
        title=table.text("title"),
        site=table.text("site"),
        lists=table.texts("lists"),
        least=objects.integer("least"),
        most=objects.integer("most"),
        kind=table.text("kind"),
    )
    objects.finish()
    table.finish()
    _note_flaws(made, table, known)
    return made


def _note_flaws(made: Combination, table: Table, known: Collection[str] | None) -> None:
    if made.site not in CATEGORIES:
        table.note(f"没有检查对象类别 {made.site}")
    if made.kind not in KINDS:
        table.note(f"没有检查方式 {made.kind}；可用：{'、'.join(KINDS)}")
    if not made.lists or len(set(made.lists)) < len(made.lists):
        table.note("lists 至少一张检查表，不能重复")
    if not 0 <= made.least <= made.most:
        table.note("objects 的 least 不能小于 0，也不能大于 most")
    for code in made.lists:
        if known is not None and code not in known:
            table.note(f"没有检查表 {code}")
