"""B6: every county of the country scored by the default scheme, against half of them: linear, and so long a county."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspect_app.assessments.evaluation import evaluate
from inspect_app.assessments.period import period_of
from inspect_app.assessments.queries import scheme_of
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.registers.definition import Column, ColumnType
from inspect_app.registers.loading import registers
from inspect_app.registers.models import RegisterEntry
from inspect_app.sites.models import Site
from tests.benchmarks import inventories
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.measuring import Result, compare
from tests.registers.factories import example

PER_COUNTY_MS, LINEAR = 20, 2.2
ENTRIES, SITES, PORTION = 5, 4, 20_000
NUMBERS = count(1)


def measure(rows: int = 100_000) -> Result:
    """Fill registers and objects of every county beside the hazards; score all counties and half of them in turn."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        app = application(stack.enter_context(source.copy()), home)
        stack.callback(close, app)
        with app.app_context():
            with transaction():
                inventories.fill(db.session(), rows)
                counties = _counties(db.session())
                _fill(db.session(), counties)
            result = compare("B6", _scoring(len(counties)), _scoring(len(counties) // 2), LINEAR)
        each = result.ours_s / len(counties) * 1000
        held = result.held and each <= PER_COUNTY_MS
        note = f"{len(counties)} counties, {rows} hazards, {each:.1f} ms a county (at most {PER_COUNTY_MS})"
        return Result(**{**result.as_json(), "held": held, "note": note})  # type: ignore[arg-type]


def _counties(session: Session) -> Sequence[Region]:
    return session.scalars(select(Region).where(Region.level == Level.COUNTY).order_by(Region.code)).all()


def _scoring(number: int) -> Callable[[], None]:
    scheme, period = scheme_of("DEFAULT"), period_of(str(clock.today().year), clock.today())

    def score() -> None:
        session = db.session()
        session.expunge_all()
        counties = _counties(session)[:number]
        scored = evaluate(session, scheme, period, counties).counties
        assert len(scored) == number
        assert any(each.score.points for each in scored)

    return score


def _fill(session: Session, counties: Sequence[Region]) -> None:
    """Put entries of every register and a few schools into every county."""
    entries, sites = [], []
    for county in counties:
        for register in registers().values():
            for number in range(1, ENTRIES + 1):
                values = {column.code: _value(column, number) for column in register.valued}
                entries.append(_entry(register.code, county, number, values))
        sites += [_site(county, number) for number in range(SITES)]
    for model, made in ((RegisterEntry, entries), (Site, sites)):
        for start in range(0, len(made), PORTION):
            session.execute(insert(model), made[start : start + PORTION])


def _entry(register: str, county: Region, number: int, values: dict[str, Any]) -> dict[str, Any]:
    now = clock.now()
    return {
        "reference": f"TZ-{county.code}-{register}-{number:04d}", "register": register, "county_id": county.id,
        "region_id": county.id, "key": f"{register}-{number}", "values": values, "as_of": clock.today(),
        "version": 1, "created_at": now, "changed_at": now,
    }  # fmt: skip


def _site(county: Region, number: int) -> dict[str, Any]:
    return {
        "uuid": f"b6-{next(NUMBERS)}", "reference": f"DX-{county.code}-B6-{number:04d}", "name": f"第{number}小学",
        "category": "C03", "county_id": county.id, "region_id": county.id, "address": "", "contact_person": "",
        "coordinate_system": "CGCS2000", "structure": "砌体结构", "built_year": 2001 + number, "floors": 3,
        "key_object": True, "active": True, "version": 1, "created_at": clock.now(),
    }  # fmt: skip


def _value(column: Column, number: int) -> Any:  # noqa: ANN401 - as entries keep it
    if column.type == ColumnType.DATE:
        return (clock.today() - timedelta(days=30 * number)).isoformat()
    if column.type == ColumnType.YES_NO:
        return number % 2 == 1
    return str(example(column, number))
