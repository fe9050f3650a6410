"""The pictures and tables in `docs/` are those that the code makes now, and they can be read."""

from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.access.permissions import Permission
from inspect_app.core.lifecycle import Lifecycle, Step
from tests.architecture.drawing import floors, imports, tables
from tests.architecture.drawing.documents import DOCS, documents, filled
from tests.architecture.drawing.life_layout import BOX, LANE, Layout
from tests.architecture.drawing.lives import lifecycles, main_path, routes
from tests.architecture.drawing.meanings import ELSEWHERE, MEANINGS
from tests.architecture.drawing.spreading import spread
from tests.architecture.drawing.svg import room_of, wrap
from tests.architecture.sources import PACKAGE, ROOT

LIVES = sorted(lifecycles().items())
MAKE = "run `python -m tests.architecture.drawing` and commit what it writes"


@pytest.fixture(scope="module")
def made() -> Mapping[Path, str]:
    """Make everything once."""
    return documents()


def test_pages_and_pictures_are_what_the_code_makes_now(made: Mapping[Path, str]) -> None:
    stale = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    assert not [str(path.relative_to(ROOT)) for path in stale], MAKE


def test_no_picture_of_a_life_outlives_its_table(made: Mapping[Path, str]) -> None:
    assert set((DOCS / "pictures").glob("*-life.svg")) <= set(made)


def test_the_pages_that_show_tables_of_the_code_are_among_them(made: Mapping[Path, str]) -> None:
    assert {"architecture.md", "lifecycles.md", "operations.md", "floors.svg"} <= {path.name for path in made}


def test_every_setting_is_explained_and_nothing_else() -> None:
    assert {name for name, _ in tables.all_settings()} == set(MEANINGS)


def test_settings_kept_by_packages_have_the_defaults_that_are_told(app: Flask) -> None:
    assert {name: app.config[name] for name in ELSEWHERE} == ELSEWHERE


def test_every_package_stands_on_a_floor_and_imports_lead_down() -> None:
    row_of = {name: row for row, layer in enumerate(imports.floors()) for name in layer}
    found = imports.imports()
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= set(found)
    assert all(row_of[importer] < row_of[imported] for importer, low in found.items() for imported in low)


def test_what_follows_from_other_imports_is_not_drawn() -> None:
    assert imports.reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == [("a", "b"), ("b", "c")]


def test_boxes_and_passing_arrows_of_a_floor_keep_apart() -> None:
    made = floors.plan(imports.floors(), imports.reduced(imports.imports()))
    for row in made.rows:
        for left, right in pairwise(row):
            assert made.x[right] - made.x[left] >= (left.size + right.size) / 2
        assert all(knot.size / 2 <= made.x[knot] <= floors.WIDTH - knot.size / 2 for knot in row)


@pytest.mark.parametrize(("package", "machine"), LIVES, ids=[package for package, _ in LIVES])
def test_every_step_of_a_life_is_in_its_picture(package: str, machine: Lifecycle) -> None:
    layout = Layout(machine)
    drawn = {(a, b) for a, b, _ in layout.along}
    drawn |= {(start, route.end) for route in layout.routes for start in route.starts}
    assert drawn == {(step.source, step.target) for step in machine.steps}, package
    shown = "".join(text for route in layout.routes for text in route.labels.values())
    shown += "".join(text for _, _, text in layout.along)
    assert all(step.label in shown for step in machine.steps)


@pytest.mark.parametrize(("package", "machine"), LIVES, ids=[package for package, _ in LIVES])
def test_boxes_and_lines_of_a_life_keep_apart(package: str, machine: Lifecycle) -> None:
    layout = Layout(machine)
    for one, other in combinations(layout.y, 2):
        if layout.left_of(one) == layout.left_of(other):
            room = (layout.height(one) + layout.height(other)) / 2
            assert abs(layout.y[one] - layout.y[other]) >= room, (package, one, other)
    lanes = [(layout.lane_x(number), *layout._span(number)) for number in range(len(layout.routes))]
    for (x, low, high), (other_x, other_low, other_high) in combinations(lanes, 2):
        assert abs(x - other_x) >= LANE or high < other_low or other_high < low
    assert layout.size[0] <= 1200
    assert all(layout.left_of(state) + BOX <= layout.size[0] for state in layout.y)


def life(*rows: tuple[str, str, str, bool], final: str) -> Lifecycle:
    states = {state: state for row in rows for state in row[1:3]}
    made = [Step(a, b, c, Permission.VIEW_SITES, a, primary=d) for a, b, c, d in rows]
    return Lifecycle("thing", states, rows[0][1], [final, "gone"], made)


THING = life(
    ("go", "new", "ready", True),
    ("check", "ready", "checked", True),
    ("skip", "new", "checked", False),
    ("drop", "new", "gone", False),
    ("drop", "ready", "gone", False),
    ("back", "checked", "new", False),
    ("end", "checked", "over", True),
    final="over",
)


def test_the_main_path_takes_the_primary_steps() -> None:
    assert main_path(THING) == ["new", "ready", "checked", "over"]


def test_the_same_step_from_several_states_shares_a_line() -> None:
    found = {(route.starts, route.end, route.side, route.back) for route in routes(THING, main_path(THING))}
    assert found == {
        (("new",), "checked", "left", False),
        (("new", "ready"), "gone", "right", False),
        (("checked",), "new", "left", True),
    }


def test_things_in_a_row_stand_as_near_to_their_wish_as_the_others_let_them() -> None:
    assert spread([10, 100], [20, 20], 5, 0, 200) == [10, 100]
    assert spread([50, 50], [20, 20], 10, 0, 200) == [35, 65]
    assert spread([-50, 500], [20, 20], 10, 0, 200) == [10, 190]


def test_a_row_too_long_for_its_room_begins_at_the_edge() -> None:
    assert spread([50, 50], [20, 20], 10, 0, 30) == [10, 40]


def test_words_are_broken_to_their_room_and_nothing_is_lost() -> None:
    text = "Inspected objects (检查对象) with their seismic card."
    lines = wrap(text, 12, 120)
    assert len(lines) > 1
    assert all(room_of(line, 12) <= 120 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    assert tables.table(["a"], [["x | y"]]).splitlines()[2] == "| x &#124; y |"


def test_a_generated_part_is_replaced_and_the_rest_kept() -> None:
    page = "before\n<!-- generated: rows -->\nold\n<!-- end -->\nafter\n"
    assert filled(page, {"rows": "new"}) == "before\n<!-- generated: rows -->\n\nnew\n\n<!-- end -->\nafter\n"
