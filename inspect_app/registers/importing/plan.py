"""What is to become of every row of a file: each stands in exactly one group, and the groups add up to the file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from inspect_app.registers.importing.reading import Row
from inspect_app.registers.rules import differing
from inspect_app.workbooks.listkinds import Group, Ignored


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as far as a row is compared with it; `stands` is False once it ended or its import was undone."""

    id: int
    reference: str
    version: int
    key: str
    region_id: int
    region_code: str
    region_name: str
    values: Mapping[str, Any]
    as_of: date
    stands: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that may be applied: what it says in the end, of which entry (None for a new one), in which township."""

    row: Row
    key: str
    name: str
    region_id: int
    region_name: str
    values: Mapping[str, Any]
    held: Held | None

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """What the row says that the entry does not: (before, after) by column; "region" holds names of townships."""
        if self.held is None or not self.held.stands:
            return {code: (None, value) for code, value in self.values.items()}
        found = differing(self.held.values, self.values)
        if self.region_id != self.held.region_id:
            found["region"] = (self.held.region_name, self.region_name)
        return found


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that says once more what another row says."""

    judged: Judged
    of: Row


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one file by group; `absent` names entries that stand and that the file does not mention."""

    create: list[Judged]
    update: list[Judged]
    unchanged: list[Judged]
    duplicates: list[Repeat]
    refused: list[Row]
    ignored: list[Ignored]
    absent: list[str]

    @property
    def counts(self) -> dict[str, int]:
        """The size of each group."""
        return {group.value: len(getattr(self, group.value)) for group in Group}

    @property
    def burden(self) -> dict[str, int]:
        """How many cells the file asked of the county: filled in all, and those that said something new."""
        judged = [*self.create, *self.update, *self.unchanged, *(one.judged for one in self.duplicates)]
        rows = [*(one.row for one in judged), *self.refused]
        new = sum(len(one.changes) for one in (*self.create, *self.update))
        return {"rows": len(rows), "filled": sum(len(row.texts) for row in rows), "changed": new}

    def as_json(self) -> dict[str, list[Any]]:
        """Return the groups as they are kept and shown."""
        return {
            Group.CREATE: [_judged(one) for one in self.create],
            Group.UPDATE: [_judged(one) for one in self.update],
            Group.UNCHANGED: [_at(one.row) | _named(one) for one in self.unchanged],
            Group.DUPLICATES: [
                _at(one.judged.row) | _named(one.judged) | {"of": {"sheet": one.of.sheet, "row": one.of.number}}
                for one in self.duplicates
            ],
            Group.REFUSED: [_at(row) | {"problems": [note._asdict() for note in row.problems]} for row in self.refused],
            Group.IGNORED: [{"sheet": one.sheet, "row": one.number, "kind": one.kind.value} for one in self.ignored],
        }


def digest_of(plan: Plan) -> str:
    """Return by what a plan is known again: all that it would write and what it was compared with."""
    versions = [[one.held.id, one.held.version] for one in (*plan.create, *plan.update, *plan.unchanged) if one.held]
    content = [plan.as_json(), versions]
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _at(row: Row) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.number}


def _named(one: Judged) -> dict[str, Any]:
    return {"name": one.name, "region": one.region_name, "reference": one.held.reference if one.held else ""}


def _judged(one: Judged) -> dict[str, Any]:
    return _at(one.row) | _named(one) | {"changes": {code: [*pair] for code, pair in one.changes.items()}}
