"""The steps of a version: tried out, sent back, published, retired."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.checklists import queries
from inspect_app.checklists.checking import Flaw, problems_of
from inspect_app.checklists.lifecycle import PUBLISHED, VERSION_LIFE
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.ownership import standing
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance

CHECKED = ("try_out", "publish")


def problems(session: Session, version: ChecklistVersion) -> tuple[Flaw, ...]:
    """Return the mistakes of a version; it can be tried out and published when there are none."""
    return problems_of(queries.content(version), queries.register(), queries.parent_of(session, version))


def take_step(
    session: Session,
    actor: Actor,
    version: ChecklistVersion,
    action: str,
    facts: Mapping[str, Any] | None = None,
    version_seen: int | None = None,
) -> ChecklistVersion:
    """Move a version along its life; publishing one retires the one before. Raises StepRefused, Forbidden or Stale.

    A version with mistakes is neither tried out nor published.
    """
    lock(session, version)
    step = VERSION_LIFE.step(action, version.state)
    may = standing(session, actor, version.owner_id)
    if step and not (may.author if step.permission == Permission.AUTHOR_CHECKLIST else may.publish):
        raise Forbidden(mark("您不能对这张检查表执行“%(label)s”。"), label=step.label)
    found = problems(session, version) if action in CHECKED else ()
    if found:
        raise StepRefused([str(flaw) for flaw in found], mark("这张检查表还有错误，改正后才能送试用和发布。"))
    return advance_version(session, actor, version, action, facts, version_seen)


def advance_version(
    session: Session,
    actor: Actor,
    version: ChecklistVersion,
    action: str,
    facts: Mapping[str, Any] | None = None,
    version_seen: int | None = None,
) -> ChecklistVersion:
    """Take a step of a version whose content and owner were looked at already."""
    before, attempt = version.state, Attempt(version, dict(facts or {}), actor, clock.now(), clock.today())
    advance(VERSION_LIFE, action, attempt, version=version_seen)
    if version.state == PUBLISHED:
        version.published_at = clock.now()
        _retire_others(session, actor, version)
    changes = {"state": [before, version.state], "content_hash": [None, version.content_hash]}
    record(session, actor, action, version, changes)
    return version


def record(session: Session, actor: Actor, action: str, version: ChecklistVersion, changes: Mapping[str, Any]) -> None:
    """Write into the trail what was done to a version."""
    audit.record(
        session,
        actor,
        f"checklist.{action}",
        kind="checklist_version",
        id=version.id,
        reference=f"{version.code}-{version.number}",
        region_id=version.owner_id,
        changes=changes,
    )


def _retire_others(session: Session, actor: Actor, version: ChecklistVersion) -> None:
    others = select(ChecklistVersion).where(
        ChecklistVersion.code == version.code,
        ChecklistVersion.state == PUBLISHED,
        ChecklistVersion.id != version.id,
    )
    for other in session.scalars(others):
        advance_version(session, actor, other, "retire", {"reason": mark("由新版本替代")})
