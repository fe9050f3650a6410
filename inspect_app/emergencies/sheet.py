"""The sites inside as a print-ready workbook for the crews, marked as an estimate on every printed page."""

from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.emergencies.estimate import Affected, Estimate
from inspect_app.emergencies.intensity import MARK, roman
from inspect_app.emergencies.models import Emergency
from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.regions.queries import region_label
from inspect_app.sites.rules import CATEGORIES
from inspect_app.workbooks.write import About, Cell, CellKind, Column, Layout, write_table

UNKNOWN = "位置未知"
HEADS = (
    ("顺序", 7, CellKind.INTEGER),
    ("编号", 22, CellKind.WORD),
    ("名称", 30, CellKind.TEXT),
    ("类别", 16, CellKind.WORD),
    ("所在地", 22, CellKind.TEXT),
    ("地址", 30, CellKind.TEXT),
    ("估计烈度（度）", 12, CellKind.WORD),
    ("震中距（公里）", 12, CellKind.AMOUNT),
    ("未结隐患", 10, CellKind.INTEGER),
    ("最重等级", 12, CellKind.WORD),
    ("人员情况", 20, CellKind.TEXT),
    ("未结隐患编号", 34, CellKind.TEXT),
    ("现场情况（现场填写）", 26, CellKind.TEXT),
)
LAYOUT = Layout(
    "震后先查", tuple(Column(head, Decimal(width), kind) for head, width, kind in HEADS), frozen=3, scale=62
)
GRADES = {**GRADE_LABELS, "none": "无", "ungraded": "未定级"}


def export(actor: Actor, emergency: Emergency, told: Estimate, out: BinaryIO) -> int:
    """Write the sites inside, then those whose place is unknown; return how many there are."""
    return write_table(out, LAYOUT, _about(actor, emergency, told), _rows(told))


def file_name(emergency: Emergency) -> str:
    """Return a name for the file."""
    return f"震后先查名单_{emergency.reference}_{clock.today():%Y%m%d}.xlsx"


def _rows(told: Estimate) -> Iterator[list[Cell]]:
    for number, each in enumerate((*told.affected, *told.unknown), 1):
        yield [number, *_cells(each)]


def _cells(each: Affected) -> list[Cell]:
    site = each.site
    return [
        site.reference,
        site.name,
        CATEGORIES[site.category],
        region_label(site.region),
        site.address,
        UNKNOWN if each.intensity is None else f"{roman(each.degree or 0)}（{each.intensity:.1f}）",
        None if each.km is None else Decimal(str(round(each.km, 1))),
        len(each.hazards),
        str(GRADES[each.grade]),
        each.occupancy.label if each.occupancy else "不清楚",
        "、".join(hazard.reference for hazard in each.hazards),
        None,
    ]


def _about(actor: Actor, emergency: Emergency, told: Estimate) -> About:
    at, quake = clock.now(), emergency.quake
    time = f"{clock.local(at):%Y-%m-%d %H:%M}"
    about = [
        MARK, f"{quake.place} {quake.magnitude} 级", told.shaking.relation.title,
        f"标准差 {told.shaking.relation.sigma} 度", f"导出人：{actor.name}", f"数据时间：{time}",
    ]  # fmt: skip
    return About(
        title=f"震后先查名单（{MARK}）",
        caption=lambda count: "　".join([*about, f"共 {count} 个"]),
        footer=f"{MARK}　{emergency.reference}　{time}",
        creator=actor.name,
        created_at=at,
    )
