"""An obligation (义务) as its file says it: who owes what to whom, how it is counted, proved and scored. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inspect_app.workplans.library.words import (
    Condition,
    Evidence,
    Kind,
    Level,
    Moves,
    Of,
    Period,
    Role,
    Scoring,
    Topic,
    Trigger,
)

Value = int | Decimal | str | tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """What holds in a region and what lies below it; with a `year`, in that year only."""

    region: str
    year: int | None
    value: Value


@dataclass(frozen=True)
class Parameter:
    """A number, day or list that places set differently; a place that nobody set it for has none.

    `proposal` tells that the domain reference suggests it where the notice is silent.
    """

    key: str
    unit: str = ""
    proposal: bool = False
    settings: tuple[Setting, ...] = ()

    @property
    def yearly(self) -> bool:
        """Tell whether it is set anew each year."""
        return any(each.year is not None for each in self.settings)

    def value(self, path: Sequence[str], year: int) -> Value | None:
        """Return what holds for a region in a year; `path` has its code, then those of the regions above it."""
        known = {(each.region, each.year): each.value for each in self.settings}
        found = (known.get((code, of)) for code in path for of in (year, None))
        return next((value for value in found if value is not None), None)


@dataclass(frozen=True)
class Measure:
    """How an obligation is counted; which fields are used depends on its kind.

    `aspects` are the parts that must all be there, `options` those of which one is enough, `faults` what must not
    happen; `moves` tells where a due day goes that is no working day. `numbers` holds parameters by what they stand
    for: at_least, at_most, share, due_on, due_day, minutes, hours, working_days, same_day, magnitude; any other key
    is a figure that the notice names besides.
    """

    counted: str
    unit: str
    period: Period | None = None
    of: Of | None = None
    per: Of | None = None
    trigger: Trigger | None = None
    immediately: bool = False
    aspects: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    moves: Moves | None = None
    numbers: tuple[tuple[str, Parameter], ...] = ()

    def number(self, role: str) -> Parameter | None:
        """Return the parameter that stands for something."""
        return dict(self.numbers).get(role)


@dataclass(frozen=True)
class Obligation:
    """One obligation; actors are names of departments, or groups (`GROUP_LABELS`) written with an @."""

    code: str
    article: str
    title: str
    text: str
    topic: Topic
    roles: Mapping[Role, tuple[str, ...]]
    levels: tuple[Level, ...]
    conditions: tuple[Condition, ...]
    object: str
    kind: Kind
    measure: Measure
    evidence: tuple[Evidence, ...]
    scoring: tuple[Scoring, ...]
    overlaps: tuple[str, ...]

    @property
    def actor(self) -> Role:
        """Who does the work: the responsible units, or the lead where the notice names no others."""
        return Role.RESPONSIBLE if self.roles[Role.RESPONSIBLE] else Role.LEAD


@dataclass(frozen=True)
class Source:
    """The notice a file was drawn from; `region` is the code of the place that issued it."""

    code: str
    place: str
    region: str
    version: int
    title: str
    number: str
    issuers: tuple[str, ...]
    issued_on: date | None
    reference: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class Library:
    """All files together."""

    sources: tuple[Source, ...]

    @property
    def obligations(self) -> Mapping[str, Obligation]:
        """All obligations by their ids, in the order of the files."""
        return {each.code: each for source in self.sources for each in source.obligations}

    def source_of(self, code: str) -> Source | None:
        """Return the notice that an obligation comes from."""
        return next((source for source in self.sources if code.startswith(f"{source.code}-")), None)
