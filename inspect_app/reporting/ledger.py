"""The rectification ledger: from the hazards a person sees to a print-ready workbook, streamed row by row."""

from collections.abc import Iterable
from functools import cache
from typing import BinaryIO

from sqlalchemy import and_
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import NotFound
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.queries import conditions
from inspect_app.hazards.words import STATE_LABELS, State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers, region_label
from inspect_app.reporting.ledger_definition import FOLDER, Ledger, load_ledger, read_ledger
from inspect_app.reporting.ledger_rows import VALUES, ledger_query, ledger_rows
from inspect_app.workbooks.write import About, write_table

AT_ONCE = 2000
EVERYWHERE = "全部区划"
RECTIFICATION = FOLDER / "rectification.toml"


@cache
def rectification() -> Ledger:
    """Return the definition of the ledger, read once a process; raises DefinitionProblems."""
    return load_ledger(RECTIFICATION, VALUES)


def check_definitions(problems: Problems) -> list[str]:
    """Read every ledger definition, adding mistakes to `problems`; return their names."""
    return [path.stem for path in sorted(FOLDER.glob("*.toml")) if read_ledger(path, VALUES, problems)]


def export(session: Session, actor: Actor, wanted: HazardFilter, out: BinaryIO) -> int:
    """Write the hazards that `wanted` leaves of those the actor sees; return how many there are.

    Raises NotFound for a region that the actor does not see.
    """
    _check_in_sight(session, actor, wanted.region_id)
    ledger = rectification()
    query = ledger_query(and_(*conditions(session, actor, wanted)))
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    cells = ledger_rows(iter(rows), ledger.sources, clock.today())
    return write_table(out, ledger.layout, about(session, actor, wanted, ledger.title), cells)


def _check_in_sight(session: Session, actor: Actor, region_id: int | None) -> None:
    """Answer for a region out of sight as for one that is not there, rather than with an empty ledger in its name."""
    if region_id is None or actor.role is None:
        return
    if actor.view_region_id is None or not covers(session, actor.view_region_id, region_id):
        raise NotFound


def about(session: Session, actor: Actor, wanted: HazardFilter, title: str) -> About:
    """Say whose ledger it is, of which hazards, of when and by whom."""
    at = clock.now()
    region = _region_name(session, actor, wanted)
    time = f"{clock.local(at):%Y-%m-%d %H:%M}"
    parts = [f"行政区划：{region}", f"范围：{_range(wanted)}", f"数据时间：{time}", f"导出人：{actor.name}"]
    return About(
        title=f"{region}{title}" if region != EVERYWHERE else title,
        caption=lambda count: "　".join([*parts, f"共 {count} 项"]),
        footer=f"数据时间 {time}",
        creator=actor.name,
        created_at=at,
    )


def file_name(session: Session, actor: Actor, wanted: HazardFilter) -> str:
    """Return a name for the file: region, ledger and day."""
    return f"{_region_name(session, actor, wanted)}整改台账_{clock.today():%Y%m%d}.xlsx"


def _region_name(session: Session, actor: Actor, wanted: HazardFilter) -> str:
    region_id = wanted.region_id or actor.view_region_id
    region = session.get(Region, region_id) if region_id else None
    return region_label(region) if region else EVERYWHERE


def _range(wanted: HazardFilter) -> str:
    parts = []
    if wanted.found_from or wanted.found_to:
        parts.append(f"{wanted.found_from or '建库'} 至 {wanted.found_to or clock.today()} 发现")
    if wanted.due_from or wanted.due_to:
        parts.append(f"{wanted.due_from or '建库'} 至 {wanted.due_to or '以后'} 到期")
    if wanted.states:
        parts.append("、".join(_labels(wanted.states)))
    if wanted.overdue:
        parts.append("已逾期")
    narrowed = wanted.asked() - {"region_id", "found_from", "found_to", "due_from", "due_to", "states", "overdue"}
    return "，".join(parts + (["按条件筛选"] if narrowed else [])) or "全部隐患"


def _labels(states: Iterable[str]) -> list[str]:
    return [STATE_LABELS[state] for state in State if state in states]
