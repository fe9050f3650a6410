"""What an office sets about chasing, as values (`checklists/chasing.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark


class Days(StrEnum):
    """How the days of a rung are counted."""

    NATURAL = "natural"
    WORKING = "working"


class Colour(StrEnum):
    """How grave it is: blue is due soon, yellow overdue, red overdue so long that a grave rung is reached."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


COLOUR_LABELS = {Colour.BLUE: mark("临期"), Colour.YELLOW: mark("逾期"), Colour.RED: mark("严重逾期")}
COLOUR_MARKS = {Colour.BLUE: "◷", Colour.YELLOW: "▲", Colour.RED: "◆"}


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder; `document` is the kind of document drawn up, "" for none; `lists` puts on the list.

    Taken `together`, many hazards share one document.
    """

    code: str
    name: str
    after_days: int
    days: Days
    colour: Colour
    permission: Permission
    document: str = ""
    lists: bool = False
    together: bool = False


@dataclass(frozen=True)
class ListingTerms:
    """Limits of a listing; report and publication are due in working days after it."""

    longest_days: int = 0
    report_working_days: int = 0
    publish_working_days: int = 0
    document: str = ""
    delisting_document: str = ""


@dataclass(frozen=True)
class LookBackTerms:
    """How samples are drawn, when a hazard is looked back at, and what counts as failing again."""

    share: Decimal = Decimal(0)
    after_days: tuple[int, ...] = ()
    early_days: int = 0
    recurrence_days: int = 0


@dataclass(frozen=True)
class Chasing:
    """The whole definition; rungs stand from the lowest to the highest."""

    rungs: tuple[Rung, ...]
    chased_states: frozenset[str]
    listing: ListingTerms
    look_back: LookBackTerms

    def rung(self, code: str) -> Rung | None:
        """Find a rung by its code."""
        return next((rung for rung in self.rungs if rung.code == code), None)

    def rank(self, code: str) -> int:
        """Return the place of a rung from 1 upwards; 0 for one that the ladder no longer has."""
        return self.ranks.get(code, 0)

    @property
    def ranks(self) -> Mapping[str, int]:
        """Places of all rungs by their codes."""
        return {rung.code: number for number, rung in enumerate(self.rungs, 1)}


LEVEL_LABELS = {"county": mark("县级"), "prefecture": mark("地市级"), "province": mark("省级")}
LEVELS = tuple(LEVEL_LABELS)
