"""What people send about a notice: taken in, corrected piece by piece, and put aside in the end."""

from collections.abc import Callable

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.workplans.intake.stamps import stamp_of_letter, stamp_of_plan, stamp_of_task
from inspect_app.workplans.models import WorkPlan
from tests.posts.sending import Office, Post
from tests.scene import COUNTY, WORD
from tests.workplans.scenes import NOTICE

OFFICER = Role.PREFECTURE_OFFICER
YEAR = 2028
Round = Callable[[Office], list[Post]]


def received_notices(office: Office) -> list[Post]:
    """Paste a notice."""
    text = NOTICE.format(word=WORD, year=YEAR)
    return [Post(OFFICER, "/workplans/new", {"text": text, "region_id": str(office.region(COUNTY)), "year": str(YEAR)})]


def headed_notices(office: Office) -> list[Post]:
    """Correct its head, and add a task that was missed."""
    plan = _plan(office)
    head = {"title": f"{WORD}工作要点", "number": "", "year": str(YEAR), "dated": "", "region_id": str(plan.region_id)}
    task = {"number": "（三）", "title": f"{WORD}宣传", "topic": "", "text": ""}
    return [_letter(plan, "head", head), _letter(plan, "tasks", task)]


def dated_notices(office: Office) -> list[Post]:
    """Say by which day everybody reports."""
    return [_letter(_plan(office), "dates", {"number": "0", "title": "", "due_on": f"{YEAR}-06-30"})]


def named_notices(office: Office) -> list[Post]:
    """Register the units that nobody knows."""
    return [_letter(_plan(office), "names", {"all": "1"})]


def shared_notices(office: Office) -> list[Post]:
    """Choose the members, and give the task without units to somebody."""
    plan = _plan(office)
    unit = next(str(each.unit_id) for task in plan.tasks for each in task.units if each.unit_id)
    who = {"part": "responsible", "who": f"市{WORD}局"}
    return [_letter(plan, "members", {"unit": unit}), _letter(plan, "lonely", who)]


def worded_notices(office: Office) -> list[Post]:
    """Correct a task, and put one more unit into another."""
    plan = _plan(office)
    task = {"number": "（一）", "title": f"{WORD}演练", "topic": "DRILL"}
    unit = {"part": "cooperating", "who": f"市{WORD}中心", "new": "1"}
    return [_task(plan, 0, "", task), _task(plan, 1, "/units", unit)]


def decided_notices(office: Office) -> list[Post]:
    """Take a requirement, and adopt one of the library."""
    plan = _plan(office)
    demand = plan.obligations[0]
    key = {"version": str(stamp_of_task(plan, plan.tasks[0])), "task": str(demand.task_id), "key": str(demand.id)}
    taken = Post(OFFICER, f"/workplans/{plan.reference}/demands", {**key, "verdict": "taken"})
    return [taken, _task(plan, 1, "/adopt", {"code": "TC-15a"})]


def checked_notices(office: Office) -> list[Post]:
    """Check one task, and say that another is none."""
    plan = _plan(office)
    return [_task(plan, 0, "/check", {"checked_now": "1"}), _task(plan, 2, "/remove", {})]


def ended_notices(office: Office) -> list[Post]:
    """Put the draft aside."""
    plan = _plan(office)
    data = {"version": str(stamp_of_plan(plan)), "reason": "发错了"}
    return [Post(OFFICER, f"/workplans/{plan.reference}/steps/discard", data)]


def _plan(office: Office) -> WorkPlan:
    office.session.rollback()
    return office.session.scalars(select(WorkPlan).where(WorkPlan.year == YEAR)).one()


def _letter(plan: WorkPlan, what: str, data: dict[str, str]) -> Post:
    return Post(OFFICER, f"/workplans/{plan.reference}/{what}", {**data, "version": str(stamp_of_letter(plan))})


def _task(plan: WorkPlan, place: int, what: str, data: dict[str, str]) -> Post:
    task = plan.tasks[place]
    address = f"/workplans/{plan.reference}/tasks/{task.id}{what}"
    return Post(OFFICER, address, {**data, "version": str(stamp_of_task(plan, task))})


NOTICES: tuple[Round, ...] = (
    received_notices, headed_notices, dated_notices, named_notices, shared_notices, worded_notices, decided_notices,
    checked_notices, ended_notices,
)  # fmt: skip
