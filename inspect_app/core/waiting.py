"""What waits for people, told by packages to whoever reminds them, so that neither need know the other.

A package tells how to read, for all counties at once, the things of one sort that wait for a step of those with a
permission in the region where they enter data. Pages that list them take their conditions from `values`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session


class Waiting(NamedTuple):
    """A thing that waits: its key, what people call it, its county, and a day that says how old it is."""

    key: int
    reference: str
    county_id: int
    on: date


@dataclass(frozen=True)
class Sort:
    """A sort of things that wait: a marked label, who takes the step, and the pages of them all and of one."""

    label: str
    permission: str
    read: Callable[[Session], Iterable[Waiting]]
    all_of_them: str
    one_of_them: str
    values: Mapping[str, Any] = field(default_factory=dict)


_sorts: dict[str, Sort] = {}


def tell(code: str, sort: Sort) -> None:
    """Make a sort known (called from the `init_app` of its package)."""
    _sorts[code] = sort


def told() -> Mapping[str, Sort]:
    """Return the sorts that packages have told, by code."""
    return dict(_sorts)
