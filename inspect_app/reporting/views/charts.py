"""The figures of an overview, each with the same data as a table whose figures lead to their rows."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from inspect_app.hazards.filters import HazardFilter
from inspect_app.reporting.figures import BRAND, DONE, LATE, LATE_LIGHT, Bar, Pair, lying_bars, month_bars
from inspect_app.reporting.overview import Figure, Month, Picture

Address = Callable[[HazardFilter], str]
STAGE_COLORS = (BRAND, "#276273", "#4a8090", "#749fac", DONE)
AGE_COLORS = (LATE_LIGHT, LATE_LIGHT, LATE_LIGHT, LATE)
Chart = dict[str, Any]


def charts(picture: Picture, address: Address) -> dict[str, Chart]:
    """Return the closure funnel, the age of what is late, and the trend, as `spec` and `table`."""
    return {
        "stages": _bars(picture.stages, STAGE_COLORS, (_("环节"), _("隐患数")), address),
        "ages": _bars(picture.ages, AGE_COLORS, (_("逾期时长"), _("隐患数")), address),
        "months": _trend(picture.months, address),
    }


def _bars(figures: Sequence[Figure], colors: Sequence[str], head: tuple[str, str], address: Address) -> Chart:
    bars = [
        Bar(_(figure.label), figure.number, address(figure.wanted), color)
        for figure, color in zip(figures, colors, strict=True)
    ]
    return {
        "spec": lying_bars(bars),
        "table": {"head": head, "rows": [[bar.label, (f"{bar.value:,}", bar.href)] for bar in bars]},
    }


def _trend(months: Sequence[Month], address: Address) -> Chart:
    pairs = [
        Pair(_("%(month)s 月", month=month.first.month), month.found, month.closed, address(month.wanted))
        for month in months
    ]
    rows = [
        [f"{month.first:%Y-%m}", (f"{pair.first:,}", pair.first_href), f"{pair.second:,}"]
        for month, pair in zip(months, pairs, strict=True)
    ]
    return {
        "spec": month_bars(pairs, (_("发现"), _("销号"))),
        "table": {"head": (_("月份"), _("发现"), _("销号")), "rows": rows},
    }
