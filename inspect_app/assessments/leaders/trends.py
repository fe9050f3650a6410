"""Scores over time: one county against all, and every county by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from inspect_app.assessments.wording import rounded

BRAND, GREY, LIGHT = "#0e4a5a", "#586875", "#9cc1ca"
HEIGHT = 260
THICK, DASHED = {"width": 3, "dash": "solid"}, {"width": 2, "dash": "dash"}
LINE = {"type": "scatter", "mode": "lines+markers", "cliponaxis": False, "connectgaps": False}


@dataclass(frozen=True)
class Point:
    """What a county reached in a month or a year, as a share of the marks that applied."""

    label: str
    county_id: int
    share: Fraction
    version: int = 1


@dataclass(frozen=True)
class Beside:
    """A month or year in per cent: the county in front (None without a score), and mean, best and worst of all."""

    label: str
    own: Decimal | None
    mean: Decimal
    best: Decimal
    worst: Decimal
    counted: int


@dataclass(frozen=True)
class Row:
    """A county with its per cent by month or year, None where nothing was kept."""

    code: str
    name: str
    cells: tuple[Decimal | None, ...]


def labels(kept: Iterable[Point]) -> list[str]:
    """List the months or years in which anything was kept, in order."""
    return sorted({each.label for each in kept})


def changes(kept: Iterable[Point]) -> list[tuple[str, int]]:
    """List from which month or year on another version of the scheme was used; before and after do not compare."""
    newest: dict[str, int] = {}
    for each in kept:
        newest[each.label] = max(each.version, newest.get(each.label, 0))
    told = sorted(newest.items())
    return [later for before, later in pairwise(told) if later[1] != before[1]]


def series(kept: Sequence[Point], chosen: int | None) -> list[Beside]:
    """Put one county beside all of them; the last score of a month or year counts."""
    return [_beside(label, _of(kept, label), chosen) for label in labels(kept)]


def matrix(kept: Sequence[Point], counties: Iterable[tuple[int, str, str]], last: int) -> tuple[list[str], list[Row]]:
    """Lay out the `last` months or years by county (key, code, name)."""
    heads = labels(kept)[-last:]
    by_label = {label: _of(kept, label) for label in heads}
    return heads, [Row(code, name, tuple(by_label[label].get(key) for label in heads)) for key, code, name in counties]


def line_figure(points: Sequence[Beside], own: str, mean: str, spread: str) -> dict[str, Any]:
    """Draw the county in front thick and the mean dashed, each named at its end, over the span of all of them."""
    at = [point.label for point in points]
    ahead = bool(points) and points[-1].own is not None and points[-1].own >= points[-1].mean
    data = [
        _edge(at, [point.worst for point in points], spread, fill=False),
        _edge(at, [point.best for point in points], spread, fill=True),
        _named(at, [point.mean for point in points], mean, GREY, above=not (own and ahead)),
    ]
    if own:
        data.append(_named(at, [point.own for point in points], own, BRAND, above=ahead))
    return {"data": data, "layout": _layout(points)}


def _of(kept: Sequence[Point], label: str) -> dict[int, Decimal]:
    return {each.county_id: rounded(each.share * 100) for each in kept if each.label == label}


def _beside(label: str, scores: Mapping[int, Decimal], chosen: int | None) -> Beside:
    mean = rounded(sum((Fraction(score) for score in scores.values()), Fraction(0)) / len(scores))
    own = scores.get(chosen) if chosen is not None else None
    return Beside(label, own, mean, max(scores.values()), min(scores.values()), len(scores))


def _named(
    at: Sequence[str], values: Sequence[Decimal | None], name: str, color: str, *, above: bool
) -> dict[str, Any]:
    shown = [None if value is None else float(value) for value in values]
    last = next((place for place in reversed(range(len(shown))) if shown[place] is not None), -1)
    return {
        **LINE,
        "x": at,
        "y": shown,
        "name": name,
        "mode": "lines+markers+text",
        "text": [f"{name} {values[place]}%" if place == last else "" for place in range(len(shown))],
        "textposition": f"{'top' if above else 'bottom'} {'left' if len(shown) > 1 else 'center'}",
        "hovertemplate": f"%{{x}} {name} %{{y}}%<extra></extra>",
        "line": {"color": color, **(THICK if color == BRAND else DASHED)},
    }


def _edge(at: Sequence[str], values: Sequence[Decimal], name: str, *, fill: bool) -> dict[str, Any]:
    return {
        **LINE,
        "mode": "lines",
        "x": at,
        "y": [float(value) for value in values],
        "line": {"color": LIGHT, "width": 1},
        "fill": "tonexty" if fill else "none",
        "fillcolor": "rgba(156, 193, 202, 0.25)",
        "hovertemplate": f"%{{x}} {name} %{{y}}%<extra></extra>",
    }


def _layout(points: Sequence[Beside]) -> dict[str, Any]:
    lowest = float(min(point.worst for point in points)) if points else 0.0
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 24, "t": 24, "b": 8},
        "xaxis": {"type": "category", "showgrid": False},
        "yaxis": {"range": [max(0.0, lowest - 10), 103], "ticksuffix": "%"},
    }
