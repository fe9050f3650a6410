"""B8: what growth costs: a page of the list, the page of a county and a closure at a large and at a small inventory."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.core.database import db, transaction
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.benchmarks.applications import template
from tests.benchmarks.b5_list import ask, stocked
from tests.benchmarks.inventories import COUNTY
from tests.benchmarks.measuring import RUNS, Result, compare
from tests.hazards.stories import Story, stage

GOAL, SMALL = 1.5, 10_000
PAGES = {"list": "/hazards", "county": f"/overview/{COUNTY}"}


def measure(rows: int = 1_000_000) -> Result:
    """Compare both sizes in turn; the work that grew most counts."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        large, small = (stack.enter_context(stocked(source.copy, home, size)) for size in (rows, SMALL))
        results = {
            name: compare("B8", partial(ask, large, page), partial(ask, small, page), GOAL)
            for name, page in PAGES.items()
        }
        results["closure"] = compare("B8", closures(large), closures(small), GOAL)
        worst = max(results.values(), key=lambda result: result.ratio)
        told = ", ".join(f"{name} {result.ours_s} s, {result.ratio}" for name, result in results.items())
        return Result(**{**worst.as_json(), "note": f"{rows} against {SMALL} hazards; {told}"})  # type: ignore[arg-type]


def closures(client: FlaskClient) -> Callable[[], None]:
    """Bring as many hazards before their closure as will be closed, and return what closes the next one."""
    with client.application.app_context(), transaction():
        story = stage(db.session())
        waiting = iter([story.reach(State.CLOSURE_PENDING).id for _run in range(RUNS + 1)])

    def close_one() -> None:
        with client.application.app_context():
            with transaction():
                session = db.session()
                hazard = session.scalars(select(Hazard).where(Hazard.id == next(waiting))).one()
                Story(session, story.cast, hazard.county, hazard.region).take(hazard, "close")
            assert hazard.state == State.CLOSED

    return close_one
