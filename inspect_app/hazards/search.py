"""Searching in words: the same answer with the index over trigrams and without it, only sooner with it.

A word of three characters or more is looked up in the index, and the rows it names are read again as they stand.
Shorter words, and databases without the index, go through the rows in sight.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, column, func, or_, select, table, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inspect_app.hazards.models import Hazard
from inspect_app.hazards.text_index import COLUMNS, TABLE

WHOLE_REFERENCE = re.compile(r"YH-[0-9A-Z]+-\d{4}-\w+-\d{4,}", re.IGNORECASE)
BEGINNING_OF_REFERENCE = re.compile(r"YH-[0-9A-Z-]*", re.IGNORECASE)
PART_OF_REFERENCE = re.compile(r"[0-9A-Z-]+", re.IGNORECASE)
TRIGRAM = 3
FEW, MANY = 1_000, 20_000
ROWS, HELD = table(TABLE, column("rowid")), table(f"{TABLE}_docsize", column("id"))


@dataclass(frozen=True)
class Look:
    """What is known about a search before it is made.

    `indexed` when the index of SQLite answers; then `few` tells that it names so few rows that they are best looked up
    one by one and sorted, and rows with a key beyond `held` are not in it yet (None: all are).
    """

    words: str
    sqlite: bool
    indexed: bool = False
    few: bool = False
    held: int | None = None

    def said(self, *, walking: bool = False) -> list[ColumnElement[bool]]:
        """Return what a row must satisfy to say these words; nothing for no words.

        `walking` is for a query that meets the rows in its own order and asks of each whether the index names it.
        """
        if not self.words:
            return []
        if WHOLE_REFERENCE.fullmatch(self.words):
            return [Hazard.reference == self.words.upper()]
        if BEGINNING_OF_REFERENCE.fullmatch(self.words):
            return self._begins(self.words.upper())
        read = _read_in(self.words)
        if not self.indexed:
            return [read]
        key: Any = Hazard.id + 0 if walking else Hazard.id
        newer = [] if self.held is None else [Hazard.id > self.held]
        return [or_(key.in_(_named(self.words)), *newer), read]

    def _begins(self, beginning: str) -> list[ColumnElement[bool]]:
        """SQLite finds a range of its index, which goes by code points; PostgreSQL sorts by language, with trigrams."""
        if self.sqlite:
            return [Hazard.reference >= beginning, Hazard.reference < f"{beginning}\uffff"]
        return [Hazard.reference.startswith(beginning, autoescape=True)]


def look_up(session: Session, words: str) -> Look:
    """Ask the index of SQLite about words, in one query; PostgreSQL takes its own index whenever it helps.

    Words that very many rows say are soon met without it.
    """
    sqlite = session.get_bind().dialect.name == "sqlite"
    if len(words) < TRIGRAM or PART_OF_REFERENCE.fullmatch(words) or not sqlite:
        return Look(words, sqlite)
    some = _named(words).limit(MANY + 1).subquery()
    newest = (select(func.max(each)).scalar_subquery() for each in (HELD.c.id, Hazard.id))
    number = select(func.count()).select_from(some).scalar_subquery()
    try:
        named, held, last = session.execute(select(number, *newest)).one()
    except OperationalError:
        return Look(words, sqlite)
    if named > MANY:
        return Look(words, sqlite)
    behind = (held or 0) if (last or 0) > (held or 0) else None
    return Look(words, sqlite, indexed=True, few=named <= FEW, held=behind)


def _read_in(words: str) -> ColumnElement[bool]:
    """Look into the columns themselves; into references only what can be part of one."""
    columns: list[Any] = [getattr(Hazard, name) for name in COLUMNS]
    if PART_OF_REFERENCE.fullmatch(words):
        columns.append(Hazard.reference)
    return or_(*(each.contains(words, autoescape=True) for each in columns))


def _named(words: str) -> Any:  # noqa: ANN401 - a select of keys
    """Select the rows that hold every three characters of the words that follow each other."""
    threes = {words[start : start + TRIGRAM] for start in range(len(words) - TRIGRAM + 1)}
    wanted = " AND ".join('"' + three.replace('"', '""') + '"' for three in sorted(threes))
    return select(ROWS.c.rowid).where(text(f"{TABLE} MATCH :wanted").bindparams(wanted=wanted))
