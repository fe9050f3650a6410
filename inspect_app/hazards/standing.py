"""Who acts, seen from one hazard: what the tree of regions and the office's limits say about this person here."""

from dataclasses import dataclass
from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.lifecycle import Person
from inspect_app.hazards.elements import is_major
from inspect_app.hazards.rules import Limits


@dataclass(frozen=True)
class Standing:
    """A person before a hazard: `captures` when the place lies where they enter data, `oversees` when in their view.

    `undoes` while a return is being undone: some steps are taken in no other way.
    """

    person: Person
    unit_id: int | None
    captures: bool
    oversees: bool
    limits: Limits
    undoes: bool = False

    @property
    def id(self) -> int | None:
        """Key of the account, None for the system itself."""
        return self.person.id

    @property
    def name(self) -> str:
        """Name as shown on the timeline."""
        return self.person.name

    def can(self, permission: str, /) -> bool:
        """Tell whether the role grants a permission."""
        return self.person.can(permission)


def standing(person: Person) -> Standing:
    """Return the person as a standing; positions are unknown for anybody else."""
    if not isinstance(person, Standing):
        msg = "a step on a hazard is judged from a Standing, see hazards.service.standing_of"
        raise TypeError(msg)
    return person


def limits_of(person: Person) -> Limits:
    """Return the limits under which the person acts."""
    return standing(person).limits


def captures(_hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand where data of this place are entered."""
    return standing(person).captures


def oversees(_hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand at or above this place."""
    return standing(person).oversees


def verifies(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Enter data here, and not be the one who reported the work done: who rectified never verifies."""
    return captures(hazard, person) and not rectified(hazard, person)


def decides_closure(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand above, not be the rectifier, and for a major hazard be the leader who may sign its closure."""
    signs = not is_major(hazard) or person.can(Permission.CLOSE_HAZARD)
    return signs and oversees(hazard, person) and not rectified(hazard, person)


def grants_time(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand above; the time of a listed hazard is given by those who may list (§5.6)."""
    return oversees(hazard, person) and (not hazard.listed or person.can(Permission.LIST_HAZARD))


def judges(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand above and not be the rectifier."""
    return oversees(hazard, person) and not rectified(hazard, person)


def undoes(_hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Stand in the middle of undoing a return."""
    return standing(person).undoes


def rectified(hazard: Any, person: Person) -> bool:  # noqa: ANN401 - any hazard
    """Tell whether this person reported the work done."""
    return person.id is not None and person.id == hazard.done_by_id
