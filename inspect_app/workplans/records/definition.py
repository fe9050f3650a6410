"""Which records answer which obligations, as values read from `checklists/fulfilment.toml`. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from inspect_app.workplans.library.words import Topic


@dataclass(frozen=True)
class Record:
    """A figure kept elsewhere: `origin` is registers, visits or hazards, `fact` its name there.

    `each` tells that the figure counts places that reach so many, None for any other figure.
    """

    code: str
    title: str
    origin: str
    fact: str
    each: int | None
    topics: tuple[Topic, ...]
    obligations: tuple[str, ...]


@dataclass(frozen=True)
class Fulfilment:
    """All records, the obligations whose day is a reporting date of the plan, by its number, and those of points.

    `monthly_reports` are the obligations by which observation points report each month.
    """

    records: tuple[Record, ...]
    reporting_dates: Mapping[str, int]
    monthly_reports: tuple[str, ...]

    def record(self, code: str) -> Record | None:
        """Return a record by its code."""
        return next((each for each in self.records if each.code == code), None)

    def answering(self, obligation: str | None) -> Record | None:
        """Return the record that answers an obligation of the library."""
        return next((each for each in self.records if obligation in each.obligations), None)

    def offered(self, topic: str | None) -> Collection[Record]:
        """Return the records that may answer an obligation of a topic; all of them where there is none."""
        return [each for each in self.records if topic is None or topic in each.topics]
