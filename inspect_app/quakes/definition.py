"""The shape of `checklists/quakes/clocks.toml`: which clocks an earthquake starts where, and what faults cost. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.quakes.words import FaultKind, ReportKind
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.words import Level


class Starts(StrEnum):
    """What starts a clock: the earthquake, the report before it (again and again), the end of the response."""

    QUAKE = "quake"
    REPORT = "report"
    END = "end"


@dataclass(frozen=True)
class Rule:
    """What holds at one level in a region and below it.

    `asked` is the obligation of the library with the numbers of the rule put in, or one of these alone; proposals have
    no number in it unless the rule takes them. `obligation` is the id in the library, "" where the notice has none.
    """

    region: str
    level: Level
    owed_by: tuple[str, ...]
    receivers: tuple[str, ...]
    obligation: str
    proposals: bool
    asked: Obligation


@dataclass(frozen=True)
class Clock:
    """A sort of clock with the rules of each place; `kind` is the report that stops it."""

    code: str
    title: str
    text: str
    kind: ReportKind
    starts: Starts
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Definitions:
    """The whole file; `anomaly` holds the rules for verifying anomalies, `penalties` what each fault costs."""

    version: int
    clocks: Mapping[str, Clock]
    anomaly: tuple[Rule, ...]
    penalties: Mapping[FaultKind, Decimal]

    def penalty(self, kind: FaultKind) -> Decimal:
        """Return what a fault costs; nothing where no number is set."""
        return self.penalties.get(kind, Decimal(0))
