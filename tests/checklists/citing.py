"""Lists that cite what a test wants."""

from dataclasses import replace

from inspect_app.checklists.definition import Checklist, Citation
from inspect_app.checklists.loading import load_library


def citing(*bases: tuple[str, str | None]) -> Checklist:
    """Return a list of two items, both citing these bases with these articles."""
    checklist = load_library().checklists["C03"]
    citations = tuple(Citation(code, article) for code, article in bases)
    items = tuple(replace(item, citations=citations) for item in checklist.items[:2])
    return replace(checklist, sections=(replace(checklist.sections[0], items=items),))
