"""Pages of county returns."""

from inspect_app.returns.views import (
    answering,
    batches,
    burden,
    choosing,
    expecting,
    figures,
    issuing,
    jobs,
    pictures,
    settling,
)
from inspect_app.returns.views.place import blueprint

__all__ = [
    "answering",
    "batches",
    "blueprint",
    "burden",
    "choosing",
    "expecting",
    "figures",
    "issuing",
    "jobs",
    "pictures",
    "settling",
]
