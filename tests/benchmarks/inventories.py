"""Inventories as large as one likes, the same every time: hazards of three years in every county of the register."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, Text, func, insert, literal, select, text, type_coerce
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.hazards.inserting import insert_columns
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.rules import FINAL_STATES, NO_DUE_DATE, urgency
from inspect_app.hazards.text_index import take_in_new
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from tests.benchmarks.ledgers import MEASURES, WORKS

PREFECTURE, COUNTY = "6542", "654202"
SHARE_OF_PREFECTURE = 5
PORTION, DAYS, RARE = 50_000, 1_000, 20_000
RARE_WORDS, COMMON_WORDS = "观测墩基座错台", "构造柱钢筋"
STATES = (
    *([State.CLOSED] * 70), *([State.RECTIFYING] * 12), *([State.ASSIGNED] * 5), *([State.REGISTERED] * 4),
    *([State.ACCEPTED] * 3), *([State.DONE] * 3), *([State.CLOSURE_PENDING] * 2), State.SUSPENDED,
)  # fmt: skip
CATEGORIES = ("C03", "C12", "C13", "C16", "C02", "C05", "C07")
HAZARD = cast("Table", Hazard.__table__)


def fill(session: Session, number: int) -> None:
    """Put so many hazards, their counters and their words into a database without any, and gather statistics."""
    regions = select(Region.id, Region.code).where(Region.level == Level.COUNTY).order_by(Region.code)
    everywhere = session.execute(regions).tuples().all()
    near = [each for each in everywhere if each[1].startswith(PREFECTURE)]
    places = [*everywhere, *near * (len(everywhere) // (SHARE_OF_PREFECTURE - 1) // len(near))]
    for start in range(0, number, PORTION):
        size = min(PORTION, number - start)
        insert_columns(session, HAZARD, _columns(range(start + 1, start + size + 1), places), _alike())
    _count(session)
    take_in_new(session.connection())
    session.execute(text("ANALYZE"))


def _columns(numbers: range, places: Sequence[tuple[int, str]]) -> dict[str, list[Any]]:
    today = clock.today()
    counties = [places[number * 7919 % len(places)] for number in numbers]
    states = [STATES[number * 37 % len(STATES)] for number in numbers]
    found = [today - timedelta(days=number * 17 % DAYS) for number in numbers]
    due = [day + timedelta(days=30 + number % 200) for number, day in zip(numbers, found, strict=True)]
    ends = zip(found, states, strict=True)
    closed = [day + timedelta(days=20) if state in FINAL_STATES else None for day, state in ends]
    known: dict[tuple[str, date, date | None], int] = {}
    for state, day, end in set(zip(states, due, closed, strict=True)):
        known[state, day, end] = urgency(state, day, None, end or today)
    return {
        "id": list(numbers),
        "uuid": [str(UUID(int=number)) for number in numbers],
        "reference": [
            f"YH-{code}-2026-C03-{number:07}" for number, (_key, code) in zip(numbers, counties, strict=True)
        ],
        "county_id": [key for key, _code in counties],
        "region_id": [key for key, _code in counties],
        "state": [str(state) for state in states],
        "found_on": found,
        "due_on": due,
        "original_due_on": due,
        "closed_on": closed,
        "urgency": [known[each] for each in zip(states, due, closed, strict=True)],
        "category": [CATEGORIES[number % len(CATEGORIES)] for number in numbers],
        "grade": [Grade.GENERAL if number % 50 else Grade.MAJOR for number in numbers],
        "description": [_words(number) for number in numbers],
        "site_name": [f"第{number % 9973}号楼" for number in numbers],
        "responsible_unit_name": [f"第{number % 911}责任单位" for number in numbers],
        "measures": [MEASURES[number % len(MEASURES)] for number in numbers],
    }


def _words(number: int) -> str:
    work = RARE_WORDS if number % RARE == 1 else WORKS[number % len(WORKS)]
    return f"{number % 997}号点位{work}，长约{number % 37 + 1}米"


def _alike() -> dict[str, Any]:
    now = clock.now()
    plain = {column.name: getattr(column.default, "arg", None) for column in HAZARD.columns if column.default}
    return {**plain, "origin": "return", "version": 1, "created_at": now, "updated_at": now}


def _count(session: Session) -> None:
    due = func.coalesce(Hazard.due_on, literal(NO_DUE_DATE))
    columns = (Hazard.county_id, func.coalesce(type_coerce(Hazard.grade, Text), ""), Hazard.state, due)
    counted = select(*columns, func.count()).group_by(*columns)
    session.execute(insert(HazardCount).from_select(["county_id", "grade", "state", "due_on", "count"], counted))
