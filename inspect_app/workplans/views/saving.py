"""What every piece of the review shares: the transaction around its plan, and the way back to where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import redirect, url_for
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.core.database import db, transaction
from inspect_app.workplans.intake.forms import PieceForm
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.queries import plan_of

F = TypeVar("F", bound=PieceForm)


def asked(reference: str, form: type[F]) -> F:
    """Return what was sent about a plan that the person sees; a plan out of sight is NotFound whatever was sent."""
    plan_of(db.session(), current_actor(), reference)
    return form().checked()


@contextmanager
def piece(reference: str) -> Iterator[WorkPlan]:
    """Change a plan in a transaction of its own."""
    with transaction():
        yield plan_of(db.session(), current_actor(), reference)


def saved(reference: str, anchor: str) -> Response:
    """Go back to the place of the review that was saved."""
    return redirect(url_for("workplans.review", reference=reference, _anchor=anchor))
