"""The index over the words of the inventory: trigrams, in a virtual table on SQLite and in a GIN index on PostgreSQL.

A database may lack what it needs (FTS5 with trigrams, the extension pg_trgm): then there is no index, and `search` goes
through the rows. On SQLite triggers keep the index in step with changed rows; new rows are taken in by `take_in_new`,
many at once, because a trigger on every insert made importing a return three times as slow. What is not taken in yet
is found all the same (see `search`). A migration that rebuilds the table of hazards on SQLite loses its triggers: it
calls `remove` before and `build` after.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

TABLE = "hazard_text"
INDEX = "ix_hazard_text"
COLUMNS = ("description", "site_name", "responsible_unit_name", "location")
LIST = ", ".join(COLUMNS)
NEWEST = f"(SELECT coalesce(max(id), 0) FROM {TABLE}_docsize)"  # noqa: S608 - own names
TAKE_IN = f"INSERT INTO {TABLE} (rowid, {LIST}) SELECT id, {LIST} FROM hazard WHERE id > {NEWEST}"  # noqa: S608 - own names


def belongs_to_index(name: str | None) -> bool:
    """Tell whether a table or an index of the database is part of the index over words, hence in no model."""
    return name is not None and (name in (TABLE, INDEX) or name.startswith(f"{TABLE}_"))


def statements(dialect: str) -> Sequence[str]:
    """Give the statements that make the index on "sqlite" or "postgresql"."""
    if dialect == "postgresql":
        operators = ", ".join(f"{column} gin_trgm_ops" for column in (*COLUMNS, "reference"))
        return ("CREATE EXTENSION IF NOT EXISTS pg_trgm", f"CREATE INDEX {INDEX} ON hazard USING gin ({operators})")
    options = "content='hazard', content_rowid='id', tokenize='trigram', detail=none"
    return (f"CREATE VIRTUAL TABLE {TABLE} USING fts5({LIST}, {options})", *_triggers(), TAKE_IN)


def build(connection: Connection) -> bool:
    """Make the index and fill it; False, with nothing made, where the database cannot have it or may not make it."""
    if connection.dialect.name == "postgresql" and not offers_trigrams(connection):
        return False
    try:
        with connection.begin_nested():
            for statement in statements(connection.dialect.name):
                connection.execute(text(statement))
    except DBAPIError:
        return False
    return True


def remove(connection: Connection) -> None:
    """Take the index away, where there is one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP INDEX IF EXISTS {INDEX}"))
        return
    for name in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {TABLE}_{name}"))
    connection.execute(text(f"DROP TABLE IF EXISTS {TABLE}"))


def is_built(connection: Connection) -> bool:
    """Tell whether the database has the index."""
    catalogue = "pg_indexes WHERE indexname" if connection.dialect.name == "postgresql" else "sqlite_master WHERE name"
    name = INDEX if connection.dialect.name == "postgresql" else TABLE
    return bool(connection.scalar(text(f"SELECT count(*) FROM {catalogue} = :name"), {"name": name}))  # noqa: S608 - own names


def take_in_new(connection: Connection) -> None:
    """Let the index of SQLite take in the rows that are newer than all it holds; PostgreSQL does so by itself."""
    if connection.dialect.name == "sqlite" and is_built(connection):
        connection.execute(text(TAKE_IN))


def offers_trigrams(connection: Connection) -> bool:
    """Tell whether this PostgreSQL server comes with the extension pg_trgm."""
    known = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"
    return bool(connection.scalar(text(known)))


def _triggers() -> Iterator[str]:
    """Take the old words of a row out of the index before the new ones come in; rows not taken in yet are let be."""
    old, new = (", ".join(f"{when}.{column}" for column in COLUMNS) for when in ("OLD", "NEW"))
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
    held = f"EXISTS (SELECT 1 FROM {TABLE}_docsize WHERE id = OLD.id)"  # noqa: S608 - own names
    take_out = f"INSERT INTO {TABLE} ({TABLE}, rowid, {LIST}) VALUES ('delete', OLD.id, {old});"  # noqa: S608 - own names
    put_in = f"INSERT INTO {TABLE} (rowid, {LIST}) VALUES (NEW.id, {new});"  # noqa: S608 - own names
    changed = f"AFTER UPDATE OF {LIST} ON hazard FOR EACH ROW WHEN ({differs}) AND {held}"
    yield f"CREATE TRIGGER {TABLE}_update {changed} BEGIN {take_out} {put_in} END"
    yield f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON hazard FOR EACH ROW WHEN {held} BEGIN {take_out} END"
