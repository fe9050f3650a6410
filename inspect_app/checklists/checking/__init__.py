"""Mistakes of a checklist as it stands, wherever it was written: in a file, in a workbook or on the pages. Pure."""

from collections.abc import Container

from inspect_app.checklists.checking.flaw import Flaw
from inspect_app.checklists.checking.items import item_flaws
from inspect_app.checklists.checking.lists import list_flaws
from inspect_app.checklists.checking.origin import origin_flaws
from inspect_app.checklists.checking.skips import relevance_flaws
from inspect_app.checklists.definition import Checklist

__all__ = ["Flaw", "problems_of"]


def problems_of(checklist: Checklist, register: Container[str], parent: Checklist | None = None) -> tuple[Flaw, ...]:
    """Return every mistake: of the list, then item by item in its order; empty when it may be tried and published.

    `register` holds the codes that an item may cite; `parent` is the list of a higher body that this one derives from.
    """
    flaws = [*list_flaws(checklist), *origin_flaws(checklist, parent)]
    for item in checklist.items:
        flaws += item_flaws(item, register)
        flaws += relevance_flaws(checklist, item)
    return tuple(flaws)
