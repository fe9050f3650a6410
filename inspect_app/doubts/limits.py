"""When something is doubtful, read from `checklists/doubts.toml`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file

FILE = Path(__file__).parents[2] / "checklists" / "doubts.toml"


@dataclass(frozen=True)
class Limits:
    """The office's figures; days are natural days, distances metres."""

    period_days: int
    recent_days: int
    wider_days: int
    seconds_per_item: int
    radius_m: int
    gcj_offset_m: int
    clean_sheets: int
    silent_days: int
    neighbours_found: int

    @property
    def windows(self) -> Sequence[int]:
        """How many days back may be looked, the fewest first."""
        return self.recent_days, self.wider_days, self.period_days


def read_limits(file: Path, problems: Problems) -> Limits | None:
    """Read the limits, adding mistakes to `problems`; None when the file cannot be read."""
    table = read_file(file, problems)
    return _limits(table) if table else None


@cache
def load_limits() -> Limits:
    """Read the limits once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    limits = read_limits(FILE, problems)
    problems.refuse()
    assert limits is not None  # noqa: S101 - refused otherwise
    return limits


def _limits(table: Table) -> Limits:
    figures = {each.name: table.integer(each.name) for each in fields(Limits)}
    for name, value in figures.items():
        if value < 0:
            table.note(f"{name} 不能小于 0")
    if not figures["recent_days"] < figures["wider_days"] < figures["period_days"]:
        table.note("recent_days、wider_days、period_days 应当一个比一个大")
    table.finish()
    return Limits(**figures)
