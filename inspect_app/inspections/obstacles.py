"""Packages of higher floors that may stand in the way of a submission say so here, and are asked before it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from inspect_app.inspections.models import Inspection

Check = Callable[[Session, Inspection], str | None]
_checks: list[Check] = []


def ask_before_submission(check: Check) -> None:
    """Have a check asked for a sentence against a submission (from an `init_app`; saying it twice changes nothing)."""
    if check not in _checks:
        _checks.append(check)


def obstacles(session: Session, inspection: Inspection) -> list[str]:
    """Return the sentences that stand against submitting a visit now."""
    return [sentence for check in _checks if (sentence := check(session, inspection))]
