"""Sealing now and then: after a request was answered, in a transaction of its own, so that no writer waits for it."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import DBAPIError

from inspect_app.audit.service import WRITTEN, seal
from inspect_app.core.clock import now
from inspect_app.core.database import db, transaction

if TYPE_CHECKING:
    from flask import Flask, Response

SETTING = "AUDIT_SEAL_EVERY"
PACE = "audit_pace"
LOOK_BACK = timedelta(days=7)
log = structlog.get_logger("inspect_app.audit")


class Pace:
    """Counts the entries that this process wrote since it last sealed."""

    def __init__(self, every: int) -> None:
        self.every, self.waiting = every, 0

    def due(self, written: int) -> bool:
        """Note what was written; tell whether it is time to seal, and begin anew if so."""
        self.waiting += written
        if self.waiting < self.every:
            return False
        self.waiting = 0
        return True


def init_app(app: "Flask") -> None:
    """Watch what each request writes to the trail (`AUDIT_SEAL_EVERY`, 50 entries by default)."""
    app.config.setdefault(SETTING, 50)
    app.extensions[PACE] = Pace(app.config[SETTING])

    @app.after_request
    def note(response: "Response") -> "Response":
        written = db.session().info.pop(WRITTEN, 0)
        if written and app.extensions[PACE].due(written):
            response.call_on_close(partial(seal_quietly, app))
        return response


def seal_quietly(app: "Flask") -> None:
    """Seal one block; whoever finds the database or the chain busy leaves it to the next."""
    try:
        with app.app_context(), transaction():
            seal(db.session(), now() - LOOK_BACK)
    except DBAPIError as error:
        log.info("seal_left_to_the_next", why=type(error).__name__)
