"""Trying out a list on the tablet page: answers of one person that count nowhere, and what they would lead to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.checklists.checking import Flaw
from inspect_app.checklists.definition import SEVERITY_LABELS, Checklist, Evidence, Item, Severity
from inspect_app.checklists.lifecycle import DRAFT, RETIRED
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import content, seen
from inspect_app.checklists.rules import due_on
from inspect_app.checklists.service import problems
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.inspections import wording
from inspect_app.inspections.answers import check_question
from inspect_app.inspections.models import Trial
from inspect_app.inspections.rules import text_of, tidy
from inspect_app.inspections.tally import Tally, tally

SUBJECT = "checklist_version"
Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """What a failed item would lead to in a real visit; `due_on` None sets no deadline."""

    item: Item
    kind: str
    due_on: date | None
    requirement: str


def tryable(session: Session, actor: Actor, code: str, number: int) -> ChecklistVersion:
    """Return a version that this person sees and may try: not retired, and every item of it can be answered.

    A draft whose weights do not sum up yet can be tried all the same. Raises NotFound or StepRefused.
    """
    version = seen(session, actor, code, number)
    if version.state == RETIRED:
        raise StepRefused([mark("停用的版本不能试用，请选择草稿或已发布的版本。")])
    if hindering := [str(flaw) for flaw in flaws_of(session, version) if flaw.item or flaw.field == "sections"]:
        raise StepRefused(hindering, mark("这份草稿的检查项还有错误，改正后才能试用。"))
    return version


def flaws_of(session: Session, version: ChecklistVersion) -> tuple[Flaw, ...]:
    """Return the mistakes of a version that is not published yet."""
    return problems(session, version) if version.state == DRAFT else ()


def answers_of(session: Session, actor: Actor, version: ChecklistVersion) -> dict[str, Kept]:
    """Return what this person answered to the items the version has, each with value, note, measure and version."""
    trial = _trial(session, actor, version)
    kept: dict[str, Kept] = trial.answers if trial else {}
    return {item.code: kept[item.code] for item in content(version).items if item.code in kept}


def tally_of(version: ChecklistVersion, given: Mapping[str, Kept]) -> Tally:
    """Judge a trial as it stands today; every proof that an item asks for counts as given."""
    checklist = content(version)
    attached = {item.code: frozenset(Evidence) for item in checklist.items}
    return tally([checklist], {code: each["value"] for code, each in given.items()}, attached, clock.today())


def findings(tallied: Tally, on: date) -> list[Finding]:
    """Return what the failed items would become, in the order of the list."""
    return [
        Finding(
            each.item,
            SEVERITY_LABELS[each.consequence],
            None if each.consequence is Severity.ADVICE else due_on(each.item.deadline, on),
            "" if each.consequence is Severity.ADVICE else wording.requirement(each.item),
        )
        for each in tallied.items
        if each.consequence
    ]


def answer(
    session: Session, actor: Actor, version: ChecklistVersion, item_code: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep one answer and return it; `given` holds value, note, immediate_measure and asked, as for a visit.

    Raises Invalid, Conflict when the draft asks otherwise by now, or NotFound for an item that it does not have.
    """
    lock(session, version)
    item = _item(content(version), item_code)
    check_question(item, given["asked"])
    texts = {name: text_of(given[name], name) for name in ("note", "immediate_measure")}
    told = {"value": tidy(item, given["value"]), **texts}
    trial = _trial(session, actor, version) or Trial(
        checklist_version_id=version.id, user_id=actor.id, answers={}, updated_at=clock.now()
    )
    before: dict[str, Any] = trial.answers.get(item_code, {})
    if before and {**before, **told} == before:
        return before
    kept = {**told, "version": before.get("version", 0) + 1, "at": f"{clock.local(clock.now()):%H:%M}"}
    trial.answers, trial.updated_at = {**trial.answers, item_code: kept}, clock.now()
    session.add(trial)
    session.flush()
    _record(session, actor, version, "try_answer", {item_code: [before.get("value"), told["value"]]})
    return kept


def restart(session: Session, actor: Actor, version: ChecklistVersion) -> None:
    """Forget what this person answered."""
    lock(session, version)
    trial = _trial(session, actor, version)
    if trial is not None:
        session.delete(trial)
        _record(session, actor, version, "try_again", {"answers": [len(trial.answers), 0]})


def _trial(session: Session, actor: Actor, version: ChecklistVersion) -> Trial | None:
    return session.scalar(select(Trial).where(Trial.checklist_version_id == version.id, Trial.user_id == actor.id))


def _item(checklist: Checklist, code: str) -> Item:
    try:
        return checklist.item(code)
    except KeyError:
        raise NotFound(mark("这一版检查表中没有 %(code)s 这一项。"), code=code) from None


def _record(
    session: Session, actor: Actor, version: ChecklistVersion, action: str, changes: Mapping[str, list[Any]]
) -> None:
    audit.record(
        session,
        actor,
        f"inspection.{action}",
        kind=SUBJECT,
        id=version.id,
        reference=f"{version.code}-{version.number}",
        changes=changes,
    )
