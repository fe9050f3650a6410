"""The coverage of a year as a print-ready workbook: one row a county, the whole region last."""

from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from inspect_app.access.actor import Actor
from inspect_app.campaigns.year import YearCoverage
from inspect_app.core import clock
from inspect_app.inspections.coverage import MONTHS, Coverage, Share
from inspect_app.workbooks.write import About, Cell, CellKind, Column, Layout, write_table

HUNDRED = 100
TOTAL = "合计"
NOT_APPLICABLE = "—"
_COUNT, _WORD, _RATE = CellKind.INTEGER, CellKind.WORD, CellKind.WORD
LAYOUT = Layout(
    "年度覆盖",
    (
        Column("区划代码", Decimal(12), _WORD),
        Column("县（市、区）", Decimal(18), CellKind.TEXT),
        Column("专项检查次数", Decimal(9), _COUNT),
        Column("已查县数", Decimal(9), _COUNT),
        Column("县总数", Decimal(9), _COUNT),
        Column("县覆盖率", Decimal(10), _RATE),
        Column("已查乡镇", Decimal(9), _COUNT),
        Column("乡镇总数", Decimal(9), _COUNT),
        Column("乡镇覆盖率", Decimal(10), _RATE),
        Column("已查对象", Decimal(9), _COUNT),
        Column("对象总数", Decimal(9), _COUNT),
        Column("对象覆盖率", Decimal(10), _RATE),
        Column("已查重点对象", Decimal(9), _COUNT),
        Column("重点对象总数", Decimal(9), _COUNT),
        Column("重点对象覆盖率", Decimal(10), _RATE),
        *(Column(f"{number}月", Decimal(6), _COUNT) for number in range(1, MONTHS + 1)),
    ),
    frozen=2,
    scale=60,
)


def write_year(known: YearCoverage, actor: Actor, out: BinaryIO) -> int:
    """Write the workbook; returns the number of rows."""
    at = clock.now()
    told = f"{clock.local(at):%Y-%m-%d %H:%M}"
    about = About(
        title=f"{known.region.name}{known.year}年督导检查覆盖情况",
        caption=lambda count: (
            f"截至 {known.end}　数据时间：{told}　导出人：{actor.name}　共 {count - 1} 个县（市、区）"
        ),
        footer=f"数据时间 {told}",
        creator=actor.name,
        created_at=at,
    )
    return write_table(out, LAYOUT, about, _rows(known))


def _rows(known: YearCoverage) -> Iterator[list[Cell]]:
    for county, found in known.counties:
        yield [county.code, county.name, *_figures(found), *known.months_of(county)]
    sums = [sum(known.months_of(county)[number] for county, _found in known.counties) for number in range(MONTHS)]
    yield [known.region.code, f"{known.region.name}（{TOTAL}）", *_figures(known.whole), *sums]


def _figures(found: Coverage) -> list[Cell]:
    shares = (found.counties, found.townships, found.sites.all, found.sites.key_objects)
    return [found.special_inspections, *(cell for share in shares for cell in _share(share))]


def _share(share: Share) -> list[Cell]:
    if share.rate is None:
        return [share.done, share.whole, NOT_APPLICABLE]
    return [share.done, share.whole, f"{round(share.rate * HUNDRED, 1).normalize():f}%"]
