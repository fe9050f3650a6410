"""Bring what came back of an issued workbook together with what is held now, for the plan."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.returns.issuing import queries
from inspect_app.returns.issuing.keeping import AMOUNTS, IssuedRow, restore
from inspect_app.returns.issuing.service import codes_in
from inspect_app.returns.issuing.sources import CLAIM, own_words
from inspect_app.returns.planning import Issued, claim_of
from inspect_app.returns.result import ReadResult, Row


def issued_rows(session: Session, county_id: int, read: ReadResult) -> dict[str, IssuedRow]:
    """Return the rows that were issued in the workbooks of this county which a file names, by key."""
    codes = codes_in(read)
    books = queries.with_codes(session, codes) if codes else ()
    return {row.key: row for book in books if book.county_id == county_id for row in restore(book.rows)}


def issued_now(
    session: Session, county_id: int, rows: Mapping[str, IssuedRow], read: ReadResult, report_on: date
) -> dict[str, Issued]:
    """Return the hazards of the rows that came back, by key: as held now, as issued, and what only these rows say."""
    back = {row.key: row for row in read.rows if row.key}
    held = queries.hazards_of(session, county_id, [rows[key] for key in back])
    return {
        key: Issued(hazard, rows[key].base(), said_of(row, hazard.progress, report_on))
        for key, row in back.items()
        if (hazard := held.get(rows[key].hazard_id))
    }


def said_of(row: Row, progress: str, report_on: date) -> dict[str, Any]:
    """Return what a settled row says of columns that no other ledger has, and of the work in the county's own words."""
    more = dict(row.more)
    said: dict[str, Any] = {name: Decimal(text) if name in AMOUNTS else text for name, text in more.items()}
    if row.status or "progress" in more:
        claim = claim_of(row, report_on) if row.status else _claim(progress)
        said["progress"] = "；".join(filter(None, (claim, more.get("progress") or own_words(progress))))
    return said


def _claim(progress: str) -> str:
    match = CLAIM.match(progress)
    return match[0].removesuffix("；") if match else ""
