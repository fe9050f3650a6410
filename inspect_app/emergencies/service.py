"""Opening, adjusting and ending an emergency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_reference
from inspect_app.emergencies import queries
from inspect_app.emergencies.intensity import relation_of
from inspect_app.emergencies.lifecycle import ACTIVE, EMERGENCY_LIFE, overseen
from inspect_app.emergencies.loading import attenuation, definition
from inspect_app.emergencies.models import Emergency
from inspect_app.quakes.lifecycle import CANCELLED
from inspect_app.quakes.models import Quake

LONGEST = timedelta(days=90)
SETTABLE = ("relation", "axis", "least_intensity", "pause_until")


@dataclass(frozen=True)
class Wish:
    """What is set when an emergency is opened or adjusted; `relation` "" leaves it to the place."""

    least_intensity: int
    pause_until: date
    axis: int | None = None
    relation: str = ""


def usual() -> Wish:
    """Return what the office's definition proposes today."""
    own = definition()
    return Wish(own.least_intensity, clock.today() + timedelta(days=own.pause_days))


def open_emergency(session: Session, actor: Actor, quake: Quake, wish: Wish) -> Emergency:
    """Open an emergency for an earthquake under a reference ZS-{region}-{year}-{nn}.

    Raises Forbidden, Conflict when one is active already or the earthquake was cancelled, Invalid for unfit settings.
    """
    lock(session, quake)
    if not actor.can(Permission.LEAD_EMERGENCY) or not overseen(quake, actor):
        raise Forbidden(mark("您不能为这次地震启动应急。"))
    if quake.state == CANCELLED:
        raise Conflict(mark("这次地震已撤销，不能启动应急。"))
    if queries.active_for(session, quake) is not None:
        raise Conflict(mark("这次地震已经启动应急，请在原来的应急中办理。"))
    values = _checked(wish, (quake.county or quake.region).code)
    emergency = Emergency(
        reference=next_reference(session, f"ZS-{quake.region.code}-{clock.today().year}", 2),
        state=ACTIVE,
        quake=quake,
        region=quake.region,
        opened_at=clock.now(),
        opened_by_id=actor.id,
        opened_by_name=actor.name,
        **values,
    )
    session.add(emergency)
    session.flush()
    told = {name: [None, plain(value)] for name, value in values.items()}
    record(session, actor, "open", emergency, {"quake": [None, quake.reference], **told})
    return emergency


def adjust(session: Session, actor: Actor, emergency: Emergency, version: int, wish: Wish) -> Emergency:
    """Change what counts as inside, or until when due dates stand still; what is held already stays as it is."""
    quake = emergency.quake
    values = _checked(wish, (quake.county or quake.region).code)
    before = {name: getattr(emergency, name) for name in SETTABLE}
    changed = {name: [plain(before[name]), plain(value)] for name, value in values.items() if before[name] != value}
    _advance(session, actor, emergency, "adjust", changed, version)
    for name, value in values.items():
        setattr(emergency, name, value)
    record(session, actor, "adjust", emergency, changed)
    return emergency


def finish(
    session: Session, actor: Actor, emergency: Emergency, action: str, reason: str, version: int | None = None
) -> Emergency:
    """End or cancel an emergency that holds nothing up any more; StepRefused while it does."""
    before = emergency.state
    facts = {"reason": reason.strip(), "held": queries.held(session, emergency)}
    _advance(session, actor, emergency, action, facts, version)
    record(session, actor, action, emergency, {"state": [before, emergency.state], "reason": [None, reason.strip()]})
    return emergency


def check_leads(actor: Actor, emergency: Emergency) -> None:
    """Raise Forbidden unless this person leads in the region, Conflict when the emergency is over."""
    if not actor.can(Permission.LEAD_EMERGENCY) or not overseen(emergency, actor):
        raise Forbidden(mark("您不能办理这次应急。"))
    if emergency.state != ACTIVE:
        raise Conflict(mark("这次应急已经结束或撤销。"))


def check_real(emergency: Emergency) -> None:
    """Raise Conflict for an exercise: nothing real may stand still or be sent out for it."""
    if emergency.quake.exercise:
        raise Conflict(mark("这是演练，只做估计；不停止整改计时，不改检查日期，也不生成检查。"))


def record(session: Session, actor: Actor, action: str, emergency: Emergency, changes: Mapping[str, Any]) -> None:
    """Write what was done into the trail."""
    audit.record(
        session, actor, f"emergency.{action}", kind=queries.SUBJECT, id=emergency.id, reference=emergency.reference,
        region_id=emergency.region_id, changes=changes,
    )  # fmt: skip


def _advance(
    session: Session, actor: Actor, emergency: Emergency, action: str, facts: Mapping[str, Any], version: int | None
) -> None:
    lock(session, emergency)
    advance(EMERGENCY_LIFE, action, Attempt(emergency, facts, actor, clock.now(), clock.today()), version=version)
    session.flush()


def _checked(wish: Wish, code: str) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    known = {each.code for each in attenuation().relations}
    fitting = relation_of(attenuation().relations, code)
    relation = wish.relation or (fitting.code if fitting else "")
    if relation not in known:
        found["relation"] = [mark("这个地区没有配置烈度衰减关系，请选择一种。")]
    if not 1 <= wish.least_intensity <= 12:  # noqa: PLR2004 - degrees of the scale
        found["least_intensity"] = [mark("烈度应在 1 到 12 度之间。")]
    if wish.axis is not None and not 0 <= wish.axis < 180:  # noqa: PLR2004 - a line has two ends
        found["axis"] = [mark("长轴方向应在 0 到 179 度之间（正北为 0，正东为 90）；不知道就留空。")]
    if not clock.today() < wish.pause_until <= clock.today() + LONGEST:
        found["pause_until"] = [mark("停止计时的截止日期应晚于今天，且不超过 90 天。")]
    if found:
        raise Invalid(found)
    values = (relation, wish.axis, wish.least_intensity, wish.pause_until)
    return dict(zip(SETTABLE, values, strict=True))
