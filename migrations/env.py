"""Runs migrations inside the application, on its own engine and metadata."""

from alembic import context
from flask import current_app
from flask_migrate import Migrate

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
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, **migrate.configure_args)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
