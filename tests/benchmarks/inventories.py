"""Inventories as large as one likes, the same every time: hazards of three years in every county of the register."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import RungTaken
from inspect_app.core import clock
from inspect_app.hazards.inserting import insert_columns
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.rules import FINAL_STATES, urgency
from inspect_app.hazards.summary import rebuild
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
LOOKED_AT, SPREAD = 10, 2_654_435_761
NOBODY = {"taken_by_name": "", "note": "", "document_uuid": ""}
CATEGORIES = ("C03", "C12", "C13", "C16", "C02", "C05", "C07")
HAZARD = cast("Table", Hazard.__table__)


def fill(session: Session, number: int) -> None:
    """Put so many hazards, what was done about them, counters and words into an empty database; gather statistics."""
    regions = select(Region.id, Region.code).where(Region.level == Level.COUNTY).order_by(Region.code)
    everywhere = session.execute(regions).tuples().all()
    near = [each for each in everywhere if each[1].startswith(PREFECTURE)]
    places = [*everywhere, *near * (len(everywhere) // (SHARE_OF_PREFECTURE - 1) // len(near))]
    for start in range(0, number, PORTION):
        size = min(PORTION, number - start)
        insert_columns(session, HAZARD, _columns(range(start + 1, start + size + 1), places), _alike())
    _chase(session, number)
    rebuild(session)
    take_in_new(session.connection())
    session.execute(text("ANALYZE"))


def _columns(numbers: range, places: Sequence[tuple[int, str]]) -> dict[str, list[Any]]:
    today = clock.today()
    counties = [places[number * 7919 % len(places)] for number in numbers]
    spread = [number * SPREAD % 2**32 >> 8 for number in numbers]
    states = [STATES[each % len(STATES)] for each in spread]
    found = [today - timedelta(days=each // 100 % DAYS) for each in spread]
    due = [day + timedelta(days=30 + number // 7 % 200) for number, day in zip(numbers, found, strict=True)]
    ends = zip(found, states, strict=True)
    closed = [day + timedelta(days=20) if state in FINAL_STATES else None for day, state in ends]
    looked = [day if day and number % LOOKED_AT == 0 else None for number, day in zip(numbers, closed, strict=True)]
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
        "looked_back_on": looked,
        "rebounded": [None if day is None else number % 9 == 0 for number, day in zip(numbers, looked, strict=True)],
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


def _chase(session: Session, number: int) -> None:
    """Let a rung be taken on every second hazard that is late, and every tenth closure be told as an event."""
    now, today = clock.now(), clock.today()
    late = select(Hazard.id, Hazard.county_id, Hazard.due_on).where(
        Hazard.state.in_(chasing().chased_states), Hazard.due_on < today, Hazard.id % 2 == 0, Hazard.id <= number
    )
    closed = select(Hazard.id).where(Hazard.state == State.CLOSED, Hazard.id % LOOKED_AT == 0)
    keys, counties, due = zip(*session.execute(late).tuples(), strict=True)
    taken = {"rung": chasing().rungs[0].code, "taken_on": today, "taken_at": now, **NOBODY}
    columns: dict[str, Sequence[Any]] = {"hazard_id": keys, "county_id": counties, "due_on": due}
    insert_columns(session, cast("Table", RungTaken.__table__), columns, taken)
    told = {"action": "close", "source": State.CLOSURE_PENDING, "target": State.CLOSED, "actor_name": "", "at": now}
    subjects = {"subject_id": session.scalars(closed).all()}
    insert_columns(session, cast("Table", HazardEvent.__table__), subjects, {**told, "facts": {}})
