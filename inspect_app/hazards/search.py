"""Searching in words: the same answer with the index over trigrams and without it, only sooner with it.

A word of three characters or more is looked up in the index, and the rows it names are read again as they stand.
Shorter words, and databases without the index, go through the rows in sight.
"""

import re
from typing import Any

from sqlalchemy import ColumnElement, column, func, or_, select, table, text
from sqlalchemy.orm import Session

from inspect_app.hazards.models import Hazard
from inspect_app.hazards.text_index import COLUMNS, TABLE, is_built

WHOLE_REFERENCE = re.compile(r"YH-[0-9A-Z]+-\d{4}-\w+-\d{4,}", re.IGNORECASE)
BEGINNING_OF_REFERENCE = re.compile(r"YH-[0-9A-Z-]*", re.IGNORECASE)
PART_OF_REFERENCE = re.compile(r"[0-9A-Z-]+", re.IGNORECASE)
TRIGRAM = 3
FEW = 1_000
KNOWN = "text_index"
ROWS, HELD = table(TABLE, column("rowid")), table(f"{TABLE}_docsize", column("id"))


def said(session: Session, words: str, *, walking: bool = False) -> list[ColumnElement[bool]]:
    """Return what a row must satisfy to say these words; nothing for no words.

    `walking` is for a query that meets the rows in its own order and asks of each whether the index names it.
    """
    if not words:
        return []
    if WHOLE_REFERENCE.fullmatch(words):
        return [Hazard.reference == words.upper()]
    if BEGINNING_OF_REFERENCE.fullmatch(words):
        return _begin_with(session, words.upper())
    read = _read_in(words)
    if not _is_indexed(session, words):
        return [read]
    key: Any = Hazard.id + 0 if walking else Hazard.id
    return [or_(key.in_(_named(words)), *_newer(session)), read]


def are_few(session: Session, words: str) -> bool:
    """Tell whether the index names so few rows that they are best looked up one by one, then sorted."""
    if not words or BEGINNING_OF_REFERENCE.fullmatch(words) or not _is_indexed(session, words):
        return False
    some = _named(words).limit(FEW + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) <= FEW


def _begin_with(session: Session, beginning: str) -> list[ColumnElement[bool]]:
    """SQLite finds a range of its index, which goes by code points; PostgreSQL sorts by language and has trigrams."""
    if session.get_bind().dialect.name == "sqlite":
        return [Hazard.reference >= beginning, Hazard.reference < f"{beginning}\uffff"]
    return [Hazard.reference.startswith(beginning, autoescape=True)]


def _read_in(words: str) -> ColumnElement[bool]:
    """Look into the columns themselves; into references only what can be part of one."""
    columns: list[Any] = [getattr(Hazard, name) for name in COLUMNS]
    if PART_OF_REFERENCE.fullmatch(words):
        columns.append(Hazard.reference)
    return or_(*(each.contains(words, autoescape=True) for each in columns))


def _is_indexed(session: Session, words: str) -> bool:
    """Only SQLite has to be asked for its index: PostgreSQL takes its own whenever it helps."""
    if len(words) < TRIGRAM or PART_OF_REFERENCE.fullmatch(words) or session.get_bind().dialect.name != "sqlite":
        return False
    if KNOWN not in session.info:
        session.info[KNOWN] = is_built(session.connection())
    return bool(session.info[KNOWN])


def _named(words: str) -> Any:  # noqa: ANN401 - a select of keys
    """Select the rows that hold every three characters of the words that follow each other."""
    threes = {words[start : start + TRIGRAM] for start in range(len(words) - TRIGRAM + 1)}
    wanted = " AND ".join('"' + three.replace('"', '""') + '"' for three in sorted(threes))
    return select(ROWS.c.rowid).where(text(f"{TABLE} MATCH :wanted").bindparams(wanted=wanted))


def _newer(session: Session) -> list[ColumnElement[bool]]:
    """Return the rows that the index has not taken in yet, if there are any."""
    newest = (select(func.max(each)).scalar_subquery() for each in (HELD.c.id, Hazard.id))
    held, last = session.execute(select(*newest)).one()
    return [Hazard.id > (held or 0)] if (last or 0) > (held or 0) else []
