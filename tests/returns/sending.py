"""Sending returns in tests, the way a page or a command does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core.database import db, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import ReadResult
from inspect_app.workbooks.write import Cell
from tests.returns.ledgers import write_ledger

COUNTY = "654202"
REPORT_ON = date(2026, 6, 15)


def read(path: Path, code: str = COUNTY, report_on: date = REPORT_ON) -> tuple[Prepared, ReadResult]:
    session = db.session()
    result = read_return(path, queries.places_for(session, by_code(session, code)), report_on)
    with path.open("rb") as stream:
        return prepare_file(stream, path.name, WORKBOOKS), result


def receive(path: Path, actor: Actor = SYSTEM, *, code: str = COUNTY, report_on: date = REPORT_ON) -> ReturnBatch:
    prepared, result = read(path, code, report_on)
    with transaction():
        return service.receive(db.session(), actor, prepared, by_code(db.session(), code), report_on, result)


def apply(batch: ReturnBatch, actor: Actor = SYSTEM, **choices: Any) -> ReturnBatch:  # noqa: ANN401 - of apply
    with transaction():
        return service.apply(db.session(), actor, batch, **{"version": batch.version, **choices})


def send(path: Path, rows: Sequence[Sequence[Cell]], **choices: Any) -> ReturnBatch:  # noqa: ANN401 - of apply
    """Write a ledger, receive it and apply it."""
    report_on = choices.pop("report_on", REPORT_ON)
    return apply(receive(write_ledger(path, rows), report_on=report_on), **choices)
