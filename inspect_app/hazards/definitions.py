"""The office's limits, read from `checklists/hazard_rules.toml`."""

from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.hazards.rules import Limits

FILE = Path(__file__).parents[2] / "checklists" / "hazard_rules.toml"
NUMBERS = (
    "plan_over_days",
    "longest_days",
    "extension_lead_days",
    "extensions_general",
    "extensions_major",
    "due_soon_days",
    "recheckers",
    "measures_length",
)


def read_limits(file: Path, problems: Problems) -> Limits:
    """Read the limits, adding mistakes to `problems`; a limit that is left out keeps its default."""
    table = read_file(file, problems)
    return _limits(table) if table else Limits()


@cache
def load_limits() -> Limits:
    """Read the limits once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    limits = read_limits(FILE, problems)
    problems.refuse()
    return limits


def _limits(table: Table) -> Limits:
    numbers = {name: value for name in NUMBERS if (value := table.integer_or_none(name)) is not None}
    for name, value in numbers.items():
        if value < 0:
            table.note(f"{name} 不能小于 0")
    phrases = {"empty_measures": table.texts("empty_measures")} if "empty_measures" in table else {}
    table.finish()
    return Limits(**numbers, **phrases)  # type: ignore[arg-type]
