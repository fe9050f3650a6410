"""A made-up inventory of known composition, put into the tables with its counters."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.hazards import slots
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import urgency
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code

NUMBERS = count(1)
TODAY = date(2026, 6, 15)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def put(session: Session, county: Region, state: State, **columns: Any) -> Hazard:  # noqa: ANN401 - any column
    """Put one hazard in a state, found 90 days ago and due in 30 unless said otherwise."""
    number = next(NUMBERS)
    due_on = columns.setdefault("due_on", days(30))
    hazard = Hazard(
        **{
            "uuid": str(uuid4()),
            "reference": f"YH-{county.code}-2026-C03-{number:04d}",
            "county_id": county.id,
            "region_id": county.id,
            "site_name": f"第{number}小学",
            "category": "C03",
            "origin": "manual",
            "found_on": days(-90),
            "description": f"教学楼外墙开裂（第{number}处）",
            "grade": Grade.GENERAL,
            "responsible_unit_name": f"第{number}小学",
            "responsible_person": "李明",
            "measures": "拆除开裂饰面砖并重新粉刷加固",
            "original_due_on": due_on,
            "state": state,
            "urgency": urgency(state, due_on, None, columns.get("closed_on") or TODAY),
            "created_at": clock.now(),
            "updated_at": clock.now(),
        }
        | columns
    )
    session.add(hazard)
    session.flush()
    slots.move(session, None, slots.slot_of(hazard))
    return hazard


def closed(session: Session, county: Region, **columns: Any) -> Hazard:  # noqa: ANN401 - any column
    """Put a closed hazard: due ten days ago, closed twelve days ago unless said otherwise."""
    return put(
        session, county, State.CLOSED, **{"due_on": days(-10), "closed_on": days(-12), "closed_by": "王主任"} | columns
    )


def fill(session: Session) -> dict[str, Region]:
    """Fill three counties of 塔城地区: 乌苏市 uneven, 沙湾市 spotless, 裕民县 empty."""
    wusu, shawan, yumin = (by_code(session, code) for code in ("654202", "654203", "654225"))
    for _ in range(3):
        closed(session, wusu)
    closed(session, wusu, closed_on=days(-5))
    closed(session, wusu, grade=Grade.MAJOR)
    for late in (-1, -7, -8, -15, -16, -30, -31, -60):
        put(session, wusu, State.RECTIFYING, due_on=days(late))
    put(session, wusu, State.ASSIGNED, grade=Grade.MAJOR, due_on=days(-3))
    for state in (State.DRAFT, State.REGISTERED, State.ACCEPTED, State.DONE, State.CLOSURE_PENDING, State.SUSPENDED):
        put(session, wusu, state)
    for state in (State.TRANSFERRED, State.MERGED, State.UNFOUNDED):
        put(session, wusu, state, due_on=days(-20))
    for _ in range(2):
        closed(session, shawan, looked_back_on=days(-2), rebounded=False, closed_on=days(-40))
    return {"wusu": wusu, "shawan": shawan, "yumin": yumin}
