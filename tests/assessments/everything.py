"""One county with something behind every figure, on the pinned day, made by the packages' own services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.hazards.words import Grade, State
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Kind, Level, Region, RegionPath
from inspect_app.regions.queries import by_code
from inspect_app.registers import service
from inspect_app.registers.definition import ColumnType
from inspect_app.registers.loading import registers
from inspect_app.sites.models import Site
from tests.assessments.owed import owe_everything
from tests.assessments.shaken import shake
from tests.inspections.factories import make_team, make_visit, submitted
from tests.opinions.factories import make_opinion
from tests.registers.factories import example, township
from tests.reporting import stock
from tests.reporting.stock import days
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive, send
from tests.sites.factories import make_site

COUNTY, ELSEWHERE = "654202", "654203"
TODAY = date(2026, 6, 15)


def fill_everything(session: Session, folder: Path) -> Region:
    """Fill 乌苏市 with hazards, visits, registers, objects and returns; its neighbour keeps nothing."""
    with transaction():
        county = by_code(session, COUNTY)
        _hazards(session, county)
        _visits(session)
        _registers(session, county)
        _village(session, "东风村", township(session))
        _houses(session, county)
        owe_everything(session, county)
        shake(session, county)
        make_opinion(session)
    with _on(date(2026, 3, 4)):
        send(folder / "二月.xlsx", [ledger_row(1, 发现日期=date(2026, 2, 20))], report_on=date(2026, 3, 4))
    receive(write_ledger(folder / "退回.xlsx", [ledger_row(2), ledger_row(3, 整改时限="2026-02-30")]))
    return by_code(session, COUNTY)


NUMBERS = count(1)


def put(session: Session, county: Region, state: State, **columns: Any) -> None:  # noqa: ANN401 - any column
    """Put a hazard under a number that no visit gives."""
    stock.put(session, county, state, reference=f"YH-{county.code}-2025-C03-{next(NUMBERS):04d}", **columns)


def closed(session: Session, county: Region, **columns: Any) -> None:  # noqa: ANN401 - any column
    """Put a closed hazard: due ten days ago, closed twelve days ago unless said otherwise."""
    put(session, county, State.CLOSED, **{"due_on": days(-10), "closed_on": days(-12)} | columns)


def _hazards(session: Session, county: Region) -> None:
    places = [township(session, number).id for number in range(2)]
    for number in range(5):
        closed(session, county, region_id=places[number % 2])
    closed(session, county, closed_on=days(-3))
    closed(session, county, grade=Grade.MAJOR, region_id=places[0])
    put(session, county, State.RECTIFYING, grade=Grade.MAJOR, due_on=days(-4), region_id=places[0])
    put(session, county, State.RECTIFYING, due_on=days(-40), region_id=places[1])
    put(session, county, State.RECTIFYING)
    for rebounded in (True, False, False):
        closed(session, county, looked_back_on=days(-2), rebounded=rebounded, closed_on=days(-40))


def _houses(session: Session, county: Region) -> None:
    site = make_site(session, name="某户", category="C04")
    put(
        session, county, State.REGISTERED, site_id=site.id, item_code="C04-07", category="C04", region_id=site.region_id
    )


def _visits(session: Session) -> None:
    whole: dict[str, Any] = {"built_year": 2010, "structure": "砌体结构", "floors": 4, "area_m2": Decimal(3200)}
    school = make_site(session, name="东方红小学", fortification_category="key", **whole)
    make_site(session, name="胡杨中学")
    _visited(session, school, kind="self_check", days_ago=30)
    _visited(session, school, days_ago=10)
    for code, scores in (("C02", ("91", "62.5")), ("C11", ("80", "70.5"))):
        version = session.scalars(select(ChecklistVersion).where(ChecklistVersion.code == code)).first()
        assert version is not None
        for number, score in enumerate(scores):
            visit = _visited(session, make_site(session, name=f"{code} 第{number}处", category=code), days_ago=5)
            visit.sheets[0].checklist_version_id, visit.sheets[0].score = version.id, Decimal(score)
    session.flush()


def _visited(session: Session, site: Site, *, days_ago: int, kind: str = "special") -> Inspection:
    on = TODAY - timedelta(days=days_ago)
    with _on(on):
        visit = make_visit(session, team=make_team(session), site=site, kind=kind, planned_on=on)
        return submitted(session, visit)


def _registers(session: Session, county: Region) -> None:
    """Twelve entries in each register; the values vary by number so that conditions hold for some of them."""
    for register in registers().values():
        many = [
            service.Said(
                township(session, number % 3),
                {column.code: _value(column, number) for column in register.valued} | _fitting(register.code, number),
                date(2026, 6, 10),
            )
            for number in range(1, 13)
        ]
        service.add_many(session, SYSTEM, register, county, many)


def _fitting(code: str, number: int) -> dict[str, Any]:
    """Let a school and a village be recognised, and one drill be the great one."""
    if code == "drills":
        told = {"held_on": "2026-05-12", "organizer": "乌苏市东方红小学", "venue": "学校", "title": f"演练{number}"}
        return told if number == 1 else {}
    if code == "macro_observers":
        return {"village": "东风村" if number == 12 else f"村{number}"}
    if code == "rescue_teams":
        return {"headcount": str(10 * number), "level": ("乡镇级", "村级")[number % 2]}
    return {}


def _value(column: Any, number: int) -> Any:  # noqa: ANN401 - a column, and as entries keep its values
    value = example(column, number)
    if column.type == ColumnType.DATE:
        return min(value, TODAY - timedelta(days=6)).isoformat()
    return number % 3 > 0 if column.type == ColumnType.YES_NO else str(value)


def _village(session: Session, name: str, inside: Region) -> None:
    made = Region(code=f"{inside.code}201", name=name, level=Level.VILLAGE, kind=Kind.CIVIL, parent_id=inside.id)
    session.add(made)
    session.flush()
    above = session.scalars(select(RegionPath).where(RegionPath.descendant_id == inside.id)).all()
    session.add_all(
        RegionPath(ancestor_id=key, descendant_id=made.id, depth=depth)
        for key, depth in [*((each.ancestor_id, each.depth + 1) for each in above), (made.id, 0)]
    )
    session.flush()


@contextmanager
def _on(day: date) -> Iterator[None]:
    with clock.set_to(datetime(day.year, day.month, day.day, 10, 0, tzinfo=clock.LOCAL)):
        yield
