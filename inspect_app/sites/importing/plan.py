"""What is to become of every row of a register: each stands in exactly one group, and the groups add up to the file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from inspect_app.core.labels import Sentence, mark
from inspect_app.core.lifecycle import plain
from inspect_app.sites.importing.rows import Row
from inspect_app.workbooks import listkinds
from inspect_app.workbooks.listkinds import Group, Ignored

GROUP_LABELS = {**listkinds.GROUP_LABELS, Group.DUPLICATES: mark("可能重复")}


@dataclass(frozen=True, slots=True)
class Creation:
    """A row that becomes a site; `card` as `service.register` takes it."""

    row: Row
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A row about a registered site: `changes` maps fields to (before, after), and may be empty."""

    row: Row
    site_id: int
    reference: str
    version: int
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Double:
    """A row that may repeat a site (`reference`) or another row (`of`); without a `card` it is never registered."""

    row: Row
    why: Sentence
    reference: str = ""
    of: Row | None = None
    card: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one file by group."""

    create: list[Creation]
    update: list[Match]
    unchanged: list[Match]
    duplicates: list[Double]
    refused: list[Row]
    ignored: list[Ignored]

    @property
    def counts(self) -> dict[str, int]:
        """The size of each group."""
        return {group.value: len(getattr(self, group.value)) for group in Group}

    def as_json(self) -> dict[str, list[Any]]:
        """Return the groups as they are kept and shown."""
        return {
            Group.CREATE: [_at(one.row) for one in self.create],
            Group.UPDATE: [_match(one) for one in self.update],
            Group.UNCHANGED: [_match(one) for one in self.unchanged],
            Group.DUPLICATES: [_double(one) for one in self.duplicates],
            Group.REFUSED: [
                {**_at(row), "problems": [note._asdict() for note in row.problems]} for row in self.refused
            ],
            Group.IGNORED: [{"sheet": one.sheet, "row": one.number, "kind": one.kind.value} for one in self.ignored],
        }


def digest_of(plan: Plan) -> str:
    """Return by what a plan is known again: all that it would write and what it was compared with."""
    cards = [one.card and {name: plain(value) for name, value in one.card.items()} for one in _to_register(plan)]
    versions = [[one.reference, one.version] for one in (*plan.update, *plan.unchanged)]
    return sha256(json.dumps([plan.as_json(), cards, versions], sort_keys=True).encode()).hexdigest()


def _to_register(plan: Plan) -> Iterator[Creation | Double]:
    yield from plan.create
    yield from plan.duplicates


def _at(row: Row) -> dict[str, Any]:
    remarks = [note._asdict() for note in row.remarks]
    return {"sheet": row.sheet, "row": row.number, "name": row.values.get("name", ""), "remarks": remarks}


def _refused(row: Row) -> dict[str, Any]:
    return {**_at(row), "problems": [note._asdict() for note in row.problems]}


def _match(one: Match) -> dict[str, Any]:
    changes = {name: [plain(before), plain(after)] for name, (before, after) in one.changes.items()}
    return {**_at(one.row), "reference": one.reference, "changes": changes}


def _double(one: Double) -> dict[str, Any]:
    return {
        **_at(one.row),
        "reference": one.reference,
        "of": {"sheet": one.of.sheet, "row": one.of.number} if one.of else None,
        "why": [one.why.message, dict(one.why.params)],
        "may_be_registered": one.card is not None,
    }
