"""board: the matrix of a work plan with 100 units against 20: cost grows with the cells, queries do not."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import by_code
from inspect_app.workplans.lifecycle import ACCEPTED, DUE, PUBLISHED, REPORTED
from inspect_app.workplans.models import ReportingDate, WorkDue, WorkDueEvent, WorkPlan, WorkTask
from inspect_app.workplans.words import Part
from tests.accounts.factories import make_user, sign_in
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.b5_list import ask, queries_of
from tests.benchmarks.measuring import Result, compare

# five times the cells may cost half as much again
GOAL, MANY, FEW, TASKS = 7.5, 100, 20, 19
PREFECTURE, PLAN = "6542", "YD-6542-2026-01"
DAYS = (date(2026, 6, 5), date(2026, 11, 6))
PAGE = f"/workplans/{PLAN}/board?by=unit"


def measure() -> Result:
    """Draw both matrices in turn as an officer of the prefecture."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        large, small = (stack.enter_context(_stocked(source.copy, home, units)) for units in (MANY, FEW))
        result = compare("board", partial(ask, large, PAGE), partial(ask, small, PAGE), GOAL)
        counts = queries_of(large, PAGE), queries_of(small, PAGE)
    note = f"{TASKS} tasks, {MANY} units against {FEW}; {counts[0]} queries against {counts[1]}"
    return Result(**{**result.as_json(), "note": note, "held": result.held and counts[0] == counts[1]})  # type: ignore[arg-type]


@contextmanager
def _stocked(copy: Callable[[], AbstractContextManager[str]], home: Path, units: int) -> Iterator[FlaskClient]:
    with copy() as url:
        app = application(url, home)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            with transaction():
                _fill(db.session(), units)
                user = make_user(db.session(), Role.PREFECTURE_OFFICER, by_code(db.session(), PREFECTURE))
            client = app.test_client()
            sign_in(client, user)
            db.session.remove()
        yield client
        close(app)


def _fill(session: Session, units: int) -> None:
    """Publish a plan in which every unit owes every task twice: most accepted, some waiting, some not there."""
    region, now = by_code(session, PREFECTURE), datetime(2026, 3, 20, tzinfo=UTC)
    names = [Unit(region_id=region.id, name=f"地区第{number}局") for number in range(units)]
    plan = WorkPlan(
        reference=PLAN, region=region, year=2026, title="工作要点", text="", text_hash="0", state=PUBLISHED,
        created_at=now, published_at=now,
    )  # fmt: skip
    plan.tasks = [WorkTask(position=n, number=str(n), title=f"第{n}项任务", text="") for n in range(1, TASKS + 1)]
    plan.dates = [ReportingDate(number=n, title=f"第{n}次", due_on=day) for n, day in enumerate(DAYS, 1)]
    session.add_all([*names, plan])
    session.flush()
    dues = [
        _due(plan, task, unit, on, number)
        for number, (task, unit, on) in enumerate(
            (task, unit, on) for task in plan.tasks for unit in names for on in plan.dates
        )
    ]
    session.execute(insert(WorkDue), dues)
    events = [event for key, due in enumerate(dues, 1) for event in _events(key, due)]
    session.execute(insert(WorkDueEvent), events)


def _due(plan: WorkPlan, task: WorkTask, unit: Unit, on: ReportingDate, number: int) -> dict[str, object]:
    state = (DUE, REPORTED, *[ACCEPTED] * 8)[number % 10]
    reported = None if state == DUE else datetime(2026, 6, 1, 4, tzinfo=UTC) + timedelta(days=number % 9)
    return {
        "reference": f"YB-{number:06d}", "plan_id": plan.id, "key": str(number), "task_id": task.id, "date_id": on.id,
        "part": Part.RESPONSIBLE, "region_id": plan.region_id, "unit_id": unit.id, "starts_on": date(2026, 1, 1),
        "ends_on": on.due_on, "due_on": on.due_on, "state": state, "reported_at": reported, "updated_at": reported,
    }  # fmt: skip


def _events(key: int, due: dict[str, object]) -> Iterator[dict[str, object]]:
    taken = {REPORTED: ["report"], ACCEPTED: ["report", "accept"]}.get(str(due["state"]), [])
    steps = {"report": (DUE, REPORTED), "accept": (REPORTED, ACCEPTED)}
    for action in taken:
        source, target = steps[action]
        yield {
            "subject_id": key, "action": action, "source": source, "target": target, "actor_name": "测试",
            "at": due["reported_at"], "facts": {},
        }  # fmt: skip
