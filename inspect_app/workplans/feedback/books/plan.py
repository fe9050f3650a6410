"""What is to become of every row of a returned workbook: each stands in exactly one group."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.registers.importing.reading import Row
from inspect_app.workbooks.listkinds import Ignored


class Group(StrEnum):
    """Where a row can stand."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FOREIGN = "foreign"
    IGNORED = "ignored"


GROUP_LABELS: Mapping[str, str] = {
    Group.NEW: mark("新报"),
    Group.CHANGED: mark("更正"),
    Group.UNCHANGED: mark("不变"),
    Group.REFUSED: mark("不合格"),
    Group.FOREIGN: mark("不是本单位的"),
    Group.IGNORED: mark("略过"),
}
CELL_LABELS: Mapping[str, str] = {
    "done": mark("已完成数"),
    "whole": mark("总数"),
    "summary": mark("完成情况"),
    "proof": mark("佐证材料说明"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """Something owed as far as a row is compared with it; `said` is what stands in the cells that can be filled in.

    `task`, `title`, `part` and `asked` are the words of its row, `closed` tells that its plan is.
    """

    id: int
    reference: str
    version: int
    state: str
    said: Mapping[str, str]
    aspects: tuple[str, ...]
    task: str
    title: str
    part: str
    asked: str
    due_on: date
    closed: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that says something about a due; `says` are the four cells as they would stand then."""

    row: Row
    held: Held
    says: Mapping[str, str]

    @property
    def changes(self) -> dict[str, tuple[str, str]]:
        """What the row says that the due does not: (before, after) by cell."""
        return {name: (self.held.said[name], said) for name, said in self.says.items() if said != self.held.said[name]}


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one file by group."""

    new: list[Judged] = field(default_factory=list)
    changed: list[Judged] = field(default_factory=list)
    unchanged: list[Judged] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    foreign: list[Row] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The size of each group."""
        return {group.value: len(getattr(self, group.value)) for group in Group}

    def as_json(self) -> dict[str, list[Any]]:
        """Return the groups as they are kept and shown."""
        return {
            Group.NEW: [_judged(one) for one in self.new],
            Group.CHANGED: [_judged(one) for one in self.changed],
            Group.UNCHANGED: [_at(one.row) | _about(one.held) for one in self.unchanged],
            Group.REFUSED: [_at(row) | {"problems": [note._asdict() for note in row.problems]} for row in self.refused],
            Group.FOREIGN: [_at(row) for row in self.foreign],
            Group.IGNORED: [{"sheet": one.sheet, "row": one.number, "kind": one.kind.value} for one in self.ignored],
        }


def digest_of(plan: Plan) -> str:
    """Return by what a plan is known again: all that it would write and what it was compared with."""
    versions = [[one.held.id, one.held.version] for one in (*plan.new, *plan.changed, *plan.unchanged)]
    content = [plan.as_json(), versions]
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _at(row: Row) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.number}


def _about(held: Held) -> dict[str, Any]:
    return {"reference": held.reference, "title": held.title}


def _judged(one: Judged) -> dict[str, Any]:
    return _at(one.row) | _about(one.held) | {"changes": {name: [*pair] for name, pair in one.changes.items()}}
