"""Photos and proofs of a hazard: who may add which, and when. Nothing is added once the record is closed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core.errors import Forbidden
from inspect_app.core.labels import mark
from inspect_app.evidence import service as files
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.standing import Standing, rectified
from inspect_app.hazards.words import State

NOT_STARTED = frozenset({State.DRAFT, State.REGISTERED, State.ASSIGNED, State.ACCEPTED, State.PLAN_SUBMITTED})
UNDER_TREATMENT = frozenset({State.RECTIFYING, State.EXTENSION_PENDING, State.SUSPENDED})
BEING_CHECKED = frozenset({State.DONE, State.RECHECKING, State.ACCEPTANCE, State.CLOSURE_PENDING})
OPEN_FOR: Mapping[Purpose, tuple[frozenset[State], tuple[Permission, ...]]] = {
    Purpose.BEFORE: (NOT_STARTED | UNDER_TREATMENT, (Permission.REGISTER_HAZARD, Permission.RECTIFY_HAZARD)),
    Purpose.AFTER: (UNDER_TREATMENT, (Permission.RECTIFY_HAZARD,)),
    Purpose.PROOF: (UNDER_TREATMENT | BEING_CHECKED, (Permission.RECTIFY_HAZARD, Permission.RECHECK_HAZARD)),
    Purpose.CONTROL: (UNDER_TREATMENT, (Permission.RECTIFY_HAZARD, Permission.RECHECK_HAZARD)),
    Purpose.RECHECK: (frozenset({State.RECHECKING, State.ACCEPTANCE}), (Permission.RECHECK_HAZARD,)),
}
PURPOSE_LABELS: Mapping[str, str] = {
    Purpose.BEFORE: mark("整改前"),
    Purpose.AFTER: mark("整改后"),
    Purpose.PROOF: mark("证明材料"),
    Purpose.CONTROL: mark("临时管控"),
    Purpose.RECHECK: mark("复查照片"),
}


def open_purposes(hazard: Hazard, person: Standing) -> list[Purpose]:
    """List what this person may add to this hazard now."""
    if not person.captures:
        return []
    return [
        purpose
        for purpose, (states, permissions) in OPEN_FOR.items()
        if hazard.state in states
        and any(person.can(permission) for permission in permissions)
        and not (purpose == Purpose.RECHECK and rectified(hazard, person))
    ]


def add_file(
    session: Session,
    actor: Actor,
    hazard: Hazard,
    prepared: files.Prepared,
    purpose: Purpose,
    **place: Any,  # noqa: ANN401 - of evidence.attach
) -> Evidence:
    """Tie a prepared photo or document to a hazard; `place` holds what the device says: time, longitude, latitude."""
    if purpose not in open_purposes(hazard, standing_of(session, actor, hazard)):
        raise Forbidden(mark("现在不能给这条隐患添加这类照片或材料。"))
    made = files.attach(
        session,
        actor,
        prepared,
        kind="hazard",
        id=hazard.id,
        purpose=purpose,
        county_id=hazard.county_id,
        region_id=hazard.region_id,
        **place,
    )
    told = {"purpose": [None, purpose], "sha256": [None, made.sha256]}
    record(
        session,
        actor,
        "hazard.file",
        kind="hazard",
        id=hazard.id,
        reference=hazard.reference,
        region_id=hazard.region_id,
        changes=told,
    )
    return made
