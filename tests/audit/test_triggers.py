# ruff: noqa: S608 - a test writes its own statements
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.audit.service import record, seal
from inspect_app.audit.triggers import APPEND_ONLY, KEPT_COLUMNS, KEPT_LATER, LOCKED, removals, statements
from inspect_app.core.database import Base, db, transaction

EVENT_COLUMNS = {"action", "source", "target", "actor_id", "facts"}
TRAIL = ("audit_entry", "audit_seal", "sealed_entry")


def run(*orders: str) -> None:
    with transaction():
        for order in orders:
            db.session.execute(text(order))


@pytest.fixture
def trail(session: Session) -> Session:
    with transaction():
        record(session, SYSTEM, "hazard.assign", kind="hazard", id=1)
    with transaction():
        seal(session)
    return session


@pytest.mark.parametrize("table", TRAIL)
@pytest.mark.parametrize("order", ["UPDATE {table} SET {key} = {key}", "DELETE FROM {table}"])
@pytest.mark.usefixtures("trail")
def test_the_database_refuses_to_change_the_trail(table: str, order: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(order.format(table=table, key=APPEND_ONLY[table]))


@pytest.mark.parametrize("table", TRAIL)
@pytest.mark.usefixtures("trail")
def test_no_row_of_the_trail_is_replaced_or_swept_away(session: Session, table: str) -> None:
    sqlite = session.get_bind().dialect.name == "sqlite"
    order = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if sqlite else f"TRUNCATE {table} CASCADE"
    with pytest.raises(DBAPIError, match="append-only"):
        run(order)


@pytest.mark.usefixtures("session")
def test_every_protected_table_has_its_triggers() -> None:
    catalogue = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if db.engine.dialect.name == "postgresql":
        catalogue = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    found = set(db.session.scalars(text(catalogue)))
    for table in (*APPEND_ONLY, *KEPT_COLUMNS, *LOCKED):
        assert {f"{table}_no_update", f"{table}_no_delete"} <= found
    for table, refusals in KEPT_LATER.items():
        assert {f"{table}_no_{name}" for name in ("delete", *(name for name, *_rest in refusals))} <= found


@pytest.mark.usefixtures("session")
def test_protected_tables_and_columns_exist() -> None:
    tables = inspect(db.engine).get_table_names()
    assert set(APPEND_ONLY) | set(KEPT_COLUMNS) <= set(tables)
    later = [(table, columns) for table, refusals in KEPT_LATER.items() for _name, columns, _when in refusals]
    keys = [(table, ("locked", *columns)) for table, rows in LOCKED.items() for columns in rows]
    for table, columns in (*KEPT_COLUMNS.items(), *later, *keys):
        assert set(columns) <= set(Base.metadata.tables[table].columns.keys())


@pytest.mark.usefixtures("session")
def test_every_table_of_events_is_protected() -> None:
    events = {name for name, table in Base.metadata.tables.items() if set(table.columns.keys()) >= EVENT_COLUMNS}
    assert events
    assert events <= set(APPEND_ONLY)


def test_the_protection_can_be_taken_off_for_a_migration_and_put_back(trail: Session) -> None:
    dialect = trail.get_bind().dialect.name
    run(*removals(dialect, "audit_entry"), "UPDATE audit_entry SET address = ''", *statements(dialect, "audit_entry"))
    with pytest.raises(DBAPIError, match="append-only"):
        run("UPDATE audit_entry SET address = 'x'")


def test_an_ordinary_table_is_not_protected() -> None:
    assert statements("sqlite", "region") == statements("postgresql", "region") == ()
