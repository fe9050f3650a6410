"""A summary as a print-ready workbook: one row a task in the order of the notice, the sums last."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.workbooks.write import About, Cell, CellKind, Column, Layout, write_table
from inspect_app.workplans.boards.matrix import GROUPS, Group
from inspect_app.workplans.boards.summaries import Line, Summary, figures_of, period_of, problems_of

TOTAL = "合计"
_COUNT, _TEXT = CellKind.INTEGER, CellKind.TEXT
LAYOUT = Layout(
    "工作要点汇总",
    (
        Column("序号", Decimal(8), CellKind.WORD),
        Column("任务", Decimal(34), _TEXT),
        Column("牵头单位", Decimal(24), _TEXT),
        Column("应报", Decimal(7), _COUNT),
        *(Column(GROUPS[group], Decimal(8), _COUNT) for group in Group),
        Column("应报县数", Decimal(8), _COUNT),
        Column("完成县数", Decimal(8), _COUNT),
        Column("逾期县数", Decimal(8), _COUNT),
        Column("存在问题", Decimal(48), _TEXT),
    ),
    frozen=2,
    scale=70,
)


def write_summary(summary: Summary, actor: Actor, out: BinaryIO) -> int:
    """Write the workbook; returns the number of rows, the last of which holds the sums."""
    at = clock.now()
    told = f"{clock.local(at):%Y-%m-%d %H:%M}"
    figures = "".join(str(each) for each in figures_of(summary))
    about = About(
        title=f"{summary.known.plan.title}{period_of(summary)}完成情况",
        caption=lambda _count: f"{figures}　数据时间：{told}　导出人：{actor.name}",
        footer=f"数据时间 {told}",
        creator=actor.name,
        created_at=at,
    )
    return write_table(out, LAYOUT, about, _rows(summary))


def _rows(summary: Summary) -> Iterator[list[Cell]]:
    for line in summary.lines:
        leads = "、".join(line.task.leads)
        named = [line.task.number, line.task.title, leads, line.total, *_sums(line.sums)]
        yield [*named, *_counties(line), problems_of(summary.known, line)]
    yield ["", TOTAL, "", summary.total, *_sums(summary.sums), None, None, None, ""]


def _sums(sums: Counter[Group]) -> list[Cell]:
    return [sums[group] for group in Group]


def _counties(line: Line) -> list[Cell]:
    whole = line.owing_counties
    return [whole, line.counties[Group.DONE], line.counties[Group.LATE]] if whole else [None, None, None]
