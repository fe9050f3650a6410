"""The register as a print-ready workbook, streamed row by row; an empty one is the form to fill in."""

from dataclasses import replace
from typing import BinaryIO

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers, region_label
from inspect_app.sites.queries import SiteFilter, in_order
from inspect_app.sites.register_sheet import LAYOUT, rows
from inspect_app.workbooks.write import About, write_table

EVERYWHERE = "全部区划"
TITLE = "检查对象名册"
HOW_TO_FILL = (
    "每个检查对象一行。编号由系统生成：新登记的留空，修改已登记的照抄编号。名称、类别、地区（区划代码，或县和乡镇）必填，"
    "不知道的留空；留空不会改动系统里已有的内容。"
)


def export(session: Session, actor: Actor, wanted: SiteFilter, out: BinaryIO) -> int:
    """Write the sites that `wanted` leaves of those the actor sees; return how many there are.

    Raises NotFound for a region that the actor does not see.
    """
    _check_in_sight(session, actor, wanted.region_id)
    place = _place(session, actor, wanted)
    return write_table(out, LAYOUT, _about(actor, place), rows(in_order(session, actor, wanted)))


def export_blank(actor: Actor, out: BinaryIO) -> None:
    """Write a register without a site, to be filled in and imported."""
    about = replace(_about(actor, EVERYWHERE), caption=lambda _count: HOW_TO_FILL)
    write_table(out, LAYOUT, about, ())


def file_name(session: Session, actor: Actor, wanted: SiteFilter) -> str:
    """Return a name for the file: region, register and day."""
    return f"{_place(session, actor, wanted)}{TITLE}_{clock.today():%Y%m%d}.xlsx"


def _check_in_sight(session: Session, actor: Actor, region_id: int | None) -> None:
    if region_id is None or actor.role is None:
        return
    if actor.view_region_id is None or not covers(session, actor.view_region_id, region_id):
        raise NotFound


def _place(session: Session, actor: Actor, wanted: SiteFilter) -> str:
    region_id = wanted.region_id or actor.view_region_id
    region = session.get(Region, region_id) if region_id else None
    return region_label(region) if region else EVERYWHERE


def _about(actor: Actor, place: str) -> About:
    at = clock.now()
    time = f"{clock.local(at):%Y-%m-%d %H:%M}"
    told = [f"行政区划：{place}", f"数据时间：{time}", f"导出人：{actor.name}"]
    return About(
        title=TITLE if place == EVERYWHERE else f"{place}{TITLE}",
        caption=lambda count: "　".join([*told, f"共 {count} 个"]),
        footer=f"数据时间 {time}",
        creator=actor.name,
        created_at=at,
    )
