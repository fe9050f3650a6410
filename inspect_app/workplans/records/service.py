"""Asking registers, visits and hazards what they show of many dues at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.workplans.models import WorkDue, WorkObligation
from inspect_app.workplans.owing.definitions import RECORDS
from inspect_app.workplans.records.asking import Question, answers
from inspect_app.workplans.records.definition import Record
from inspect_app.workplans.records.loading import OF_HAZARDS, REGISTERS, fulfilment
from inspect_app.workplans.records.meeting import Met, is_met


def fulfilments(session: Session, dues: Collection[WorkDue], today: date) -> Mapping[int, Met]:
    """Return what records show by the key of the due, as of `today`; what no record answers is absent.

    Answered are obligations that counties owe as a whole. What happened counts by its day within the period, however
    late it was entered; what stands is taken as of the due day. The queries do not grow with the dues.
    """
    records = _records(session, {each.obligation_id for each in dues if each.obligation_id is not None})
    counties = _counties(session, {each.region_id for each in dues})
    asked = [
        (due, Question(records[due.obligation_id], due.region_id, due.starts_on, min(due.ends_on, today)))
        for due in dues
        if due.obligation_id in records and due.unit_id is None and due.region_id in counties
        and due.starts_on <= today
    ]  # fmt: skip
    found = answers(session, {question for _due, question in asked}, today)
    return {
        due.id: _met(due, question.record, found[question], _rows(question, counties[due.region_id]))
        for due, question in asked
        if question in found
    }


def record_of(row: WorkObligation) -> Record | None:
    """Return the record that answers an obligation of a plan: the one chosen for it, or that of the library."""
    chosen = row.definition.get(RECORDS)
    known = fulfilment()
    return known.record(str(chosen)) if chosen else known.answering(row.library_code)


def _records(session: Session, keys: Iterable[int]) -> dict[int | None, Record]:
    rows = session.scalars(select(WorkObligation).where(WorkObligation.id.in_(set(keys))))
    found = ((row.id, record_of(row)) for row in rows)
    return {key: record for key, record in found if record is not None}


def _counties(session: Session, keys: Iterable[int]) -> dict[int, str]:
    rows = select(Region.id, Region.code).where(Region.id.in_(set(keys)), Region.level == Level.COUNTY)
    return dict(session.execute(rows).tuples().all())


def _met(due: WorkDue, record: Record, figure: tuple[Decimal, Decimal | None], rows: tuple[str, dict[str, str]]) -> Met:
    count, whole = figure
    endpoint, arguments = rows
    met = is_met(due, count, whole, record.each)
    return Met(record.title, count, whole, due.needed, due.share, met, endpoint, arguments)


def _rows(question: Question, county: str) -> tuple[str, dict[str, str]]:
    """Return endpoint and arguments of the page that lists the rows behind a figure."""
    record = question.record
    if record.origin == REGISTERS:
        register, _dot, fact = record.fact.partition(".")
        return "registers.entries", {
            "code": register, "fact": fact, "region": county, "on": question.until.isoformat(),
        }  # fmt: skip
    told = {"fact": record.fact, "county": county, "period": str(question.until.year), "part": "numerator"}
    return "hazards.index" if record.origin == OF_HAZARDS else "assessments.rows", told
