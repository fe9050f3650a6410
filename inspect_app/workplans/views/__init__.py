"""Pages of work plans: notices and their review, what each unit owes, and how far everybody is."""

from inspect_app.workplans.views import (
    board,
    dues,
    imports,
    inbox,
    library,
    listing,
    mine,
    owing,
    pieces,
    publishing,
    receiving,
    reviewing,
    stuck,
    summaries,
    workbooks,
)
from inspect_app.workplans.views.place import blueprint

__all__ = [
    "blueprint",
    "board",
    "dues",
    "imports",
    "inbox",
    "library",
    "listing",
    "mine",
    "owing",
    "pieces",
    "publishing",
    "receiving",
    "reviewing",
    "stuck",
    "summaries",
    "workbooks",
]
