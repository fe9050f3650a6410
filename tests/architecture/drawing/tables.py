"""The tables of the documentation, as Markdown, read from the tables of the code."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from inspect_app.access.permissions import GRANTS, ROLE_LABELS, Permission, Role
from inspect_app.core.lifecycle import Lifecycle, Person, Step
from inspect_app.settings import DEFAULTS
from tests.architecture.drawing.meanings import ELSEWHERE, MEANINGS

Position = Callable[[Any, Person], bool]
YES, NOTHING = "●", ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a Markdown table; a bar inside a cell stays a bar."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def permissions() -> str:
    """Who may do what: a row a permission, a column a role."""
    heads = ["permission", *(f"{ROLE_LABELS[role]}<br>{role.replace('_', ' ')}" for role in Role)]
    rows = ([f"`{each}`", *(YES if each in GRANTS[role] else NOTHING for role in Role)] for each in Permission)
    return table(heads, rows)


def steps(machine: Lifecycle) -> str:
    """A row a step; the same step from several states is one row."""
    families: dict[Any, list[Step]] = {}
    for step in machine.steps:
        key = (step.action, step.target, step.label, step.permission, *step.needs, step.position, *step.conditions)
        families.setdefault(key, []).append(step)
    heads = ["action", "from", "to", "who may", "facts asked for", "conditions, as the user reads them"]
    return table(heads, (_row(machine, family) for family in families.values()))


def _row(machine: Lifecycle, family: Sequence[Step]) -> Sequence[str]:
    step = family[0]
    roles = "、".join(ROLE_LABELS[role] for role in Role if step.permission in GRANTS[role])
    where = position_name(step)
    return (
        f"**{step.label}**<br>`{step.action}`",
        "<br>".join(machine.states[each.source] for each in family),
        machine.states[step.target],
        f"{roles}<br>`{step.permission}`" + (f", {where}" if where else ""),
        "<br>".join(step.needs.values()),
        "<br>".join(condition.sentence for condition in step.conditions),
    )


def position_name(step: Step) -> str:
    """Name of the question where the person stands, in words; empty where it does not matter."""
    is_default = step.position is Step.__dataclass_fields__["position"].default
    return "" if is_default else step.position.__name__.strip("_").replace("_", " ")


def positions(machine: Lifecycle) -> str:
    """What each of these questions asks, as a list."""
    asked = {position_name(step): _answer(step.position) for step in machine.steps if position_name(step)}
    return "\n".join(f"- *{name}*: {answer}" for name, answer in sorted(asked.items()) if answer)


def _answer(position: Position) -> str:
    """First line of the docstring of a position, or of the public function that it hands on to."""
    public = getattr(sys.modules[position.__module__], position.__name__.strip("_"), position)
    return (position.__doc__ or public.__doc__ or "").strip().split("\n")[0]


def settings() -> str:
    """Every setting with a default: its variable, what holds without it, and what it means."""
    rows = ((f"`FLASK_{name}`", f"`{written(value)}`", MEANINGS.get(name, "")) for name, value in all_settings())
    return table(["variable", "default", "meaning"], rows)


def all_settings() -> Iterator[tuple[str, object]]:
    """Give the settings of the application and those which a package keeps for itself."""
    yield from {**DEFAULTS, **ELSEWHERE}.items()


def written(value: object) -> str:
    """Write a value as it would stand in the environment."""
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()))
    return value if isinstance(value, str) else json.dumps(value)
