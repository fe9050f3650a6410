"""The rows of a list under its head: what each is, what is to be told of the sheet, and sheets that hold no list."""

from collections.abc import Iterator, Sequence

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workbooks.grid import row_texts
from inspect_app.workbooks.listheads import Head, repeats
from inspect_app.workbooks.listkinds import Ignored, RowKind, kind_of
from inspect_app.workbooks.model import Sheet

GUESSED = mark("表头里的错别字按最接近的列名理解：%(columns)s。")
UNKNOWN = mark("没有识别的列，不导入：%(columns)s。")
HIDDEN_ROWS = mark("有 %(count)s 行被隐藏，照常读取。")


def kind_under(index: int, texts: Sequence[str], head: Head, name: int | None) -> RowKind | None:
    """Return why a row of a sheet with this head is no entry, None for one that is; `name` is the column of names."""
    if index >= head.body:
        return RowKind.HEADER if repeats(texts, head) else kind_of(texts, name)
    if index >= head.top:
        return RowKind.HEADER
    return RowKind.ABOVE if any(texts) else RowKind.BLANK


def told_of(sheet: Sheet, head: Head, unknown: str = UNKNOWN) -> Iterator[Sentence]:
    """Say what a person should know of a sheet: headings guessed, columns passed over (`unknown`), rows hidden."""
    if head.guessed:
        yield say(GUESSED, columns="、".join(head.guessed))
    if head.unknown:
        yield say(unknown, columns="、".join(head.unknown))
    if hidden := [row for row in sheet.hidden_rows if row >= head.body]:
        yield say(HIDDEN_ROWS, count=len(hidden))


def passed_over(sheet: Sheet) -> Iterator[Ignored]:
    """Account for every row of a sheet that holds no list."""
    kind = RowKind.HIDDEN_SHEET if sheet.hidden else RowKind.OTHER_SHEET
    for index in range(sheet.height):
        yield Ignored(sheet.name, index + 1, kind if any(row_texts(sheet, index)) else RowKind.BLANK)
