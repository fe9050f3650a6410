"""A file that is sent: read and judged before any transaction, then taken in by one that is short."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.labels import Sentence
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.regions.models import Region
from inspect_app.returns import queries, service
from inspect_app.returns.choosing.queries import choices_of
from inspect_app.returns.codes import WARNINGS
from inspect_app.returns.expecting.loading import HAZARDS, owed_of
from inspect_app.returns.expecting.queries import period_for, speaks_of_another
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Plan
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import Notice, ReadResult


@dataclass(frozen=True)
class Sending:
    """What a sender says of a file: whose it is, up to which day, about which period ("" as the day says), its name."""

    county_id: int
    report_on: date
    period: str
    name: str

    def as_json(self) -> dict[str, Any]:
        """Return it as a job keeps it."""
        return {**vars(self), "report_on": self.report_on.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sending":
        """Rebuild what `as_json` returned."""
        return cls(**{**kept, "report_on": date.fromisoformat(kept["report_on"])})


@dataclass(frozen=True)
class Taken:
    """A file that was read and may be taken in."""

    county: Region
    report_on: date
    period: str
    read: ReadResult
    prepared: Prepared


def look_into(session: Session, actor: Actor, path: Path, sending: Sending) -> Taken:
    """Read a file and keep its bytes; raises what `service.screen` raises, and nothing is kept then."""
    county = session.get_one(Region, sending.county_id)
    service.require_sender(actor, county)
    places, choices = queries.places_for(session, county), choices_of(session, county.id)
    read = read_return(path, places, sending.report_on, choices=choices)
    service.screen(session, actor, county, sending.report_on, read)
    period = sending.period or period_for(session, county, sending.report_on)
    read.notices.extend(_other_period(session, county, period, sending.name, read))
    with path.open("rb") as stream:
        prepared = prepare_file(stream, sending.name, WORKBOOKS)
    return Taken(county, sending.report_on, period, read, prepared)


def take_in(session: Session, actor: Actor, taken: Taken, plan: Plan | None = None) -> ReturnBatch:
    """Take in a file that was read, within a transaction; `plan` when it was made before."""
    county = session.get_one(Region, taken.county.id)
    return service.receive(
        session, actor, taken.prepared, county, taken.report_on, taken.read, period=taken.period, plan=plan
    )


def _other_period(session: Session, county: Region, period: str, name: str, read: ReadResult) -> list[Notice]:
    what = owed_of(HAZARDS)
    other = speaks_of_another(session, what, county, period, read.preamble, name) if what else ""
    said = {"other": other, "period": period}
    return [Notice("W_PERIOD", None, Sentence(WARNINGS["W_PERIOD"], said))] if other else []
