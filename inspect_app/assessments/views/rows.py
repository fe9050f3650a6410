"""From a figure of a score to the page that lists exactly its rows."""

from flask import url_for

from inspect_app.assessments.period import Period
from inspect_app.assessments.sources import sources


def rows_href(county_code: str, period: Period, fact: str, part: str) -> str:
    """Return the address of the rows behind the "numerator" or the "denominator" of a fact."""
    return url_for(sources()[fact].endpoint, fact=fact, county=county_code, period=period.code, part=part)
