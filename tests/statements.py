"""What was asked of the database while something ran."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from inspect_app.core.database import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements of the block, in order."""
    asked: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
