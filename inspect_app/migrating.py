"""Migrations, prepared when somebody asks for them: a worker that serves pages starts without Alembic."""

from pathlib import Path
from typing import Any, cast

import click
from flask import Flask
from sqlalchemy import JSON

from inspect_app.core.database import db
from inspect_app.core.types import Exact, UtcDateTime
from inspect_app.hazards.text_index import belongs_to_index

EXTENSION = "migrate"


class Migrations:
    """Stands in for Flask-Migrate's entry in `app.extensions` until the first look at it puts the real one there."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real entry has
        from flask_migrate import Migrate  # noqa: PLC0415 - loads Alembic

        folder = str(Path(self._app.root_path).parent / "migrations")
        ways = {"render_as_batch": True, "render_item": render_item, "include_name": in_models, "compare_type": True}
        Migrate(self._app, db, folder, **ways)
        return getattr(self._app.extensions[EXTENSION], name)


class MigrationCommands(click.Command):
    """`flask db ...`: hands over to the commands of Flask-Migrate, loaded when it is called."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> click.Context:
        """Let the real group read the arguments and run."""
        from flask_migrate.cli import db as commands  # noqa: PLC0415 - loads Alembic

        return cast("click.Group", commands).make_context(info_name, args, parent, **extra)


def init_migrations(app: Flask) -> None:
    """Let `flask db` and `upgrade` find the migrations of this application."""
    app.extensions[EXTENSION] = Migrations(app)
    app.cli.add_command(MigrationCommands("db", help="数据库结构：升级、核对、新建迁移（Flask-Migrate）。"))


def upgrade() -> None:
    """Bring the database to the newest structure."""
    from flask_migrate import upgrade as run  # noqa: PLC0415 - loads Alembic

    run()


def render_item(kind: str, item: object, context: Any) -> str | bool:  # noqa: ANN401 - Alembic's context
    """Write our own column types into migrations as the plain types they are stored as."""
    if kind != "type":
        return False
    if isinstance(item, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return {Exact: "sa.BigInteger()", UtcDateTime: "sa.DateTime(timezone=True)"}.get(type(item), False)


def in_models(name: str | None, kind: str, _parents: object) -> bool:
    """Tell Alembic which names of the database to compare with the models: not the index over words."""
    return kind not in ("table", "index") or not belongs_to_index(name)
