"""What a notice says. Every place is an offset into `Notice.text`, so that each word can be shown where it stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """The part of a unit in a task; UNASSIGNED is named by the notice without a word for its part."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    RESPONSIBLE = "responsible"
    UNASSIGNED = "unassigned"


class Kind(StrEnum):
    """What a requirement measures; the first six are the kinds of the library of obligations."""

    ONCE_BY_DATE = "once_by_date"
    TIMES_A_PERIOD = "times_a_period"
    SHARE_COVERED = "share_covered"
    THRESHOLD = "threshold"
    RESPONSE_WITHIN = "response_within"
    STANDING = "standing"
    MAGNITUDE = "magnitude"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or a group of units in a task, as written; `doubt` says in Chinese why a person should look."""

    text: str
    start: int
    role: Role
    group: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A measurable demand; `quote` stands at `start` word for word. A range is "1-2", and kept in `least`, `most`.

    `per` names what the figure is counted for (每个村（社区）); `day` is the day of a recurring report.
    """

    quote: str
    start: int
    kind: Kind
    value: int | float | str
    unit: str
    confidence: float
    due_on: date | None = None
    per: str = ""
    least: float | None = None
    most: float | None = None
    day: int | None = None

    @property
    def end(self) -> int:
        """Where the quote ends."""
        return self.start + len(self.quote)


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered task from its title to its last word, roles in brackets included."""

    chapter: str
    section: str
    number: str
    ordinal: int
    title: str
    start: int
    end: int
    named: tuple[Named, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the tasks: whose paper it is, and to whom it went."""

    number: str | None = None
    issuers: tuple[str, ...] = ()
    dated: date | None = None
    title: str = ""
    addressees: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice read; `requirements` are those of the letter itself, outside of any task."""

    text: str
    head: Head
    tasks: tuple[Task, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    doubts: tuple[str, ...] = ()
