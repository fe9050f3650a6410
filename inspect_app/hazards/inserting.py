"""Write many rows of one table at once: column by column, and through the driver itself.

Values are converted once for each that differs, not once a row. SQLite takes the rows by `executemany`, PostgreSQL
by COPY; either is several times as fast as an insert that SQLAlchemy binds value by value.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

Column = Sequence[Any]
Tick = Callable[[int], None]
PORTION = 5_000


def ignore(_number: int) -> None:
    """Hear how many rows are in, and do nothing about it."""


def insert_columns(
    session: Session, table: Table, columns: Mapping[str, Column], alike: Mapping[str, Any], tick: Tick = ignore
) -> None:
    """Insert as many rows as each column is long; `alike` is what all of them have in common.

    `tick` is told after each portion how many rows are in.
    """
    connection = session.connection()
    number = len(next(iter(columns.values())))
    shared = {name: converted(connection, table, name, (value,))[0] for name, value in alike.items()}
    for start in range(0, number, PORTION):
        rows = min(PORTION, number - start)
        portion: dict[str, Column] = {name: [value] * rows for name, value in shared.items()}
        for name, column in columns.items():
            portion[name] = converted(connection, table, name, column[start : start + rows])
        if connection.dialect.name == "postgresql":
            _copy(connection, table, portion)
        else:
            _execute(connection, table, portion)
        tick(start + rows)


def converted(connection: Connection, table: Table, name: str, column: Column) -> Column:
    """Return a column as the driver takes it; each value that differs is converted once."""
    convert = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if convert is None:
        return column
    if len(column) == 1:
        return [convert(column[0])]
    known = {value: None if value is None else convert(value) for value in set(column)}
    return [known[value] for value in column]


def _execute(connection: Connection, table: Table, columns: Mapping[str, Column]) -> None:
    """Insert one portion. What all its rows share may stand in the statement: binding costs as much as storing."""
    written = {name: text for name, column in columns.items() if (text := _written_out(column))}
    bound = [name for name in columns if name not in written]
    names, values = (*bound, *written), (*repeat("?", len(bound)), *written.values())
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(values)})"  # noqa: S608 - own names
    connection.exec_driver_sql(statement, list(zip(*(columns[name] for name in bound), strict=True)))


def _written_out(column: Column) -> str:
    """Return the one value of a column as SQL where that needs no quoting (nothing, an empty text, a number)."""
    value = column[0]
    if not (value is None or value == "" or type(value) is int) or column.count(value) != len(column):
        return ""
    return "NULL" if value is None else str(value) or "''"


def _copy(connection: Connection, table: Table, columns: Mapping[str, Column]) -> None:
    driver: Any = connection.connection.cursor()
    with driver, driver.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as stream:
        for row in zip(*columns.values(), strict=True):
            stream.write_row(row)
