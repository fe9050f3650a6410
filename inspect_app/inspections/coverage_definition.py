"""Which kinds of visits count for which figure of coverage, read from `checklists/coverage.toml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.inspections.kinds import KINDS

FILE = Path(__file__).parents[2] / "checklists" / "coverage.toml"


@dataclass(frozen=True)
class Counting:
    """The kinds of visits that count as a special inspection, and as a county, township or site visited."""

    special: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def read_counting(file: Path, problems: Problems) -> Counting:
    """Read what counts, adding mistakes to `problems`."""
    table = read_file(file, problems)
    if table is None:
        return Counting()
    found = Counting(*(_kinds(table, name) for name in ("special", "counties", "townships", "sites")))
    table.finish()
    return found


@cache
def load_counting() -> Counting:
    """Read what counts once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    counting = read_counting(FILE, problems)
    problems.refuse()
    return counting


def check_definitions(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; return its name."""
    read_counting(FILE, problems)
    return [FILE.stem]


def _kinds(table: Table, name: str) -> tuple[str, ...]:
    kinds = table.texts(name)
    if not kinds:
        table.note(f"{name} 至少要写一种检查方式")
    for kind in kinds:
        if kind not in KINDS:
            table.note(f"{name} 中没有检查方式 {kind}；可用：{'、'.join(KINDS)}")
    return kinds
