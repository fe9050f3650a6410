"""Find the head of a list on a sheet: the rows that name the most columns (domain reference §8, cases 1, 2, 28)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from inspect_app.workbooks.grid import Grid, spread_texts
from inspect_app.workbooks.headings import Headings, Match

SEARCH_ROWS = 40
TALLEST = 3
ENOUGH = 3
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a list: its rows, in which column each field stands, under which heading; what was not known."""

    top: int
    height: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    guessed: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def body(self) -> int:
        """The first row below the head."""
        return self.top + self.height

    def label(self, field: str) -> str:
        """The heading under which the file has a field."""
        return self.labels[self.columns[field]]


Fits = Callable[[Head], bool]


def find_head(grid: Grid, headings: Headings[str], fits: Fits) -> Head | None:
    """The best head among the first rows that `fits`; what means OTHER is known and passed over."""
    end = min(grid.height, SEARCH_ROWS)
    texts = spread_texts(grid, 0, min(end + TALLEST - 1, grid.height))
    heads = [
        _head(texts, headings, top, height)
        for top in range(end)
        for height in range(1, min(TALLEST, len(texts) - top) + 1)
    ]
    best = filter(fits, heads)
    return max(best, key=lambda head: (len(head.columns), -len(head.unknown), -head.height, -head.top), default=None)


def repeats(texts: Sequence[str], head: Head) -> bool:
    """Whether a row below is the head once more, as on every printed page."""
    said = [text for text in texts if text]
    return len(said) >= ENOUGH and all(text in head.labels.values() for text in said)


def _head(texts: Sequence[Sequence[str]], headings: Headings[str], top: int, height: int) -> Head:
    paths = [
        tuple(dict.fromkeys(text for text in stack if text)) for stack in zip(*texts[top : top + height], strict=True)
    ]
    matches = [_match(headings, path) for path in paths]
    columns: dict[str, int] = {}
    for column, match in enumerate(matches):
        if match and match.field != OTHER and _better(match, matches, columns):
            columns[match.field] = column
    return Head(
        top,
        height,
        columns,
        {column: path[-1] for column, path in enumerate(paths) if path},
        tuple(paths[column][-1] for column in columns.values() if (found := matches[column]) and not found.sure),
        tuple(path[-1] for path, match in zip(paths, matches, strict=True) if path and not match),
    )


def _match(headings: Headings[str], path: Sequence[str]) -> Match[str] | None:
    if not path:
        return None
    *groups, leaf = path
    together = (headings.match(group + leaf, misspelt=False) for group in reversed(groups))
    return headings.match(leaf) or next(filter(None, together), None)


def _better(match: Match[str], matches: Sequence[Match[str] | None], columns: Mapping[str, int]) -> bool:
    held = matches[columns[match.field]] if match.field in columns else None
    return held is None or match.rank < held.rank
