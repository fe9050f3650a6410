"""Figures for the drawing library as plain dictionaries: bars from zero, one hue, labels at the bars, no legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BRAND, LIGHT, DONE, LATE, LATE_LIGHT = "#0e4a5a", "#9cc1ca", "#24704a", "#b4402a", "#d98a7b"
BAR_HEIGHT, FRAME = 38, 24
TREND_HEIGHT = 250


@dataclass(frozen=True)
class Bar:
    """A labelled bar; `href` leads to its rows."""

    label: str
    value: int
    href: str
    color: str = BRAND


@dataclass(frozen=True)
class Pair:
    """Two figures of one month, each with the address of its rows ("" when there is none)."""

    label: str
    first: int
    second: int
    first_href: str = ""
    second_href: str = ""


def lying_bars(bars: Sequence[Bar]) -> dict[str, Any]:
    """Draw bars lying on their side, the first at the top, each with its figure at the end."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [bar.label for bar in bars],
        "x": [bar.value for bar in bars],
        "text": [f"{bar.value:,}" for bar in bars],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [bar.href for bar in bars],
        "hovertemplate": "%{y}：%{x}<extra></extra>",
        "marker": {"color": [bar.color for bar in bars]},
        "width": 0.66,
    }
    layout = {
        "height": BAR_HEIGHT * len(bars) + FRAME,
        "margin": {"l": 8, "r": 48, "t": 4, "b": 4},
        "xaxis": {"visible": False, "rangemode": "tozero"},
        "yaxis": {"autorange": "reversed", "ticks": "", "ticksuffix": "  ", "showgrid": False},
    }
    return {"data": [trace], "layout": layout}


def month_bars(months: Sequence[Pair], names: tuple[str, str]) -> dict[str, Any]:
    """Draw two bars a month, the lighter one first, with their figures on top; zeros stay without figure."""
    traces = [
        _month_trace(months, names[0], LIGHT, first=True),
        _month_trace(months, names[1], BRAND, first=False),
    ]
    layout = {
        "height": TREND_HEIGHT,
        "barmode": "group",
        "bargap": 0.28,
        "bargroupgap": 0.06,
        "margin": {"l": 8, "r": 8, "t": 20, "b": 8},
        "xaxis": {"type": "category", "ticks": "", "showgrid": False},
        "yaxis": {"visible": False, "rangemode": "tozero"},
    }
    return {"data": traces, "layout": layout}


def _month_trace(months: Sequence[Pair], name: str, color: str, *, first: bool) -> dict[str, Any]:
    values = [month.first if first else month.second for month in months]
    return {
        "type": "bar",
        "name": name,
        "x": [month.label for month in months],
        "y": values,
        "text": [f"{value:,}" if value else "" for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [month.first_href if first else month.second_href for month in months],
        "hovertemplate": f"%{{x}} {name} %{{y}}<extra></extra>",
        "marker": {"color": color},
    }
