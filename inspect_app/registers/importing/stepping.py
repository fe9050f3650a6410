"""What every step of an import begins and ends with: who may take it, on which version, and what the trail is told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, Stale
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers
from inspect_app.registers.lifecycle import REGISTER_IMPORT_LIFE
from inspect_app.registers.models import RegisterImport
from inspect_app.registers.service import NOT_HERE, NOT_YET, may_edit

KIND = "register_import"


def check_sender(session: Session, actor: Actor, county: Region, as_of: date) -> None:
    """Refuse people who enter data elsewhere, and days to come; a township sends for its own part of the county."""
    here = actor.capture_region_id
    inside = may_edit(session, actor, county.id) or (here is not None and covers(session, county.id, here))
    if not actor.can(Permission.EDIT_REGISTERS) or not inside:
        raise Forbidden(NOT_HERE)
    if as_of > clock.today():
        raise Invalid({"as_of": [NOT_YET]})


def begin(session: Session, actor: Actor, batch: RegisterImport) -> None:
    """Lock an import for somebody who may change it."""
    check_sender(session, actor, batch.county, batch.as_of)
    lock(session, batch)


def step(
    session: Session,
    actor: Actor,
    batch: RegisterImport,
    action: str,
    version: int | None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Take a step of the life; a page that does not say when it was drawn is stale."""
    if version is None:
        raise Stale
    attempt = Attempt(batch, facts or {}, actor, clock.now(), clock.today())
    advance(REGISTER_IMPORT_LIFE, action, attempt, version=version)
    session.flush()


def tell(session: Session, actor: Actor, batch: RegisterImport, action: str, changes: Mapping[str, Any]) -> None:
    """Write the trail."""
    said = {"register": [None, batch.register], "sha256": [None, batch.sha256], **changes}
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=batch.id, reference=batch.reference,
        region_id=batch.county_id, changes=said,
    )  # fmt: skip
