"""Taking a step in the life of a return, and telling the trail of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.returns.lifecycle import RETURN_LIFE
from inspect_app.returns.models import ReturnBatch


def take(batch: ReturnBatch, actor: Actor, action: str, facts: Mapping[str, Any], version: int | None = None) -> None:
    """Take a step; raises what `core.lifecycle.advance` raises."""
    advance(RETURN_LIFE, action, Attempt(batch, facts, actor, clock.now(), clock.today()), version=version)


def tell(session: Session, actor: Actor, batch: ReturnBatch, action: str, changes: Mapping[str, Any]) -> None:
    """Write into the trail what was done with a return, with its file and its day."""
    known = {"sha256": [None, batch.sha256], "report_on": [None, batch.report_on]}
    record(
        session,
        actor,
        action,
        kind="return",
        id=batch.id,
        reference=batch.reference,
        region_id=batch.county_id,
        changes={**known, **changes},
    )
