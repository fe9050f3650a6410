"""The names by which texts call figures (【发现隐患】, 【销号率】) and plain words (【时段】, 【县】). Pure."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from inspect_app.bulletins.measures import MEASURES, RATES

PERIOD, SPAN, AS_OF, REGION, CAMPAIGN, COUNTY = "时段", "统计起讫", "截至日期", "地区", "专项", "县"
WHOLE_WORDS = (PERIOD, SPAN, AS_OF, REGION, CAMPAIGN)
LINE_WORDS = (COUNTY, *WHOLE_WORDS)
UNKNOWN = "—"
FIGURES: Mapping[str, str] = {
    **{measure.label: name for name, measure in MEASURES.items()},
    **{rate.label: name for name, rate in RATES.items()},
}


def shown(numerator: int, denominator: int | None) -> str:
    """Write a count, or a rate as a percentage with one decimal place; "—" where nothing was to be counted."""
    if denominator is None:
        return str(numerator)
    if not denominator:
        return UNKNOWN
    percent = (Decimal(100 * numerator) / Decimal(denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent}%"
