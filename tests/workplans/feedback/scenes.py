"""What 乌苏市 owes in the scene that many tests share: a plan of its own, two dues, and a workbook that waits."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.workplans.queries import plan_of
from tests.accounts.factories import actor_of
from tests.workplans.feedback.books import filled, issued, send
from tests.workplans.feedback.factories import WUSU, make_due, make_plan


def publish_works(session: Session, word: str, code: str = WUSU) -> Mapping[str, str]:
    """Publish a plan of a county with two dues; needs a transaction around it."""
    region = by_code(session, code)
    plan = make_plan(session, region=region, reference=f"YD-{code}-2026-01")
    plan.title = f"{word}工作要点"
    references = (f"YB-{code}-2026-0000{task.number}" for task in plan.tasks)
    dues = [
        make_due(session, plan, region, task, reference=reference, key=reference)
        for task, reference in zip(plan.tasks, references, strict=True)
    ]
    return {"plan": plan.reference, "due": dues[0].reference, "other": dues[1].reference}


def send_works(session: Session, clerk: User, works: Mapping[str, str], folder: Path, word: str) -> Mapping[str, str]:
    """Leave a workbook waiting that reports on the second due; returns the works with its reference."""
    with transaction():
        actor = actor_of(clerk)
        plan = plan_of(session, actor, works["plan"])
        book = filled(issued(session, actor, plan, folder / f"{word}报送表.xlsx"), {}, {"完成情况": f"{word}已完成"})
        return {**works, "return": send(session, actor, plan, book).reference}
