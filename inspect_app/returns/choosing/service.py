"""Remember what a person says that columns mean, and forget it on request."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Stale
from inspect_app.core.labels import mark
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of, open_file
from inspect_app.returns import queries, service
from inspect_app.returns.choosing.proposals import OFFERED
from inspect_app.returns.choosing.queries import choices_of
from inspect_app.returns.models import ColumnChoice, ReturnBatch
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import ReadResult

TWICE = mark("两列不能是同一个含义：%(headings)s。请只留一列，其余选“不导入”。")
SETTLED = mark("这份报表已导入或已放弃，不能再改各列的含义。以后的报表可在上传后另行说明。")
NOT_OFFERED = mark("“%(heading)s”的含义不在列表中。请从列表中选择。")
OPEN = frozenset({"recognised", "validated"})
Said = Mapping[str, Mapping[str, str]]


def reread(session: Session, actor: Actor, batch: ReturnBatch, said: Said) -> ReadResult:
    """Read the stored original as a person has just said; nothing is changed yet.

    Raises Forbidden outside the capture region, Conflict for a return that is over, for a meaning that is none, and for
    two columns of a layout that are said to mean the same.
    """
    service.require_sender(actor, batch.county)
    if batch.state not in OPEN:
        raise Conflict(SETTLED)
    for answers in said.values():
        _refuse_nonsense(answers)
    choices = choices_of(session, batch.county_id)
    merged = {layout: {**choices.get(layout, {}), **said.get(layout, {})} for layout in {*choices, *said}}
    return read_return(
        original_of(session, batch), queries.places_for(session, batch.county), batch.report_on, choices=merged
    )


def original_of(session: Session, batch: ReturnBatch) -> Path:
    """Return where the file lies as it came."""
    return open_file(evidence_of(session, "return", batch.id, Purpose.ORIGINAL)[0])


def remember(session: Session, actor: Actor, batch: ReturnBatch, said: Said, *, version: int | None) -> None:
    """Keep what was said, in the place of what was said before about the same columns."""
    service.require_sender(actor, batch.county)
    if version != batch.version:
        raise Stale
    for layout, answers in said.items():
        held = {choice.heading: choice for choice in _in_force(session, batch.county_id, layout)}
        for heading, field in answers.items():
            before = held.get(heading)
            if before is not None and before.field == field:
                continue
            if before is not None:
                _end(before, actor)
            session.add(_choice(batch.county_id, layout, heading, field, actor))
            _tell(session, actor, batch.county_id, heading, before.field if before else None, field)


def revoke(session: Session, actor: Actor, choice: ColumnChoice) -> None:
    """Forget a choice: files that come from now on are read without it."""
    service.require_sender(actor, choice.county)
    _end(choice, actor)
    _tell(session, actor, choice.county_id, choice.heading, choice.field, None)


def _refuse_nonsense(answers: Mapping[str, str]) -> None:
    by_field: dict[str, list[str]] = {}
    for heading, field in answers.items():
        if field and field not in set(OFFERED):
            raise Conflict(NOT_OFFERED, heading=heading)
        by_field.setdefault(field, []).append(heading)
    for field, headings in by_field.items():
        if field and len(headings) > 1:
            raise Conflict(TWICE, headings="、".join(headings))


def _in_force(session: Session, county_id: int, layout: str) -> Iterable[ColumnChoice]:
    query = select(ColumnChoice).where(
        ColumnChoice.county_id == county_id, ColumnChoice.layout == layout, ColumnChoice.revoked_at.is_(None)
    )
    return session.scalars(query)


def _choice(county_id: int, layout: str, heading: str, field: str, actor: Actor) -> ColumnChoice:
    return ColumnChoice(
        county_id=county_id, layout=layout, heading=heading, field=field, chosen_at=clock.now(), chosen_by_id=actor.id
    )


def _end(choice: ColumnChoice, actor: Actor) -> None:
    choice.revoked_at, choice.revoked_by_id = clock.now(), actor.id


def _tell(session: Session, actor: Actor, county_id: int, heading: str, before: str | None, after: str | None) -> None:
    record(
        session, actor, "return.columns", kind="return_columns", id=None, region_id=county_id,
        changes={heading: [before, after]},
    )  # fmt: skip
