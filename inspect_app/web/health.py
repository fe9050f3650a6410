"""Tells whether the application is ready: the database answers, its structure is current, files can be written."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import current_app
from sqlalchemy import text

from inspect_app.core.database import db

OK = "ok"


def checks() -> dict[str, str]:
    """Run every check; the value is "ok" or what is wrong, without details that help a stranger."""
    return {name: _try(check) for name, check in CHECKS.items()}


def _try(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong means not ready
        current_app.logger.warning("readiness: %s", error)
        return f"failed: {type(error).__name__}"


def _database() -> str:
    db.session.execute(text("SELECT 1"))
    return OK


def _migrations() -> str:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - only this check needs Alembic
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    scripts = ScriptDirectory(str(Path(current_app.root_path).parent / "migrations"))
    current = MigrationContext.configure(db.session.connection()).get_current_heads()
    return OK if set(current) == set(scripts.get_heads()) else "behind: run flask db upgrade"


def _storage() -> str:
    with tempfile.TemporaryFile(dir=current_app.config["DATA_DIR"]) as file:
        file.write(b"ready")
    return OK


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "storage": _storage}
