"""Adding to rows of counters that may not be there yet."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def adding(session: Session, table: Table, numbers: Iterable[str]) -> Any:  # noqa: ANN401 - the insert of either dialect
    """Return the statement that inserts a row, or adds the numbers given to those of the row with the same key."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in numbers}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=added)
