"""Find the head of a ledger: the rows whose texts name the most columns (domain reference §8, cases 1, 2, 28, 29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspect_app.returns.columns import KNOWN, Match, match_path
from inspect_app.returns.fields import CORE, TICKS, Field
from inspect_app.workbooks.grid import Grid, spread_texts

SEARCH_ROWS = 40
TALLEST = 3
ENOUGH = 4
ENOUGH_WITH_UNIT = 3

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: `top` and `height` in rows, where each field stands, and every column's own heading."""

    top: int
    height: int
    columns: Mapping[Field, int]
    labels: Mapping[int, str]
    guessed: tuple[Field, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def body(self) -> int:
        """The first row below the head."""
        return self.top + self.height

    def label(self, field: Field) -> str | None:
        """The heading under which the file has a field."""
        return self.labels.get(self.columns.get(field, -1))


@dataclass(frozen=True, slots=True)
class _Candidate:
    top: int
    height: int
    paths: list[Path]
    matches: list[Match | None]
    stacked: bool

    @property
    def fields(self) -> frozenset[Field]:
        found = {match.field for match in self.matches if match}
        if Field.UNIT_AND_PERSON in found:
            found |= {Field.RESPONSIBLE_UNIT, Field.RESPONSIBLE_PERSON}
        return frozenset(found & set(CORE) | {TICKS[field][0] for field in found & TICKS.keys()})

    @property
    def worth(self) -> tuple[int, int, int]:
        """More fields first; among equals a true stack of headings, else the fewest rows, the highest."""
        return len(self.fields), self.height if self.stacked else -self.height, -self.top


def find_head(grid: Grid, start: int = 0, stop: int | None = None) -> Head | None:
    """The best head among the rows from `start` up to `stop`, if there is one at all."""
    end = min(grid.height, start + SEARCH_ROWS if stop is None else stop)
    texts = spread_texts(grid, start, min(end + TALLEST - 1, grid.height))
    candidates = [
        _candidate(texts, start, top, height)
        for top in range(start, end)
        for height in range(1, min(TALLEST, len(texts) - (top - start)) + 1)
    ]
    best = max(candidates, key=lambda candidate: candidate.worth, default=None)
    return _head(best) if best and _is_ledger(best.fields) else None


def looks_like_head(texts: Sequence[str]) -> bool:
    """Whether enough cells of a body row are names of columns that another head may begin there."""
    return sum(1 for text in texts if text in KNOWN and KNOWN[text].field in CORE) >= ENOUGH_WITH_UNIT


def _is_ledger(fields: frozenset[Field]) -> bool:
    enough = ENOUGH_WITH_UNIT if Field.RESPONSIBLE_UNIT in fields else ENOUGH
    return Field.DESCRIPTION in fields and len(fields) >= enough


def _candidate(texts: Sequence[Sequence[str]], start: int, top: int, height: int) -> _Candidate:
    rows = texts[top - start : top - start + height]
    stacks = list(zip(*rows, strict=True))
    paths = [tuple(text for index, text in enumerate(stack) if text and text not in stack[:index]) for stack in stacks]
    matches = [match_path(path) if path else None for path in paths]
    return _Candidate(top, height, paths, matches, stacked=_is_stacked(stacks, matches))


def _is_stacked(stacks: Sequence[tuple[str, ...]], matches: Sequence[Match | None]) -> bool:
    """Whether a head of several rows is one: headings of the first row stand beside groups, and all below is known."""
    alone = below = False
    for stack, match in zip(stacks, matches, strict=True):
        if all(text in {"", stack[0]} for text in stack[1:]):
            alone = alone or match is not None
        elif match:
            below = True
        else:
            return False
    return alone and below


def _head(best: _Candidate) -> Head:
    columns: dict[Field, int] = {}
    for column, match in enumerate(best.matches):
        if match and match.field is not Field.OTHER:
            holder = best.matches[columns.get(match.field, column)]
            if match.field not in columns or (holder and match.rank < holder.rank):
                columns[match.field] = column
    taken = {column: best.matches[column] for column in columns.values()}
    return Head(
        best.top,
        best.height,
        columns,
        {column: path[-1] for column, path in enumerate(best.paths) if path},
        tuple(match.field for match in taken.values() if match and not match.sure),
        tuple(column for column, path in enumerate(best.paths) if path and not best.matches[column]),
    )
