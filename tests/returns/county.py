"""An invented county and its invented ledgers, cell by cell."""

from collections.abc import Hashable, Sequence
from datetime import date
from pathlib import Path

from inspect_app.returns.places import PlaceRow, Places
from inspect_app.returns.reading import interpret
from inspect_app.returns.result import ReadResult
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.model import Cell, Merge, Sheet, Workbook

REPORT_DATE = date(2024, 6, 28)
WORKBOOKS = Path(__file__).parent / "workbooks"

ROWS = (
    PlaceRow("9901", "青河市", "99"),
    PlaceRow("990121", "云山裕固族自治县", "9901", ("云县",)),
    PlaceRow("990122", "平川县", "9901"),
    PlaceRow("990121100", "东坪镇", "990121"),
    PlaceRow("990121101", "沙镇镇", "990121", ("老沙镇",)),
    PlaceRow("990121200", "白石蒙古族乡", "990121"),
    PlaceRow("990121001", "西湖街道", "990121"),
    PlaceRow("990122100", "清水镇", "990122"),
    PlaceRow("990122001", "西湖街道", "990122"),
)
PLACES = Places.from_rows("990121", ROWS)

HEADINGS = "序号 所属乡镇 被检查单位 隐患描述 隐患等级 发现日期 责任单位 责任人 整改措施 整改时限 整改情况 完成时间"
HEAD = tuple(HEADINGS.split())


def hazard(number: Hashable = 1, **changes: Hashable) -> list[Hashable]:
    """A row under HEAD that nothing is wrong with, but for the changes."""
    cells: dict[str, Hashable] = {
        "number": number,
        "township": "东坪镇",
        "site": "禾昀面粉厂",
        "description": f"第{number}号粮仓爬梯无护笼",
        "grade": "一般",
        "found": date(2024, 6, 3),
        "unit": "东坪镇人民政府",
        "person": "许敏",
        "measures": "加装护笼",
        "due": date(2024, 7, 3),
        "status": "未整改",
        "done": "",
    }
    return list((cells | changes).values())


def sheet(
    *rows: Sequence[Hashable], name: str | None = "台账", hidden: bool = False, merges: Sequence[Merge] = ()
) -> Sheet:
    """A sheet of these rows, the short ones filled up."""
    width = max(map(len, rows))
    columns: tuple[list[Cell], ...] = tuple(
        [row[column] if column < len(row) else "" for row in rows]  # type: ignore[misc]
        for column in range(width)
    )
    return Sheet(name, columns, len(rows), hidden, tuple(merges))


def read(*sheets: Sheet, places: Places = PLACES, kind: Kind = Kind.XLSX, date1904: bool = False) -> ReadResult:
    """What a workbook of these sheets comes to."""
    return interpret(Workbook(kind, sheets, date1904), places, REPORT_DATE)


def read_rows(*rows: Sequence[Hashable], head: Sequence[str] = HEAD) -> ReadResult:
    """What one sheet with a head and these rows comes to; the first of them is row 2."""
    return read(sheet(head, *rows))


def codes(result: ReadResult) -> dict[int, str]:
    """The rejected rows with their codes."""
    return {row.number: row.code for row in result.rejected}


def kinds(result: ReadResult) -> dict[int, str]:
    """The ignored rows with their kinds."""
    return {row.number: row.kind.value for row in result.ignored}
