"""Packages of higher floors that must know of a step say so here, and are told within its transaction."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.hazards.models import Hazard

Listener = Callable[[Session, Actor, Hazard], None]
_listeners: dict[str, list[Listener]] = {}


def listen(action: str, listener: Listener) -> None:
    """Have a listener called whenever a step has been taken (from an `init_app`; saying it twice changes nothing)."""
    known = _listeners.setdefault(action, [])
    if listener not in known:
        known.append(listener)


def tell(session: Session, actor: Actor, hazard: Hazard, action: str) -> None:
    """Tell whoever listens that the step was taken; state, event, columns and trail of the hazard already say so."""
    for listener in _listeners.get(action, ()):
        listener(session, actor, hazard)
