"""What a work plan tells the documents that are drawn up about it: letters that urge, summaries."""

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.documents import sources
from inspect_app.regions.models import Region
from inspect_app.workplans.boards.reading import Known, read
from inspect_app.workplans.boards.stuck import stuck_among
from inspect_app.workplans.boards.summaries import summary_data
from inspect_app.workplans.boards.urging import LETTER, SUBJECT, addressed_to, item_of, name_of
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.queries import plan_of, plans_visible_to


def register_papers() -> None:
    """Let documents be drawn up about work plans."""
    sources.register(SUBJECT, sources.Source(build, related, seen, "workplans.show"))


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return the region of a plan and what it says for a letter or a summary; NotFound out of sight."""
    plan = plan_of(session, actor, reference)
    if not kind:
        return plan.region, {}
    known = read(session, actor, plan)
    return plan.region, _urging(known) if kind == LETTER else summary_data(known)


def related(_session: Session, _reference: str) -> list[sources.Case]:
    """Return nothing: a plan is a case of its own."""
    return []


def seen(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Documents about a plan are as hidden as the plan."""
    return column.in_(plans_visible_to(actor).order_by(None).with_only_columns(WorkPlan.reference))


def _urging(known: Known) -> sources.Data:
    """Name everything that is late, for one letter to all."""
    stuck = stuck_among(known.owed, known.today)
    owners = dict.fromkeys(addressed_to(known.owners[each.owed.owner]) for each in stuck)
    items = [item_of(known, each) for each in stuck]
    return {"addressee": "、".join(owners), "plan": name_of(known.plan), "items": items}
