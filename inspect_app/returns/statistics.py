"""Tell a table of figures from a ledger, and read the figures that we hold too (domain reference §8, cases 36 and 44).

Its columns are counts and rates, or the months of a year, and below them stand numbers.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from inspect_app.core.labels import mark
from inspect_app.returns.places import Places
from inspect_app.returns.rowkinds import TOTAL
from inspect_app.workbooks.cells import as_text, compact
from inspect_app.workbooks.grid import Grid, row_texts

SEARCH_ROWS = 15
ENOUGH_COLUMNS, ENOUGH_MONTHS = 2, 3
MOSTLY = 0.6
MOST_FIGURES = 2_000
COUNTS = re.compile(
    r"(?:数量?|率|份|次|比例|占比|合计|小计|总计)(?:[(（].{1,6}[)）])?$|[(（](?:处|个|项|条|家|份|次|人|万元|%)[)）]$"
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
WHOLE = re.compile(r"(\d{1,7})(?:\.0+)?(?:处|个|项|条)?")
MONTH = re.compile(r"(?:\d{4}年)?(\d{1,2})月份?(?:[(（].{1,6}[)）])?")
DECEMBER = 12
MEASURES: Mapping[str, re.Pattern[str]] = {
    "open": re.compile(r"(?:未|尚未|没有)(?:整改|完成|销号)|整改中|在治"),
    "closed": re.compile(r"销号"),
    "done": re.compile(r"(?:已|完成)整改|整改(?:完成|隐患|到位|数|的)|已完成"),
    "major": re.compile(r"重大"),
    "found": re.compile(r"(?:发现|排查|检查|新增|查出|隐患|问题)"),
}
"""What a column counts; the first that its heading names. A rate is never compared: it follows from the counts."""
MEASURE_LABELS: Mapping[str, str] = {
    "found": mark("发现隐患"),
    "done": mark("已整改"),
    "closed": mark("已销号"),
    "open": mark("未整改"),
    "major": mark("重大隐患"),
}
NOT_HAZARDS = re.compile(r"企业|单位数|记录|文书|指令|[定见]书|资金|万元|率|比例|占比|人次|人数|会议|培训|演练|检查次")


class Figure(NamedTuple):
    """A number that a table says of hazards: of a township or ("") the whole county, of a month or (0) altogether."""

    sheet: str | None
    row: int
    label: str
    township: str
    measure: str
    month: int
    said: int


def is_statistics(grid: Grid) -> bool:
    """Whether a sheet has a row of counting headings, or of months, with mostly numbers below."""
    return _head(grid) is not None


def figures_of(grid: Grid, places: Places) -> list[dict[str, Any]]:
    """The figures about hazards in a table of figures, as JSON holds them; rows of unknown places are left out."""
    found = _head(grid)
    if found is None:
        return []
    figures = _figures(grid, *found, places)
    return [figure._asdict() for figure, _ in zip(figures, range(MOST_FIGURES), strict=False)]


def _head(grid: Grid) -> tuple[int, Mapping[int, str]] | None:
    for row in range(min(SEARCH_ROWS, grid.height)):
        texts = [compact(text) for text in row_texts(grid, row)]
        counting = {column: text for column, text in enumerate(texts) if COUNTS.search(text)}
        months = {column: text for column, text in enumerate(texts) if _month(text)}
        for columns, enough in ((counting, ENOUGH_COLUMNS), (months, ENOUGH_MONTHS)):
            if len(columns) >= enough and _mostly_numbers(grid, row, columns):
                return row, columns
    return None


def _month(text: str) -> int:
    match = MONTH.fullmatch(text)
    return int(match[1]) if match and 1 <= int(match[1]) <= DECEMBER else 0


def _figures(grid: Grid, head: int, columns: Mapping[int, str], places: Places) -> Iterator[Figure]:
    first = min(columns)
    title = "".join(text for row in range(head) for text in row_texts(grid, row))
    for row in range(head + 1, grid.height):
        texts = row_texts(grid, row)
        label = next((text for text in texts[:first] if text and not NUMBER.fullmatch(compact(text))), "")
        where = _where(label, places)
        for column, heading in columns.items():
            month = _month(heading)
            measure = _measure(label if where is None else title if month else heading)
            said = WHOLE.fullmatch(compact(texts[column]))
            if measure and said and (where is not None or month):
                yield Figure(grid.name, row + 1, label, where or "", measure, month, int(said[1]))


def _where(label: str, places: Places) -> str | None:
    """The township's code, "" for the whole county, None for what is no place."""
    if not label:
        return None
    if TOTAL.fullmatch(compact(label)) or label in places.own_names:
        return ""
    township = places.township(label)
    return township.code if township else None


def _measure(heading: str) -> str:
    text = compact(heading)
    if NOT_HAZARDS.search(text):
        return ""
    return next((name for name, pattern in MEASURES.items() if pattern.search(text)), "")


def _mostly_numbers(grid: Grid, head: int, columns: Mapping[int, str]) -> bool:
    below = [cell for column in columns for cell in grid.columns[column][head + 1 :] if as_text(cell)]
    return bool(below) and sum(map(_is_number, below)) >= MOSTLY * len(below)


def _is_number(cell: Hashable) -> bool:
    return isinstance(cell, int | float) or bool(NUMBER.fullmatch(compact(as_text(cell))))
