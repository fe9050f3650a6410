"""The library as people look through it: by place, topic and kind, what overlaps, and where it is adopted already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core.labels import Sentence
from inspect_app.workplans.intake.editing import may_edit
from inspect_app.workplans.intake.stating import stated
from inspect_app.workplans.intake.telling import summary
from inspect_app.workplans.library.definition import Library, Obligation, Source
from inspect_app.workplans.lifecycle import DRAFT, PUBLISHED
from inspect_app.workplans.models import WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.owing.definitions import mistakes
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.queries import plans_visible_to
from inspect_app.workplans.words import Verdict


@dataclass(frozen=True)
class Wish:
    """What to look for; an empty text leaves out nothing."""

    source: str = ""
    topic: str = ""
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class Shelved:
    """An obligation with its notice; `asks` says in few words what is asked in the place it comes from."""

    source: Source
    obligation: Obligation
    asks: Sequence[Sentence]


def shelved(source: Source, obligation: Obligation, year: int) -> Shelved:
    """Tell an obligation as it stands in the place it comes from; a day of one year is told in that year."""
    years = [each.year for _role, number in obligation.measure.numbers for each in number.settings if each.year]
    said = stated(as_definition(obligation), _place(source, obligation), max(years, default=year))
    return Shelved(source, obligation, summary(said))


def found(known: Library, wish: Wish, year: int) -> list[Shelved]:
    """List what fits a wish, in the order of the files."""
    return [
        shelved(source, each, year)
        for source in known.sources
        for each in source.obligations
        if _fits(source, each, wish)
    ]


def overlapping(known: Library, obligation: Obligation, year: int) -> list[Shelved]:
    """List what other places ask for the same."""
    others = known.obligations
    pairs = ((known.source_of(code), others[code]) for code in obligation.overlaps if code in others)
    return [shelved(source, each, year) for source, each in pairs if source is not None]


def adopted(session: Session, actor: Actor, codes: Iterable[str] | None = None) -> Mapping[str, list[WorkPlan]]:
    """Return the plans in sight that took an obligation, by its id in the library."""
    plans = {plan.id: plan for plan in session.scalars(plans_visible_to(actor))}
    rows = select(WorkObligation.library_code, WorkObligation.plan_id).where(
        WorkObligation.plan_id.in_(plans), WorkObligation.verdict == Verdict.TAKEN
    )
    if codes is not None:
        rows = rows.where(WorkObligation.library_code.in_(set(codes)))
    told: dict[str, list[WorkPlan]] = {}
    for code, key in session.execute(rows.order_by(WorkObligation.plan_id.desc())).tuples():
        if code:
            told.setdefault(code, []).append(plans[key])
    return told


def open_plans(session: Session, actor: Actor) -> list[WorkPlan]:
    """List the plans that a person may still change, with their tasks, the newest first."""
    rows = plans_visible_to(actor).where(WorkPlan.state.in_((DRAFT, PUBLISHED)))
    if actor.role is not None:
        rows = rows.where(visible(actor, WorkPlan.region_id, WorkPlan.region_id))
    plans = session.scalars(rows.options(selectinload(WorkPlan.tasks).load_only(WorkTask.number, WorkTask.title)))
    return [plan for plan in plans if may_edit(session, actor, plan)]


def taken(plan: WorkPlan) -> list[tuple[WorkObligation, list[str]]]:
    """List the obligations of a plan in the order of its tasks, each with what is wrong with it."""
    rows = [each for each in plan.obligations if each.verdict is Verdict.TAKEN]
    position = {task.id: task.position for task in plan.tasks}
    rows.sort(key=lambda each: (position.get(each.task_id or 0, 0), each.id))
    return [(each, mistakes(each)) for each in rows]


def _fits(source: Source, each: Obligation, wish: Wish) -> bool:
    words = wish.text.lower().split()
    told = f"{each.code} {each.title} {each.text} {each.object} {each.measure.counted}".lower()
    return (
        wish.source in ("", source.code)
        and wish.topic in ("", each.topic.value)
        and wish.kind in ("", each.kind.value)
        and all(word in told for word in words)
    )


def _place(source: Source, obligation: Obligation) -> str:
    """Return the region whose numbers are told: the key county where numbers are set for it alone."""
    regions = [each.region for _role, number in obligation.measure.numbers for each in number.settings]
    return source.region if source.region in regions or not regions else regions[0]
