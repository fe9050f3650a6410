"""Who acts, seen from a plan or from something owed: what the tree of regions says about this person here."""

from dataclasses import dataclass
from typing import Any

from inspect_app.core.lifecycle import Person


@dataclass(frozen=True)
class Standing:
    """A person before a plan or a due: `captures` when it is theirs to report, `oversees` when it lies in their view.

    `undoes` while an imported return is being undone: some steps are taken in no other way.
    """

    person: Person
    captures: bool
    oversees: bool
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
        msg = "a step is judged from a Standing, see workplans.positions.standing_of"
        raise TypeError(msg)
    return person


def captures(_subject: Any, person: Person) -> bool:  # noqa: ANN401 - a plan or a due
    """Be the one whose report is asked for."""
    return standing(person).captures


def oversees(_subject: Any, person: Person) -> bool:  # noqa: ANN401 - a plan or a due
    """Stand at or above the place."""
    return standing(person).oversees


def judges(due: Any, person: Person) -> bool:  # noqa: ANN401 - any due
    """Stand above and not be the one who reported it."""
    return oversees(due, person) and (person.id is None or person.id != due.reported_by_id)


def undoes(_subject: Any, person: Person) -> bool:  # noqa: ANN401 - any due
    """Stand in the middle of undoing a return."""
    return standing(person).undoes
