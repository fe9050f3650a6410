"""Taking a rung of the ladder on one hazard or on many: a record, its document, its entry in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.chasing import papers
from inspect_app.chasing.circulars import draw_up_together
from inspect_app.chasing.definition import Rung
from inspect_app.chasing.ladder import Ladder, Step
from inspect_app.chasing.listings import Wish, list_hazard
from inspect_app.chasing.models import RungTaken
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import DomainError, Forbidden, Invalid, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.rules import overdue_days

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Outcome:
    """What became of one row: `taken`, or the reason why not."""

    reference: str
    taken: RungTaken | None
    refusal: DomainError | None = None


def take_rung(
    session: Session, actor: Actor, hazard: Hazard, rung: Rung, *, note: str = "", wish: Wish | None = None
) -> RungTaken:
    """Take a rung that has fallen; `wish` says how to list, for a rung that lists.

    Raises Forbidden for who may not, StepRefused when the rung is not open today, Invalid for an unfit wish.
    """
    step = _open_step(session, actor, hazard, rung, note)
    return _take(session, actor, hazard, step, note, _paper(session, actor, hazard, rung, note, wish))


def _open_step(session: Session, actor: Actor, hazard: Hazard, rung: Rung, note: str) -> Step:
    """Lock a hazard and return the rung as it is open on it; raises what `take_rung` does."""
    lock(session, hazard)
    if not actor.can(rung.permission) or not standing_of(session, actor, hazard).oversees:
        raise Forbidden(mark("您没有权限执行“%(label)s”。"), label=rung.name)
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": [mark("说明太长，请控制在 500 字以内。")]})
    steps = Ladder(session).steps_of(hazard)
    step = next((each for each in steps if each.planned.rung.code == rung.code), None)
    if step is None or not step.planned.open:
        raise StepRefused([str(_why_not(hazard, steps, step))])
    return step


def take_many(
    session: Session, actor: Actor, references: Sequence[str], rung: Rung, *, note: str = "", wish: Wish | None = None
) -> list[Outcome]:
    """Take a rung on many hazards; each stands alone, and who is refused is told why.

    A rung that is taken `together` draws up one document for all that are not refused.
    """
    if rung.together and len(set(references)) > 1:
        return _together(session, actor, references, rung, note)
    return [_one(session, actor, reference, rung, note, wish) for reference in dict.fromkeys(references)]


def _one(session: Session, actor: Actor, reference: str, rung: Rung, note: str, wish: Wish | None) -> Outcome:
    try:
        with session.begin_nested():
            hazard = by_reference(session, actor, reference)
            return Outcome(reference, take_rung(session, actor, hazard, rung, note=note, wish=wish))
    except DomainError as error:
        return Outcome(reference, None, error)


def _together(session: Session, actor: Actor, references: Sequence[str], rung: Rung, note: str) -> list[Outcome]:
    found: dict[str, tuple[Hazard, Step] | DomainError] = {}
    for reference in dict.fromkeys(references):
        try:
            hazard = by_reference(session, actor, reference)
            found[reference] = hazard, _open_step(session, actor, hazard, rung, note)
        except DomainError as error:
            found[reference] = error
    ready = [each[0] for each in found.values() if isinstance(each, tuple)]
    uuid = draw_up_together(session, actor, ready, rung.document, note.strip()) if ready else ""
    return [
        Outcome(reference, _take(session, actor, *each, note, uuid))
        if isinstance(each, tuple)
        else Outcome(reference, None, each)
        for reference, each in found.items()
    ]


def _paper(session: Session, actor: Actor, hazard: Hazard, rung: Rung, note: str, wish: Wish | None) -> str:
    """Draw up the document of a rung about one hazard and return its key."""
    if rung.lists:
        return list_hazard(session, actor, hazard, wish or Wish.blank()).document_uuid
    days = overdue_days(hazard.state, hazard.due_on, clock.today())
    return papers.draw_up(session, actor, hazard, rung.document, papers.of_rung(hazard, days, note.strip()))


def _take(session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, uuid: str) -> RungTaken:
    rung, on = step.planned.rung, clock.today()
    assert hazard.due_on is not None  # noqa: S101 - an open rung has fallen after a due date
    taken = RungTaken(
        hazard=hazard,
        county_id=hazard.county_id,
        rung=rung.code,
        due_on=hazard.due_on,
        taken_on=on,
        taken_at=clock.now(),
        taken_by_id=actor.id,
        taken_by_name=actor.name,
        note=note.strip(),
        document_uuid=uuid,
    )
    session.add(taken)
    session.flush()
    told = {"rung": [None, rung.name], "due_on": [None, hazard.due_on.isoformat()], "note": [None, taken.note]}
    record(session, actor, "hazard.urge", kind="hazard", id=hazard.id, reference=hazard.reference,
           region_id=hazard.region_id, changes=told)  # fmt: skip
    return taken


def _why_not(hazard: Hazard, steps: Sequence[Step], step: Step | None) -> Sentence:
    if step is None:
        return say(mark("这条隐患没有整改时限，无从督办。请先交办并定下时限。"))
    rung = step.planned.rung
    if step.taken:
        return say(mark("已于 %(day)s %(rung)s，不必重复。"), day=step.taken.taken_on, rung=rung.name)
    higher = next((each for each in reversed(steps) if each.taken), None)
    if higher and higher.planned.falls_on >= step.planned.falls_on:
        return say(mark("已经采取更高一级的“%(rung)s”，不再退回。"), rung=higher.planned.rung.name)
    if step.planned.falls_on > clock.today():
        return say(mark("还没有到%(rung)s的日子：%(day)s 起才可以。"), rung=rung.name, day=step.planned.falls_on)
    if rung.lists and hazard.listed:
        return say(mark("已经挂牌督办，不必重复挂牌。需要升级的，请在挂牌页面办理。"))
    return say(mark("这条隐患现在的状态不需要督办：整改已报告完成待核查，或已办结、已转为长期管控。"))
