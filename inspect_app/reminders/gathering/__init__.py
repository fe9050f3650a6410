"""Where reminders come from: one module a package below, each reading once for everybody."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.gathering.chasing import ChasingSections
from inspect_app.reminders.gathering.documents import DocumentSections
from inspect_app.reminders.gathering.hazards import HazardSections
from inspect_app.reminders.gathering.told import ToldSections
from inspect_app.reminders.gathering.visits import VisitSections
from inspect_app.reminders.gathering.works import WorkSections
from inspect_app.reminders.sections import Section


class Source(Protocol):
    """What was read for everybody, and the share of each."""

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the sections of one person, empty ones too."""


SOURCES: Sequence[Callable[[Session, Audience, date, Rules], Source]] = (
    HazardSections,
    ChasingSections,
    VisitSections,
    DocumentSections,
    WorkSections,
    ToldSections,
)
