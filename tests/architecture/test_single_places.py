"""Some things are done in one place only: committing, reading the clock, moving a thing to its next state."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, ours

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def source_of(text: str) -> ast.Module:
    return ast.parse(text)


def commits(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node


def clock_readings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if (owner, node.attr) in CLOCKS:
            yield node


def state_assignments(tree: ast.Module) -> Iterator[ast.stmt | ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [leaf for target in targets for leaf in ast.walk(target)]
            if any(isinstance(leaf, ast.Attribute) and leaf.attr == "state" for leaf in flat):
                yield node
        elif isinstance(node, ast.Call) and (is_setattr_of_state(node) or is_update_of_state(node)):
            yield node


def is_setattr_of_state(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Name) and call.func.id == "setattr"
    return named and any(isinstance(argument, ast.Constant) and argument.value == "state" for argument in call.args)


def is_update_of_state(call: ast.Call) -> bool:
    names_state = any(keyword.arg == "state" for keyword in call.keywords)
    is_values = isinstance(call.func, ast.Attribute) and call.func.attr == "values"
    return names_state and is_values and any(isinstance(n, ast.Name) and n.id == "update" for n in ast.walk(call.func))


def found_outside(place: str, finder: object) -> list[str]:
    assert callable(finder)
    return [source.at(node) for source in ours() if source.name != place for node in finder(source.tree)]


def test_only_core_database_commits() -> None:
    assert not found_outside("inspect_app.core.database", commits)


def test_only_core_clock_reads_the_clock() -> None:
    assert not found_outside("inspect_app.core.clock", clock_readings)


def test_only_core_lifecycle_assigns_a_state() -> None:
    assert not found_outside("inspect_app.core.lifecycle", state_assignments)


@pytest.mark.parametrize(
    ("finder", "text"),
    [
        (commits, "db.session.commit()"),
        (clock_readings, "datetime.now(UTC)"),
        (clock_readings, "datetime.date.today()"),
        (clock_readings, "time.time()"),
        (state_assignments, "hazard.state = 'closed'"),
        (state_assignments, "hazard.state, a = 'closed', 1"),
        (state_assignments, "setattr(hazard, 'state', 'closed')"),
        (state_assignments, "session.execute(update(Hazard).where(x).values(state='closed'))"),
    ],
)
def test_the_finders_find(finder: object, text: str) -> None:
    assert callable(finder)
    assert list(finder(source_of(text)))


def test_a_module_is_named_after_its_subject() -> None:
    empty_names = {"utils", "util", "helpers", "helper", "common", "misc"}
    found: list[Source] = [source for source in ours() if empty_names & set(source.name.split("."))]
    assert not found
