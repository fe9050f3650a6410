"""Models and migrations say the same, and every migration goes up, down and up again with data in the tables."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, table

from inspect_app.core.database import Base, db
from inspect_app.migrating import in_models
from tests.architecture.sources import ROOT


@pytest.fixture
def migrated(app: Flask) -> Iterator[Flask]:
    """Give an application whose database came about by migrations and holds the seeded data."""
    with app.app_context():
        yield app
        db.session.remove()


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": in_models}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in tables}


@pytest.mark.usefixtures("migrated")
def test_the_models_say_what_the_migrations_built() -> None:
    assert differences() == []


@pytest.mark.usefixtures("migrated")
def test_every_migration_goes_down_and_up_again_with_data() -> None:
    filled = counts()
    assert max(filled.values()) > 1
    for revision in ScriptDirectory(str(ROOT / "migrations")).walk_revisions():
        downgrade(revision=str(revision.down_revision or "base"))
        upgrade(revision=revision.revision)
        downgrade(revision=str(revision.down_revision or "base"))
    assert set(counts()) <= {"alembic_version"}
    upgrade()
    assert set(counts()) == set(filled)
    assert differences() == []


def test_the_migrations_form_one_line() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1
