"""Compare the rows of a return with what the inventory holds, and decide what becomes of each. Pure.

A file never closes a hazard and never moves one on: what it says about the work is kept as the county's claim. An empty
cell erases nothing, a due date once set is only moved by an approved extension, and where a person has changed a cell
in the system and the file says otherwise, both are kept for a person to decide: the system's stays until then.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.words import STATE_LABELS, Grade, State
from inspect_app.returns.duplicates import wording
from inspect_app.returns.matching import Likeness, place_of, same_text, site_key
from inspect_app.returns.plan import Clash, Creation, Double, Match, Plan, Remark
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
    site_name: str
    description: str
    found_on: date | None
    responsible_unit_name: str
    responsible_person: str
    measures: str
    due_on: date | None
    progress: str


class Issued(NamedTuple):
    """A hazard of a workbook that was issued: as it is held now, and its cells as they went out (column -> value).

    `said` is what the row says of columns that only such a workbook has, the work in the county's words among them.
    """

    held: Any
    base: Mapping[str, Any]
    said: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Holdings:
    """What the county holds that a file may speak of.

    `by_fingerprint` are certain matches, `likeness` possible ones. `by_reference` are the hazards whose numbers the
    file names: certain when object or words agree as well. `issued` maps the keys of the rows of an issued workbook to
    their hazards: certain whatever the words. `may_change` tells the columns that may still be changed, `settled` those
    that a person has changed since, with what stood there before. `townships` maps township codes to region keys;
    `newer` names an applied return with a later report date.
    """

    county_id: int
    report_on: date
    by_fingerprint: Mapping[str, Sequence[Any]]
    may_change: Callable[[Any], Collection[str]]
    likeness: Likeness = field(default_factory=lambda: Likeness(()))
    by_reference: Mapping[str, Any] = field(default_factory=dict)
    issued: Mapping[str, Issued] = field(default_factory=dict)
    settled: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
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
    spoken_of: dict[int, Row] = {}
    for row, print_ in zip(read.rows, fingerprints, strict=True):
        region = holdings.region_of(row)
        before = () if row.key or row.reference in holdings.by_reference else taken.get(print_, ())
        earlier = next((one for at, one in before if _same_place(at, region, holdings)), None)
        held = None if earlier else _held(row, print_, region, holdings)
        if earlier := earlier or (spoken_of.get(held.id) if held else None):
            doubles.append(Double(row, of=earlier))
            continue
        taken[print_].append((region, row))
        if held:
            spoken_of[held.id] = row
            matches.append(_compare(row, held, holdings))
        elif reference := _possible(row, holdings):
            doubles.append(Double(row, reference=reference))
        else:
            create.append(Creation(row, print_, claim_of(row, holdings.report_on) if row.status != "open" else ""))
    conflicts = [match for match in matches if match.clashes]
    update = [match for match in matches if match.changes and not match.clashes]
    unchanged = [match for match in matches if not (match.changes or match.clashes)]
    return Plan(create, update, unchanged, doubles, read.rejected, read.ignored, conflicts)


def claim_of(row: Row, report_on: date) -> str:
    """Return what the county says about the work, in words that show it is only said."""
    claim = CLAIMS.get(row.status or "", "")
    return f"{claim}（{row.done_on or report_on}）" if row.status == "rectified" else claim


def _same_place(one: int, other: int, holdings: Holdings) -> bool:
    """Whether two regions may be one place: a county stands for a township that was not named."""
    return one == other or holdings.county_id in (one, other)


def _held(row: Row, print_: str, region: int, holdings: Holdings) -> Held | None:
    if row.key and row.key in holdings.issued:
        held: Held = holdings.issued[row.key].held
        return held
    return _numbered(row, holdings) or _same_finding(print_, region, holdings)


def _numbered(row: Row, holdings: Holdings) -> Held | None:
    """Return the hazard whose number the row bears, unless it speaks of another object in other words."""
    held: Held | None = holdings.by_reference.get(row.reference or "")
    if held is None:
        return None
    same_site = site_key(place_of(row)) == site_key(held.site_name or held.responsible_unit_name)
    same_words = wording(row.description) == wording(held.description) or same_text(row.description, held.description)
    return held if same_site or same_words else None


def _same_finding(print_: str, region: int, holdings: Holdings) -> Held | None:
    candidates = holdings.by_fingerprint.get(print_)
    if not candidates:
        return None
    near = [held for held in candidates if _same_place(held.region_id, region, holdings)]
    return min(near, key=lambda held: (held.region_id != region, held.state in FINAL_STATES, held.id), default=None)


def _possible(row: Row, holdings: Holdings) -> str:
    if row.reference and row.reference in holdings.by_reference:
        return row.reference
    found = holdings.likeness.of(row)
    return found.reference if found else ""


def _compare(row: Row, held: Held, holdings: Holdings) -> Match:
    issued = holdings.issued.get(row.key or "")
    changes = _differences(row, held, holdings.report_on)
    if issued:
        changes = _edited(changes | _finding(row, held) | _further(issued), issued.base)
    remarks: list[Remark] = []
    if held.state in FINAL_STATES:
        contradicts = held.state == State.CLOSED and row.status in ("open", "rectifying")
        if changes or contradicts:
            remarks.append(Remark("R_ENDED", {"state": STATE_LABELS[held.state]}))
        return Match(row, held.id, held.reference, {}, tuple(remarks))
    if row.due_on and held.due_on and row.due_on != held.due_on:
        remarks.append(Remark("R_DUE_KEPT", {"held": held.due_on.isoformat(), "said": row.due_on.isoformat()}))
    clashes: dict[str, Clash] = {}
    known = _changed_here(held, issued, holdings) if changes else {}
    may_change = holdings.may_change(held) if changes else ()
    for name, (here, said) in list(changes.items()):
        if code := _obstacle(name, held, may_change, holdings, issued=issued is not None):
            params = {"column": COLUMNS[name].label, "said": str(said), "newer": holdings.newer}
            remarks.append(Remark(code, params))
            del changes[name]
        elif name in known:
            clashes[name] = Clash(known[name], here, said)
            del changes[name]
    return Match(row, held.id, held.reference, changes, tuple(remarks), clashes)


def _obstacle(name: str, held: Held, may_change: Collection[str], holdings: Holdings, *, issued: bool) -> str:
    if holdings.newer:
        return "R_OLDER"
    if name == "progress" and not issued and held.progress and not held.progress.startswith(CLAIM):
        return "R_CHANGED_HERE"
    return "" if name in may_change else "R_STAGE"


def _changed_here(held: Held, issued: Issued | None, holdings: Holdings) -> Mapping[str, Any]:
    """Return the columns that a person has changed in the system, with what stood there before.

    Of an issued row only what was changed since then counts, and what went out is what stood there before.
    """
    settled = holdings.settled.get(held.id, {})
    if issued is None:
        return settled
    return {name: issued.base.get(name, before) for name, before in settled.items() if _moved(name, held, issued)}


def _moved(name: str, held: Held, issued: Issued) -> bool:
    return name not in issued.base or not _alike(getattr(held, name), issued.base[name])


def _edited(changes: dict[str, tuple[Any, Any]], base: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Leave of the differences what the county itself has changed since the workbook was issued."""
    return {name: change for name, change in changes.items() if name not in base or not _alike(change[1], base[name])}


def _finding(row: Row, held: Held) -> dict[str, tuple[Any, Any]]:
    """Return how the row tells the finding itself otherwise: only an issued workbook may, which knows its rows."""
    said = {"description": row.description, "site_name": row.site, "found_on": row.found_on}
    told = {name: (getattr(held, name), value) for name, value in said.items() if value}
    return {name: change for name, change in told.items() if not _alike(*change)}


def _further(issued: Issued) -> dict[str, tuple[Any, Any]]:
    """Return what a row of an issued workbook says of columns that no other ledger has."""
    told = {name: (getattr(issued.held, name), value) for name, value in issued.said.items()}
    return {name: change for name, change in told.items() if not _alike(*change)}


def _alike(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    return one == other


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
