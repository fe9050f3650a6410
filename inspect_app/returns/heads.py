"""Find the head of a ledger: the rows whose texts name the most columns (domain reference §8, cases 1, 2, 28, 29)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from inspect_app.returns.columns import KNOWN, Match, match_path
from inspect_app.returns.fields import CORE, TICKS, Field
from inspect_app.workbooks.grid import Grid, spread_texts

SEARCH_ROWS = 40
TALLEST = 3
ENOUGH = 4
ENOUGH_WITH_UNIT = 3
ENOUGH_HEADINGS = 5
ENOUGH_KNOWN = 3
LONGEST_HEADING = 20
CHOSEN_RANK = -1

Path = tuple[str, ...]
Choices = Mapping[str, Mapping[str, str]]
"""By layout, what each heading (its levels joined by "/") means: a field, or "" for a column that is not read."""
NO_CHOICES: Choices = {}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: `top` and `height` in rows, where each field stands, and every column's own heading.

    `headings` are the columns' headings under their groups, `meant` what each was taken for, `layout` what a table of
    the same headings has in common, in whatever order; `chosen` columns mean what a person said.
    """

    top: int
    height: int
    columns: Mapping[Field, int]
    labels: Mapping[int, str]
    guessed: tuple[Field, ...] = ()
    unknown: tuple[int, ...] = ()
    headings: Mapping[int, str] = field(default_factory=dict)
    meant: Mapping[int, Field] = field(default_factory=dict)
    chosen: tuple[int, ...] = ()

    @property
    def body(self) -> int:
        """The first row below the head."""
        return self.top + self.height

    @property
    def layout(self) -> str:
        """The digest that all tables with these headings share."""
        return layout_of(self.headings.values())

    def label(self, name: Field) -> str | None:
        """The heading under which the file has a field."""
        return self.labels.get(self.columns.get(name, -1))


@dataclass(frozen=True, slots=True)
class _Candidate:
    top: int
    height: int
    paths: list[Path]
    matches: list[Match | None]
    stacked: bool
    chosen: frozenset[int] = frozenset()

    @property
    def fields(self) -> frozenset[Field]:
        found = {match.field for match in self.matches if match}
        if Field.UNIT_AND_PERSON in found:
            found |= {Field.RESPONSIBLE_UNIT, Field.RESPONSIBLE_PERSON}
        return frozenset(found & set(CORE) | {TICKS[name][0] for name in found & TICKS.keys()})

    @property
    def worth(self) -> tuple[int, int, int]:
        """More fields first; among equals a true stack of headings, else the fewest rows, the highest."""
        return len(self.fields), self.height if self.stacked else -self.height, -self.top


def find_head(grid: Grid, start: int = 0, stop: int | None = None, *, choices: Choices = NO_CHOICES) -> Head | None:
    """The best head among the rows from `start` up to `stop`, if there is one at all."""
    best = _best(grid, start, stop, choices)
    return _head(best) if best and _is_ledger(best.fields) else None


def possible_head(grid: Grid) -> Head | None:
    """What may be the head of a ledger in words that nobody knows yet: many headings, some known, and rows below."""
    best = _best(grid, 0, None, NO_CHOICES)
    if not best or best.top + best.height >= grid.height:
        return None
    headings = {path[-1] for path in best.paths if path and len(path[-1]) <= LONGEST_HEADING}
    known = sum(match is not None for match in best.matches)
    return _head(best) if len(headings) >= ENOUGH_HEADINGS and known >= ENOUGH_KNOWN and best.fields else None


def layout_of(headings: Iterable[str]) -> str:
    """The digest that tables with the same headings share, whatever their order."""
    return blake2b("\n".join(sorted(headings)).encode(), digest_size=16).hexdigest()


def _best(grid: Grid, start: int, stop: int | None, choices: Choices) -> _Candidate | None:
    end = min(grid.height, start + SEARCH_ROWS if stop is None else stop)
    texts = spread_texts(grid, start, min(end + TALLEST - 1, grid.height))
    candidates = [
        _candidate(texts, start, top, height, choices)
        for top in range(start, end)
        for height in range(1, min(TALLEST, len(texts) - (top - start)) + 1)
    ]
    return max(candidates, key=lambda candidate: candidate.worth, default=None)


def looks_like_head(texts: Sequence[str]) -> bool:
    """Whether enough cells of a body row are names of columns that another head may begin there."""
    return sum(1 for text in texts if text in KNOWN and KNOWN[text].field in CORE) >= ENOUGH_WITH_UNIT


def _is_ledger(fields: frozenset[Field]) -> bool:
    enough = ENOUGH_WITH_UNIT if Field.RESPONSIBLE_UNIT in fields else ENOUGH
    return Field.DESCRIPTION in fields and len(fields) >= enough


def _candidate(texts: Sequence[Sequence[str]], start: int, top: int, height: int, choices: Choices) -> _Candidate:
    rows = texts[top - start : top - start + height]
    stacks = list(zip(*rows, strict=True))
    paths = [tuple(text for index, text in enumerate(stack) if text and text not in stack[:index]) for stack in stacks]
    matches = [match_path(path) if path else None for path in paths]
    said = choices.get(layout_of(map("/".join, filter(None, paths))), {}) if choices else {}
    chosen = frozenset(column for column, path in enumerate(paths) if path and "/".join(path) in said)
    for column in chosen:
        matches[column] = Match(Field(said["/".join(paths[column])] or Field.OTHER), CHOSEN_RANK)
    return _Candidate(top, height, paths, matches, _is_stacked(stacks, matches), chosen)


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
        {column: "/".join(path) for column, path in enumerate(best.paths) if path},
        {column: match.field for column, match in enumerate(best.matches) if match},
        tuple(sorted(best.chosen)),
    )
