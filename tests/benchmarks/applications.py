"""Applications for measuring: each on a database of its own, copied from one that is migrated and seeded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from inspect_app import create_app
from inspect_app.commands import seed
from inspect_app.core.database import db
from tests.databases import PostgresTemplate, SqliteTemplate, Template, postgres_server


def application(url: str, home: Path) -> Flask:
    """Make an application on a database."""
    return create_app({"SECRET_KEY": "x" * 40, "DATA_DIR": str(home / "data"), "SQLALCHEMY_DATABASE_URI": url})


@contextmanager
def template(database: str, home: Path) -> Iterator[Template]:
    """Build the database from which copies are made, on SQLite or on a PostgreSQL server of our own."""

    def build(url: str) -> None:
        app = application(url, home)
        with app.app_context():
            upgrade()
            seed()
        close(app)

    if database == "sqlite":
        yield SqliteTemplate(home, build)
        return
    with postgres_server() as server:
        yield PostgresTemplate(server.render_as_string(hide_password=False), "benchmark", build)


def close(app: Flask) -> None:
    """Give back every connection of an application."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
