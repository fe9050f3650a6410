"""The database: declarative base, connection rules, and the one place that commits.

Reads run in deferred transactions that lock nothing. `transaction()` opens a writing one: on SQLite it begins
IMMEDIATE, so that a request which reads and then writes can never be refused half way (reliability finding 2).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Date, Engine, MetaData, Text, event
from sqlalchemy.orm import DeclarativeBase, Session, registry

from inspect_app.core.types import Exact, Key, UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_SECONDS = 15
_writing: ContextVar[bool] = ContextVar("writing_transaction", default=False)


class Base(DeclarativeBase):
    """Base of every model. Keys are integers, text is unbounded, instants are aware UTC, decimals keep two places."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={int: Key, str: Text, datetime: UtcDateTime, date: Date, Decimal: Exact(2)},
    )
    metadata = registry.metadata


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything done inside as one transaction, or nothing of it.

    A snapshot opened by earlier reads is ended first, so what is read inside is current and locked on SQLite.
    Read uploads and parse files before entering. Blocks do not nest: one action, one transaction.
    """
    if _writing.get():
        msg = "transactions do not nest: the outermost caller owns the transaction"
        raise RuntimeError(msg)
    db.session.rollback()
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


@contextmanager
def staging() -> Iterator[None]:
    """Keep what is put into temporary tables of this connection. Nothing else is written, and nobody has to wait."""
    db.session.rollback()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all queries inside see the database as it was at the first of them, whatever is committed meanwhile."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        db.session.rollback()


def is_writing() -> bool:
    """Tell whether this is inside a `transaction()`."""
    return _writing.get()


def lock(session: Session, row: Base) -> None:
    """Read a row again under its lock, so that what is compared and changed is what stands there now.

    Pending changes are written first: a plain refresh would throw them away.
    """
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})


def prepare_engine(engine: Engine) -> None:
    """Attach the SQLite connection rules to an engine (nothing to do elsewhere)."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - DBAPI connection
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
