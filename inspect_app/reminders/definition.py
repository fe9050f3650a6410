"""What the office sets for its reminders, read from `checklists/reminders.toml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file

FILE = Path(__file__).parents[2] / "checklists" / "reminders.toml"
NUMBERS = ("review_days", "lines", "retry_days", "tries")


@dataclass(frozen=True)
class Rules:
    """The office's figures; days are natural days, `due_days` are ascending."""

    due_days: tuple[int, ...]
    review_days: int
    lines: int
    retry_days: int
    tries: int

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the first and last day before the due date of each degree, the nearest first: (0, 1), (2, 3)."""
        firsts = (0, *(days + 1 for days in self.due_days))
        return tuple(zip(firsts, self.due_days, strict=False))


def read_rules(file: Path, problems: Problems) -> Rules | None:
    """Read the rules, adding mistakes to `problems`; None when the file cannot be read."""
    table = read_file(file, problems)
    return _rules(table) if table else None


@cache
def load_rules() -> Rules:
    """Read the rules once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    rules = read_rules(FILE, problems)
    problems.refuse()
    assert rules is not None  # noqa: S101 - refused otherwise
    return rules


def _rules(table: Table) -> Rules:
    numbers = {name: table.integer(name) for name in NUMBERS}
    for name, value in numbers.items():
        if value < 1:
            table.note(f"{name} 不能小于 1")
    due_days = tuple(_days(degree) for degree in table.tables("due"))
    if not due_days or len(set(due_days)) < len(due_days):
        table.note("due 至少要有一档，且各档天数不能相同")
    table.finish()
    return Rules(tuple(sorted(due_days)), **numbers)


def _days(degree: Table) -> int:
    days = degree.integer("days")
    if days < 0:
        degree.note("days 不能小于 0")
    degree.finish()
    return days
