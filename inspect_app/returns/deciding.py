"""Whose word counts where a file and a person in the system have both changed a cell: kept with the return."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import FROM_FILE, FROM_SYSTEM, Decisions, Group
from inspect_app.returns.steps import take, tell

CHOICES = {FROM_SYSTEM: mark("保留系统"), FROM_FILE: mark("采用文件")}
UNKNOWN = mark("提交的选择与现在的冲突清单对不上，没有保存。请刷新页面后重新选择。")


def decide(
    session: Session, actor: Actor, batch: ReturnBatch, chosen: Decisions, *, version: int | None
) -> ReturnBatch:
    """Keep what a person chose for cells in conflict (hazard number -> column -> "file" or "system").

    Cells not chosen keep what was decided before, or the system's. Raises Invalid for a cell that is in no conflict.
    """
    session.refresh(batch, with_for_update=True)
    take(batch, actor, "decide", {}, version)
    known = set(_cells(batch.plan["groups"].get(Group.CONFLICTS, ())))
    wanted = {(reference, name): choice for reference, cells in chosen.items() for name, choice in cells.items()}
    if not wanted.keys() <= known or not set(wanted.values()) <= CHOICES.keys():
        raise Invalid({"": [UNKNOWN]}, UNKNOWN)
    before = batch.decisions
    batch.decisions = {
        reference: {**before.get(reference, {}), **chosen.get(reference, {})}
        for reference in sorted(before.keys() | chosen.keys())
    }
    told = {
        f"{reference}.{name}": [before.get(reference, {}).get(name), choice]
        for (reference, name), choice in wanted.items()
        if before.get(reference, {}).get(name) != choice
    }
    tell(session, actor, batch, "return.decide", told)
    return batch


def still_valid(
    decisions: Decisions, before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Leave the decisions about cells that say the same on both sides as when they were made."""
    same = set(_told(before)) & set(_told(now))
    cells = {(reference, name) for reference, name, *_values in same}
    kept = {
        reference: {name: choice for name, choice in chosen.items() if (reference, name) in cells}
        for reference, chosen in decisions.items()
    }
    return {reference: chosen for reference, chosen in kept.items() if chosen}


def undecided(batch: ReturnBatch) -> int:
    """Count the cells in conflict for which nobody has chosen: the system's stays."""
    cells = _cells(batch.plan["groups"].get(Group.CONFLICTS, ()))
    return sum(name not in batch.decisions.get(reference, {}) for reference, name in cells)


def _cells(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for name in entry["clashes"]:
            yield entry["reference"], name


def _told(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for entry in entries:
        for name, (_base, here, said) in entry["clashes"].items():
            yield entry["reference"], name, str(here), str(said)
