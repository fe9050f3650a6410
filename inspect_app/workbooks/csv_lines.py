"""Lines of CSV that a spreadsheet opens rightly and that run nothing there."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from inspect_app.workbooks.write.text import looks_runnable

BYTE_ORDER_MARK = "\ufeff"
QUOTE = "'"


def csv_lines(heading: Iterable[object], lines: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write a table piece by piece; what might be taken for a formula gets a quote in front."""
    yield BYTE_ORDER_MARK + _line(heading)
    for line in lines:
        yield _line(line)


def _line(values: Iterable[object]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_harmless(str(value)) for value in values)
    return out.getvalue()


def _harmless(text: str) -> str:
    return QUOTE + text if looks_runnable(text) else text
