"""New rows put ready in a table that only this connection sees, so that the one writer of SQLite has little left to do.

Binding a hundred thousand rows costs more than storing them. Here they are bound before anybody has to wait, and what
the transaction does is copy them within the database. On PostgreSQL others do not wait, and rows go in directly.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from inspect_app.hazards.inserting import PORTION, Column, Tick, converted

NAME = "staged_hazard"
PREFIX, ORDINAL = "staged_prefix", "staged_ordinal"


def stage(session: Session, table: Table, columns: Mapping[str, Column], prefixes: Sequence[str]) -> bool:
    """Put rows ready, each with the prefix of its reference; False where the database needs no such thing."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return False
    seen: Counter[str] = Counter()
    ordinals = []
    for prefix in prefixes:
        ordinals.append(seen[prefix])
        seen[prefix] += 1
    given: dict[str, Column] = {
        name: converted(connection, table, name, column) for name, column in columns.items()
    } | {PREFIX: prefixes, ORDINAL: ordinals}
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{NAME}")
    connection.exec_driver_sql(f"CREATE TEMP TABLE {NAME} ({', '.join(given)})")
    marks = ", ".join("?" * len(given))
    statement = f"INSERT INTO temp.{NAME} ({', '.join(given)}) VALUES ({marks})"  # noqa: S608 - own names
    connection.exec_driver_sql(statement, list(zip(*given.values(), strict=True)))
    return True


def is_staged(connection: Connection) -> bool:
    """Tell whether this connection holds rows that were put ready."""
    if connection.dialect.name != "sqlite":
        return False
    held = "SELECT count(*) FROM sqlite_temp_master WHERE name = ?"
    return bool(connection.exec_driver_sql(held, (NAME,)).scalar())


def publish(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    first_key: int,
    first_numbers: Mapping[str, int],
    alike: Mapping[str, Any],
    tick: Tick,
) -> None:
    """Copy the staged rows into their table: keys count up from the first, references from the first of their prefix.

    `alike` is what all rows have in common, as the driver takes it. `tick` is told after each portion how many are in.
    """
    number = connection.exec_driver_sql(f"SELECT count(*) FROM temp.{NAME}").scalar() or 0  # noqa: S608 - own names
    cases = " ".join("WHEN ? THEN ?" for _ in first_numbers)
    reference = f"{PREFIX} || '-' || printf('%04d', {ORDINAL} + CASE {PREFIX} {cases} END)"
    names = (*columns, "id", "reference", *alike)
    values = (*columns, "? + rowid - 1", reference, *("?" * len(alike)))
    statement = (
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608 - own names
        f"FROM temp.{NAME} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    )
    numbers = [value for pair in first_numbers.items() for value in pair]
    for start in range(1, number + 1, PORTION):
        end = min(start + PORTION - 1, number)
        connection.exec_driver_sql(statement, (first_key, *numbers, *alike.values(), start, end))
        tick(end)


def clear(connection: Connection) -> None:
    """Forget the staged rows, within `core.database.staging`: what nobody waits for."""
    if is_staged(connection):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{NAME}")
