"""Merged cells."""

from inspect_app.workbooks.grid import merged_down, row_texts
from inspect_app.workbooks.model import Merge
from tests.returns.county import sheet

GRID = sheet(["a"], [""], ["b"], [""], [""], merges=[Merge(0, 0, 1, 0), Merge(2, 0, 3, 0)])


def test_a_merge_speaks_for_its_cells_and_no_further() -> None:
    assert list(merged_down(GRID, 0, 0, 5)) == ["a", "a", "b", "b", ""]


def test_a_merge_that_begins_above_the_body_says_nothing_in_it() -> None:
    assert list(merged_down(GRID, 0, 1, 5)) == ["a", "", "b", "b", ""]
    assert GRID.columns[0] == ["a", "", "b", "", ""]


def test_a_merge_keeps_what_its_cells_hold_themselves() -> None:
    assert list(merged_down(sheet(["a"], ["own"], merges=[Merge(0, 0, 1, 0)]), 0, 0, 2)) == ["a", "own"]


def test_a_row_as_texts() -> None:
    assert row_texts(sheet([" x ", 1.0, ""]), 0) == ["x", "1", ""]
