"""Tell what a heading of a ledger means, alone or under its group headings."""

from collections.abc import Mapping
from functools import lru_cache

from inspect_app.returns.fields import Field
from inspect_app.returns.synonyms import SYNONYMS
from inspect_app.workbooks import headings
from inspect_app.workbooks.headings import BRACKETS, LONGEST, Headings

Match = headings.Match[Field]
HEADINGS = Headings(SYNONYMS)
KNOWN: Mapping[str, Match] = HEADINGS.known


@lru_cache(maxsize=4096)
def match_heading(text: str, *, misspelt: bool = True) -> Match | None:
    """The field a heading names (see `Headings.match`); asked again and again for the same texts."""
    return HEADINGS.match(text, misspelt=misspelt)


@lru_cache(maxsize=4096)
def match_path(path: tuple[str, ...]) -> Match | None:
    """The field of a heading under its group headings: "检查情况" above "时间" is the day of finding."""
    *groups, heading = path
    leaf = match_heading(heading)
    if len(heading) > LONGEST or not BRACKETS.sub("", heading):
        return leaf
    for group in reversed(groups):
        for both in (group + heading, group.removesuffix("情况") + heading) if not leaf else ():
            leaf = leaf or match_heading(both, misspelt=False)
    return leaf
