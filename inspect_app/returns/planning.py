"""Compare the rows of a return with what the inventory holds, and decide what becomes of each. Pure.

A file never closes a hazard and never moves one on: what it says about the work is kept as the county's claim. An empty
cell erases nothing, a due date once set is only moved by an approved extension, and what a person has changed in the
system is not overwritten by a file.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.words import STATE_LABELS, Grade, State
from inspect_app.returns.matching import Likeness, same_text
from inspect_app.returns.plan import Creation, Double, Match, Plan, Remark
from inspect_app.returns.result import ReadResult, Row

CLAIM = "县区报告"
CLAIMS = {"open": f"{CLAIM}未整改", "rectifying": f"{CLAIM}整改中", "rectified": f"{CLAIM}已整改"}
REPORTED_DONE = frozenset({State.DONE, State.RECHECKING, State.ACCEPTANCE, State.CLOSURE_PENDING, State.CLOSED})


class Held(Protocol):
    """A hazard of the inventory, as far as a plan looks at it."""

    id: int
    reference: str
    fingerprint: str
    region_id: int
    state: str
    grade: str | None
    responsible_unit_name: str
    responsible_person: str
    measures: str
    due_on: date | None
    progress: str


@dataclass(frozen=True)
class Holdings:
    """What the county holds that a file may speak of.

    `by_fingerprint` are certain matches, `likeness` possible ones, `references` the hazard numbers of the file that
    exist. `may_change` tells the columns that may still be changed, `settled` those that a person has changed since.
    `townships` maps township codes to region keys; `newer` names an applied return with a later report date.
    """

    county_id: int
    report_on: date
    by_fingerprint: Mapping[str, Sequence[Any]]
    may_change: Callable[[Any], Collection[str]]
    likeness: Likeness = field(default_factory=lambda: Likeness(()))
    references: Collection[str] = frozenset()
    settled: Mapping[int, Collection[str]] = field(default_factory=dict)
    townships: Mapping[str, int] = field(default_factory=dict)
    newer: str = ""

    def region_of(self, row: Row) -> int:
        """Return the region of a row: its township where that is known, else the county."""
        return self.townships.get(row.township_code or "", self.county_id)


def make_plan(read: ReadResult, fingerprints: Sequence[str], holdings: Holdings) -> Plan:
    """Put every row of the file into its group; `fingerprints` belong to `read.rows` in order."""
    create: list[Creation] = []
    matches: list[Match] = []
    doubles = [Double(double.row, of=double.of) for double in read.duplicates]
    taken: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for row, print_ in zip(read.rows, fingerprints, strict=True):
        region = holdings.region_of(row)
        before = taken.get(print_, ())
        if earlier := next((one for at, one in before if _same_place(at, region, holdings)), None):
            doubles.append(Double(row, of=earlier))
            continue
        taken[print_].append((region, row))
        if held := _held(print_, region, holdings):
            matches.append(_compare(row, held, holdings))
        elif reference := _possible(row, holdings):
            doubles.append(Double(row, reference=reference))
        else:
            create.append(Creation(row, print_, claim_of(row, holdings.report_on) if row.status != "open" else ""))
    update = [match for match in matches if match.changes]
    unchanged = [match for match in matches if not match.changes]
    return Plan(create, update, unchanged, doubles, read.rejected, read.ignored)


def claim_of(row: Row, report_on: date) -> str:
    """Return what the county says about the work, in words that show it is only said."""
    claim = CLAIMS.get(row.status or "", "")
    return f"{claim}（{row.done_on or report_on}）" if row.status == "rectified" else claim


def _same_place(one: int, other: int, holdings: Holdings) -> bool:
    """Whether two regions may be one place: a county stands for a township that was not named."""
    return one == other or holdings.county_id in (one, other)


def _held(print_: str, region: int, holdings: Holdings) -> Held | None:
    candidates = holdings.by_fingerprint.get(print_)
    if not candidates:
        return None
    near = [held for held in candidates if _same_place(held.region_id, region, holdings)]
    return min(near, key=lambda held: (held.region_id != region, held.state in FINAL_STATES, held.id), default=None)


def _possible(row: Row, holdings: Holdings) -> str:
    if row.reference and row.reference in holdings.references:
        return row.reference
    found = holdings.likeness.of(row)
    return found.reference if found else ""


def _compare(row: Row, held: Held, holdings: Holdings) -> Match:
    changes = _differences(row, held, holdings.report_on)
    remarks: list[Remark] = []
    if held.state in FINAL_STATES:
        contradicts = held.state == State.CLOSED and row.status in ("open", "rectifying")
        if changes or contradicts:
            remarks.append(Remark("R_ENDED", {"state": STATE_LABELS[held.state]}))
        return Match(row, held.id, held.reference, {}, tuple(remarks))
    if row.due_on and held.due_on and row.due_on != held.due_on:
        remarks.append(Remark("R_DUE_KEPT", {"held": held.due_on.isoformat(), "said": row.due_on.isoformat()}))
    may_change = holdings.may_change(held) if changes else ()
    for name in list(changes):
        if code := _obstacle(name, held, may_change, holdings):
            _, said = changes.pop(name)
            params = {"column": COLUMNS[name].label, "said": str(said), "newer": holdings.newer}
            remarks.append(Remark(code, params))
    return Match(row, held.id, held.reference, changes, tuple(remarks))


def _obstacle(name: str, held: Held, may_change: Collection[str], holdings: Holdings) -> str:
    if holdings.newer:
        return "R_OLDER"
    written_here = name == "progress" and held.progress and not held.progress.startswith(CLAIM)
    if written_here or name in holdings.settled.get(held.id, ()):
        return "R_CHANGED_HERE"
    return "" if name in may_change else "R_STAGE"


def _differences(row: Row, held: Held, report_on: date) -> dict[str, tuple[Any, Any]]:
    """Return the cells that say something other than what is held, as (before, after)."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name, said in (
        ("responsible_unit_name", row.responsible_unit),
        ("responsible_person", row.responsible_person),
        ("measures", row.measures),
    ):
        if said and not same_text(said, getattr(held, name)):
            changes[name] = (getattr(held, name), said)
    if row.grade and row.grade != held.grade:
        changes["grade"] = (held.grade, Grade(row.grade))
    if row.due_on and held.due_on is None:
        changes["due_on"] = (None, row.due_on)
    if _claims_more(row, held):
        changes["progress"] = (held.progress, claim_of(row, report_on))
    return {name: change for name, change in changes.items() if change[0] != change[1]}


def _claims_more(row: Row, held: Held) -> bool:
    """Whether the claim is news: not what was claimed before, nor what the hazard's own state already tells."""
    if row.status is None or (row.status == "rectified" and held.state in REPORTED_DONE):
        return False
    if row.status == "open" and not held.progress:
        return False
    said_before = row.status == "rectified" and row.done_on is None and held.progress.startswith(CLAIMS["rectified"])
    return not said_before
