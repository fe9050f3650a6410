"""County workbooks sent through the same pipeline that counties use, and one left to upload by hand."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from inspect_app.core import clock
from inspect_app.demo.cast import COUNTIES, Temper
from inspect_app.demo.fates import follow
from inspect_app.demo.stage import Stage
from inspect_app.demo.workbooks import messy_return, tidy_return
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.models import Hazard
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.returns.queries import places_for
from inspect_app.returns.reading import read_return
from inspect_app.returns.service import import_at_once

SENT = {"654221": 75, "654203": 38}
MESSY, STRANGER = "654202", "654203"
BY_HAND = "乌苏市隐患台账（待上传）.xlsx"


def stage_returns(stage: Stage, folder: Path) -> None:
    """Let two counties send their workbook some weeks ago."""
    folder.mkdir(parents=True, exist_ok=True)
    for temper in COUNTIES:
        if days := SENT.get(temper.code):
            on = stage.today - timedelta(days=days)
            stage.then(stage.at(on, 0.5), lambda temper=temper, on=on: _send(stage, temper, on, folder))  # type: ignore[misc]


def leave_workbook(stage: Stage, folder: Path) -> Path:
    """Write the messy workbook that somebody may upload by hand, and return where it lies."""
    county, other = by_code(stage.session, MESSY), by_code(stage.session, STRANGER)
    path = folder / BY_HAND
    foreign = _townships(stage, other)[0]
    messy_return(path, county.name, _townships(stage, county), foreign, stage.today, stage.rng)
    return path


def _send(stage: Stage, temper: Temper, on: date, folder: Path) -> None:
    county = by_code(stage.session, temper.code)
    path = folder / f"{temper.short}隐患台账{on:%m%d}.xlsx"
    tidy_return(path, county.name, _townships(stage, county), on, stage.rng)
    read = read_return(path, places_for(stage.session, county), on)
    with path.open("rb") as stream:
        prepared = prepare_file(stream, path.name, WORKBOOKS)
    clerk = stage.actor(f"clerk-{temper.code}")
    batch = import_at_once(stage.session, clerk, prepared, county, clock.today(), read, accept_good_rows=True)
    for hazard in stage.session.scalars(select(Hazard).where(Hazard.batch_id == batch.id).order_by(Hazard.id)):
        follow(stage, temper, hazard)


def _townships(stage: Stage, county: Region) -> list[str]:
    return [region.name for region in townships_of(stage.session, county.id) if region.kind == "civil"]
