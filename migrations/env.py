"""Runs migrations inside the application, on its own engine and metadata."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from flask_migrate import Migrate
from sqlalchemy import Connection

from inspect_app.core.database import Base, db

migrate: Migrate = current_app.extensions["migrate"]


def run_offline() -> None:
    """Write the statements instead of running them."""
    url = db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=Base.metadata, literal_binds=True, **migrate.configure_args)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the statements in one transaction."""
    with db.engine.connect() as connection, rebuilding(connection):
        context.configure(connection=connection, target_metadata=Base.metadata, **migrate.configure_args)
        with context.begin_transaction():
            context.run_migrations()
            refuse_dangling(connection)


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """Switch foreign keys off on SQLite, where a table is changed by dropping and rebuilding it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_dangling(connection: Connection) -> None:
    """Undo the whole migration when a key points nowhere now."""
    if connection.dialect.name != "sqlite":
        return
    if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        msg = f"the migration leaves keys that point nowhere: {dangling[:5]}"
        raise RuntimeError(msg)


if context.is_offline_mode():
    run_offline()
else:
    run_online()
