"""From a figure of a score to the page that lists exactly its rows."""

from typing import Any

from flask import url_for

from inspect_app.assessments.period import Period
from inspect_app.assessments.sources import sources


def rows_href(county_code: str, period: Period, fact: str, part: str) -> str:
    """Return the address of the rows behind the "numerator" or the "denominator" of a fact, "" where none are."""
    source = sources()[fact]
    if source.counts and part == "denominator":
        return ""
    endpoint, arguments = source.link(county_code, period.code, part)
    values: dict[str, Any] = dict(arguments)
    return url_for(endpoint, **values)
