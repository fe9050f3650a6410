"""What a unit owes as a workbook to fill in: one row a due, with what was reported already, ready to print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from inspect_app.core import clock
from inspect_app.workbooks.own import OWN
from inspect_app.workbooks.write import About, Beside, Cell, CellKind, Column, FormRow, Layout, write_form
from inspect_app.workplans.feedback import wording
from inspect_app.workplans.feedback.books.marks import ENTERED, mark_of
from inspect_app.workplans.feedback.said import FIGURES
from inspect_app.workplans.lifecycle import ACCEPTED, CLOSED, WAIVED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.words import PART_LABELS

TITLE, HOW_TO = "工作要点报送表", "填表说明"
KEY = "系统识别码"
COLUMNS = (
    Column("序号", Decimal(6), CellKind.WORD),
    Column(KEY, Decimal(10), CellKind.WORD, hidden=True),
    Column("任务编号", Decimal(9), CellKind.WORD),
    Column("任务", Decimal(24), CellKind.TEXT),
    Column("角色", Decimal(8), CellKind.WORD),
    Column("应报事项", Decimal(24), CellKind.TEXT),
    Column("要做到", Decimal(16), CellKind.TEXT),
    Column("报送期限", Decimal(12), CellKind.DAY),
    Column("现在状态", Decimal(14), CellKind.WORD),
    Column("已完成数", Decimal(10), CellKind.AMOUNT, entered=True),
    Column("总数", Decimal(10), CellKind.AMOUNT, entered=True),
    Column("完成情况", Decimal(48), CellKind.TEXT, entered=True),
    Column("佐证材料说明", Decimal(24), CellKind.TEXT, entered=True),
)
LAYOUT = Layout("应报事项", COLUMNS, frozen=4, scale=60)
INSTRUCTIONS = (
    "一、每行是一项应报事项。灰色的格子供核对，改动不会读取；白色的格子请填写。",
    "二、“已完成数”“总数”只写数字；不知道的留空，不要填 0。已完成数不能大于总数。",
    "三、“完成情况”写做了什么、成效、存在的问题和下一步；填了数字的也要写。",
    "四、没有变化的行不用动；清空一个格子不会清除系统里已有的内容。",
    "五、可以排序、筛选、删除不报的行。不要复制行来改；隐藏的列供系统识别，请勿改动。",
    "六、已经认可或免报的事项不能再由表格修改。照片和文件请在系统里对应的事项下上传。",
    "七、填好后在“用表格报送”页面上传，先逐行核对，确认后才报出；有问题的会指出是哪一行、哪一栏、怎样改。",
)


@dataclass(frozen=True)
class Book:
    """A workbook for one owner: whose, under which plan, and the dues in the order of their rows."""

    plan: WorkPlan
    owner: str
    dues: Sequence[WorkDue]

    @property
    def file_name(self) -> str:
        """A name for the file: owner, year, what it is, day."""
        return f"{self.owner}{self.plan.year}年{TITLE}_{clock.today():%Y%m%d}.xlsx"


def write_book(out: BinaryIO, book: Book) -> None:
    """Write the workbook."""
    beside = Beside(HOW_TO, tuple((line,) for line in (f"{OWN}{HOW_TO}", *INSTRUCTIONS)), (100,))
    write_form(out, LAYOUT, _about(book), _rows(book.dues), (beside,))


def write_books(out: BinaryIO, books: Sequence[Book]) -> None:
    """Write the workbooks of several owners into one archive."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for book in books:
            with archive.open(book.file_name, "w") as part:
                write_book(part, book)  # type: ignore[arg-type]  # a writable part of an archive is enough


def entered(due: WorkDue) -> dict[str, str]:
    """Return what stands in the cells that may be filled in."""
    return {"summary": due.summary, **{name: str(due.figures.get(name, "")) for name in ENTERED if name != "summary"}}


def asked_text(due: WorkDue) -> str:
    """Return what is asked as its row says it, with the reporting date."""
    turn = f"（{due.reporting_date.title}）" if due.reporting_date else ""
    return f"{wording.asked(due)}{turn}"


def _rows(dues: Sequence[WorkDue]) -> Iterator[FormRow]:
    for serial, due in enumerate(dues, 1):
        is_open = due.state not in (ACCEPTED, WAIVED) and due.plan.state != CLOSED
        cells = _cells(serial, due)
        yield FormRow(cells, [column.entered and is_open for column in COLUMNS])


def _cells(serial: int, due: WorkDue) -> list[Cell]:
    said, least = entered(due), wording.needed(due)
    task = due.task
    return [
        serial, mark_of(due.reference, due.version, said), task.number if task else "", wording.task_label(due),
        PART_LABELS[due.part], asked_text(due), str(least) if least else None, due.due_on,
        wording.look(due, clock.today()).label, *(_number(said[name]) for name in FIGURES),
        said["summary"] or None, said["proof"] or None,
    ]  # fmt: skip


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _about(book: Book) -> About:
    now = clock.now()
    time = f"{clock.local(now):%Y-%m-%d %H:%M}"
    return About(
        title=f"{book.owner}{book.plan.year}年{TITLE}",
        caption=lambda count: f"截至 {time}　共 {count} 项　灰色供核对，白色可填写　工作要点：{book.plan.reference}",
        footer=f"导出时间 {time}",
        creator="",
        created_at=now,
    )
