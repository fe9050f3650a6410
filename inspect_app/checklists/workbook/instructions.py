"""The sheet of instructions in the workbook: every column explained, with the words that may stand in it."""

from collections.abc import Iterator

from inspect_app.checklists.workbook.columns import BASES, BASICS, COLUMNS, HELP, ITEMS, LINES
from inspect_app.workbooks.sheets import FormColumn, FormSheet

WIDTHS = {"工作表": 12, "栏目": 14, "何时填写": 18, "怎么填": 70, "可填的词": 50}
FIRST = (
    f"在“{ITEMS}”表中一项写一行；一项有几问时，每问一行，紧接在下面，写同一编号和各自的部分编号。",
    "栏目的先后可以调整，可以多留空行；不要改栏目名称，不用的栏目可以删去。",
    f"“{BASICS}”表写检查表的名称、合格线等；“{BASES}”表是依据登记册，只供选用，改动它不起作用。",
    "导入时先全部核对：有一处不对就什么都不导入，并按单元格列出全部问题。改好后重新上传即可。",
    "导入得到的是草稿，经试用、发布后才用于检查；已发布的版本不会因导入而改变。",
)


def sheet() -> FormSheet:
    """Return the sheet, which comes first in the workbook."""
    columns = [FormColumn(heading, width) for heading, width in WIDTHS.items()]
    return FormSheet(HELP, columns, [list(row) for row in _rows()])


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    for place, sentence in enumerate(FIRST, 1):
        yield ("总说明", str(place), "", sentence, "")
    for line in LINES.values():
        yield (BASICS, line.heading, "", line.advice, "")
    for column in COLUMNS:
        yield (ITEMS, column.heading, column.needed, column.advice, "、".join(column.choices))
