"""What is to become of every row of a return: each stands in exactly one group, and the groups add up to the file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import plain
from inspect_app.returns.result import Ignored, Rejection, Row

SAID = 120
SHOWN = 200
FROM_FILE, FROM_SYSTEM = "file", "system"
Decisions = Mapping[str, Mapping[str, str]]


class Group(StrEnum):
    """Where a row of the file can stand."""

    CREATE = "create"
    UPDATE = "update"
    CONFLICTS = "conflicts"
    UNCHANGED = "unchanged"
    DUPLICATES = "duplicates"
    REFUSED = "refused"
    IGNORED = "ignored"


GROUP_LABELS: Mapping[str, str] = {
    Group.CREATE: mark("新增"),
    Group.UPDATE: mark("更新"),
    Group.CONFLICTS: mark("冲突"),
    Group.UNCHANGED: mark("不变"),
    Group.DUPLICATES: mark("重复"),
    Group.REFUSED: mark("不合格"),
    Group.IGNORED: mark("略过"),
}


class Remark(NamedTuple):
    """A warning of the plan: a code of `remarks.REMARKS` with the parameters of its sentence."""

    code: str
    params: Mapping[str, str]


class Creation(NamedTuple):
    """A row that becomes a hazard."""

    row: Row
    fingerprint: str
    progress: str


class Clash(NamedTuple):
    """A cell that a person has changed in the system and of which the file says something else.

    `base` is what stood there before the person changed it, as far as that is known.
    """

    base: Any
    here: Any
    said: Any


@dataclass(frozen=True, slots=True)
class Match:
    """A row about a hazard that is held already: `changes` maps columns to (before, after), and may be empty.

    `clashes` are the cells of which a person has to decide whose word counts; the system's stays until then.
    """

    row: Row
    hazard_id: int
    reference: str
    changes: Mapping[str, tuple[Any, Any]]
    remarks: tuple[Remark, ...] = ()
    clashes: Mapping[str, Clash] = field(default_factory=dict)

    def taken(self, decisions: Decisions) -> dict[str, Any]:
        """Return the values that are written: the changes, and of the clashes those decided for the file."""
        chosen = decisions.get(self.reference, {})
        decided = {name: clash.said for name, clash in self.clashes.items() if chosen.get(name) == FROM_FILE}
        return {**{name: after for name, (_, after) in self.changes.items()}, **decided}


@dataclass(frozen=True, slots=True)
class Double:
    """A row that is not imported because another row of the file (`of`) or a hazard (`reference`) may say the same."""

    row: Row
    of: Row | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one file by group."""

    create: Sequence[Creation]
    update: Sequence[Match]
    unchanged: Sequence[Match]
    duplicates: Sequence[Double]
    refused: Sequence[Rejection]
    ignored: Sequence[Ignored]
    conflicts: Sequence[Match] = ()

    def taken(self, decisions: Decisions) -> dict[int, dict[str, Any]]:
        """Return what is written into hazards that are held: key -> columns with their values."""
        found = {match.hazard_id: match.taken(decisions) for match in (*self.update, *self.conflicts)}
        return {key: columns for key, columns in found.items() if columns}

    @property
    def counts(self) -> dict[str, int]:
        """The size of each group."""
        return {group.value: len(getattr(self, group.value)) for group in Group}

    @property
    def total(self) -> int:
        """The rows of the file."""
        return sum(self.counts.values())

    def places(self) -> Iterator[tuple[str | None, int]]:
        """Name the sheet and number of every row of the plan."""
        matches = (one.row for one in (*self.update, *self.conflicts, *self.unchanged))
        rows = (*(one.row for one in self.create), *matches, *(one.row for one in self.duplicates))
        for one in rows:
            yield one.sheet, one.number
        for refusal in self.refused:
            yield refusal.sheet, refusal.number
        for other in self.ignored:
            yield other.sheet, other.number

    def as_json(self) -> dict[str, list[Any]]:
        """Return the groups as they are kept; a creation only by its place, since its row is kept with the return."""
        return {
            Group.CREATE: [[one.row.sheet, one.row.number] for one in self.create],
            Group.UPDATE: [_match(one) for one in self.update],
            Group.CONFLICTS: [_match(one) for one in self.conflicts],
            Group.UNCHANGED: [_match(one) for one in self.unchanged],
            Group.DUPLICATES: [_double(one) for one in self.duplicates],
            Group.REFUSED: [_refused(one) for one in self.refused],
            Group.IGNORED: [one.as_json() for one in self.ignored],
        }


def preview(plan: Plan) -> list[dict[str, Any]]:
    """Return the first rows that become hazards, with what a page shows of them."""
    return [created(one.row) for one in plan.create[:SHOWN]]


def created(row: Row) -> dict[str, Any]:
    """Return a row that becomes a hazard, as pages and lists show it."""
    return {
        **_at(row),
        "township": row.township or "",
        "grade": row.grade or "",
        "found_on": plain(row.found_on),
        "due_on": plain(row.due_on),
        "status": row.status or "",
        "warnings": list(row.warnings),
    }


def digest_of(groups: Mapping[str, Any]) -> str:
    """Return the digest of a plan's JSON: the same only while every row still comes to the same."""
    return sha256(json.dumps(groups, sort_keys=True).encode()).hexdigest()


def _at(row: Row) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.number,
        "site": (row.site or row.responsible_unit)[:SAID],
        "description": row.description[:SAID],
    }


def _match(one: Match) -> dict[str, Any]:
    changes = {name: [plain(before), plain(after)] for name, (before, after) in one.changes.items()}
    remarks = [[remark.code, dict(remark.params)] for remark in one.remarks]
    clashes = {name: [plain(value) for value in clash] for name, clash in one.clashes.items()}
    return {
        **_at(one.row),
        "reference": one.reference,
        "changes": changes,
        "remarks": remarks,
        **({"clashes": clashes} if clashes else {}),
        "warnings": list(one.row.warnings),
    }


def _double(one: Double) -> dict[str, Any]:
    of = {"sheet": one.of.sheet, "row": one.of.number} if one.of else None
    return {**_at(one.row), "of": of, "reference": one.reference}


def _refused(one: Rejection) -> dict[str, Any]:
    problems = [{"code": problem.code, "column": problem.column, "value": problem.value} for problem in one.problems]
    return {"sheet": one.sheet, "row": one.number, "problems": problems}
