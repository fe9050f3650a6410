"""Deciding about requirements: taken as obligations, changed, dropped, added by hand from the words of a task."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.workplans.intake.editing import editing, letter_seen, task_of, task_seen
from inspect_app.workplans.intake.marking import line_start
from inspect_app.workplans.intake.receiving import demand
from inspect_app.workplans.intake.stating import Stated, problems_of, restated
from inspect_app.workplans.models import WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.requirements import requirements_in
from inspect_app.workplans.owing.definitions import mistakes
from inspect_app.workplans.words import Verdict

NOT_THERE = mark("这一段原文里没有“%(quote)s”。请从左侧原文中选取，或照抄原文。")
NO_QUOTE = mark("请从左侧原文中选取要求所在的文字。")
TAKEN = mark("“%(quote)s”已经列为要求，请直接修改那一条。")
UNUSABLE = mark("这一条还不能采用，请点“修改”补充：%(what)s")


def decide(  # noqa: PLR0913 - what a form brings
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    key: int,
    verdict: Verdict,
    *,
    said: Stated | None = None,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Take, drop or put back an obligation; `said` restates it. Raises Invalid when it cannot be taken as it stands."""
    row = demand_of(plan, key)
    seen = task_seen(row.task_id, stamp) if row.task_id is not None else letter_seen(stamp)
    with editing(session, actor, plan, "demand", reason, seen) as changes:
        row = demand_of(plan, key)
        before = (row.verdict, row.definition)
        if said is not None:
            if problems := problems_of(said, plan.year):
                raise Invalid(problems)
            row.definition = restated(row.definition, said, plan.region.code, plan.year)
        row.verdict = verdict
        if verdict is Verdict.TAKEN and (wrong := mistakes(row)):
            raise Invalid({"": [str(UNUSABLE % {"what": "；".join(wrong)})]})
        if before != (row.verdict, row.definition):
            changes |= {"obligation": [None, row.code], "verdict": [before[0].value, verdict.value]}
            if before[1] != row.definition:
                changes["definition"] = [before[1], row.definition]


def add_demand(  # noqa: PLR0913 - what a form brings
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    task_key: int | None,
    quote: str,
    *,
    said: Stated | None = None,
    reason: str = "",
    stamp: int | None = None,
) -> WorkObligation:
    """Add a requirement from words of a task, or of the letter for None; what they measure is read from them.

    It is taken at once: a person chose it. Raises Invalid when the words do not stand there, Conflict when they are
    listed already.
    """
    seen = task_seen(task_key, stamp) if task_key is not None else letter_seen(stamp)
    with editing(session, actor, plan, "add_demand", reason, seen) as changes:
        task = task_of(plan, task_key) if task_key is not None else None
        words = quote.strip()
        read = _read(plan, task, words)
        if any(each.task_id == task_key and each.quote == read.quote for each in plan.obligations):
            raise Conflict(TAKEN, quote=read.quote)
        row = demand(plan, task, read)
        row.confidence, row.doubts = None, []
        session.flush()
        if said is not None:
            if problems := problems_of(said, plan.year):
                raise Invalid(problems)
            row.definition = restated(row.definition, said, plan.region.code, plan.year)
        row.verdict = Verdict.PROPOSED if mistakes(row) else Verdict.TAKEN
        changes |= {"obligation": [None, row.code], "definition": [None, row.definition]}
    return row


def demand_of(plan: WorkPlan, key: int) -> WorkObligation:
    """Return an obligation of a plan; NotFound when it has none with this key."""
    found = next((each for each in plan.obligations if each.id == key), None)
    if found is None:
        raise NotFound
    return found


def _where(plan: WorkPlan, task: WorkTask | None) -> tuple[str, int]:
    """Return the words among which a quote must stand, as the page shows them, and where they begin."""
    if task is None:
        return plan.text, 0
    if task.start is None or task.end is None:
        return task.text, 0
    start = line_start(plan.text, task.start)
    return plan.text[start : task.end], start


def _read(plan: WorkPlan, task: WorkTask | None, words: str) -> Requirement:
    """Return what the words measure: what the reader finds in them, else a standing duty in these words."""
    if not words:
        raise Invalid({"quote": [NO_QUOTE]})
    where, base = _where(plan, task)
    place = where.find(words)
    if place < 0:
        raise Invalid({"quote": [NOT_THERE % {"quote": words}]})
    found = requirements_in(where, place, place + len(words), plan.year)
    if len(found) == 1:
        first = found[0]
        return Requirement(
            words, base + place, first.kind, first.value, first.unit, first.confidence, first.due_on, first.per,
            first.least, first.most, first.day,
        )  # fmt: skip
    return Requirement(words, base + place, Kind.STANDING, "", "", 1.0)
