"""The search through the parts of an archive as they stream by."""

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.limits import DEFAULT
from inspect_app.workbooks.parts import PartScan, column_index
from tests.workbooks import hostile


def scan(xml: str, step: int = 1 << 20) -> PartScan:
    found = PartScan(DEFAULT)
    data = xml.encode()
    for start in range(0, len(data), step):
        found.feed(data[start : start + step])
    found.finish()
    return found


@pytest.mark.parametrize("step", [7, 40, 5000])
def test_an_error_cell_is_found_wherever_the_chunks_are_cut(step: int) -> None:
    xml = hostile.sheet(hostile.row(2, hostile.text_cell("A2", "x"), '<c r="AB2" s="1" t="e"><v>#REF!</v></c>'))
    assert scan(xml, step).facts.errors == {(1, 27): "#REF!"}


def test_prefixed_names_and_single_quotes_are_understood() -> None:
    xml = hostile.sheet(hostile.row(1, "<x:c r='A1' t='e'><x:v>#N/A</x:v></x:c>", "<x:c r='B1'><x:f>A1</x:f></x:c>"))
    assert scan(xml).facts.errors == {(0, 0): "#N/A", (0, 1): ""}


def test_hidden_rows_are_found_in_any_order_of_attributes() -> None:
    xml = hostile.sheet('<row hidden="1" r="3"/>', '<row r="4" hidden="true"/>', '<row r="5" hidden="0"/>')
    assert scan(xml).facts.hidden_rows == [2, 3]


def test_many_flat_cells_are_not_deep() -> None:
    scan(hostile.sheet("".join(f'<row r="{number}"><c r="A{number}" s="3"/></row>' for number in range(1, 5000))))


def test_columns_count_from_a() -> None:
    assert [column_index(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]


@pytest.mark.parametrize("step", [7, 65_536, 10_000_000])
def test_self_closed_cells_are_no_depth_however_the_part_is_cut(step: int) -> None:
    row = '<row r="1"><c r="A1"/><c r="B1"/></row>'
    assert scan(hostile.sheet(row * 9_000), step).root == "worksheet"


@pytest.mark.parametrize("step", [1, 65_536])
def test_deep_nesting_is_refused_however_the_part_is_cut(step: int) -> None:
    with pytest.raises(FileRefused, match="嵌套过深"):
        scan("<worksheet>" + "<a>" * (DEFAULT.depth + 10), step)
