"""Loading the sample: accounts, objects, a year of work, two county workbooks, scores. Twice changes nothing."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.accounts.service import Profile, create_user
from inspect_app.audit.service import seal_all
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict
from inspect_app.demo.assessing import stage_assessment
from inspect_app.demo.bulletins import stage_bulletins
from inspect_app.demo.campaigns import stage_campaigns
from inspect_app.demo.cast import COUNTIES, PASSWORD, PREFECTURE, UNITS, Person, people
from inspect_app.demo.emergencies import stage_emergencies
from inspect_app.demo.fates import fill_gaps, follow, leave_open
from inspect_app.demo.imports import leave_workbook, stage_returns
from inspect_app.demo.objects import register_sites, register_works
from inspect_app.demo.oddities import stage_oddities
from inspect_app.demo.papers import stage_papers
from inspect_app.demo.pursuit import stage_pursuit
from inspect_app.demo.quakes import stage_quakes
from inspect_app.demo.registers import stage_registers
from inspect_app.demo.reports import stage_reports
from inspect_app.demo.scores import stage_scores
from inspect_app.demo.stage import Stage
from inspect_app.demo.villages import import_villages
from inspect_app.demo.visits import stage_visits, stage_works
from inspect_app.demo.workplans import stage_workplans
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.sites.models import Site

SEED = 20260512
Report = Callable[[str], None]


def is_loaded(session: Session) -> bool:
    """Tell whether the sample is here already."""
    return session.scalar(select(User.id).where(User.login == "inspector")) is not None


def load(report: Report, folder: Path) -> bool:
    """Make the sample in an empty installation, workbooks in `folder`; returns False when it is here already.

    Raises Conflict when the installation holds accounts of its own: the sample never mixes with real data.
    """
    session = db.session()
    if is_loaded(session):
        return False
    if session.scalar(select(User.id).limit(1)):
        raise Conflict("这个系统里已有账号，为避免与真实数据混在一起，不再载入演示数据。请另设 FLASK_DATA_DIR 后再试。")
    stage = Stage(SEED, clock.now())
    begin = stage.at(stage.today - timedelta(days=340), 0)
    report("正在建立账号、单位和检查对象……")
    sites = _settle(stage, begin)
    works = _works(stage, begin)
    report("正在排演一年的检查、整改、复查与销号……")
    stage_campaigns(stage)
    for temper in COUNTIES:
        stage_visits(stage, temper, sites[temper.code], follow)
        stage_works(stage, temper, works[temper.code], follow)
        stage.then(stage.present, partial(leave_open, stage, temper))
    stage.then(stage.present, partial(fill_gaps, stage))
    stage_returns(stage, folder)
    stage_reports(stage)
    stage_registers(stage)
    stage_scores(stage)
    stage_assessment(stage)
    stage_oddities(stage, sites)
    stage_pursuit(stage)
    stage_papers(stage)
    stage_bulletins(stage)
    stage_quakes(stage)
    stage_emergencies(stage)
    stage_workplans(stage)
    acts = stage.play(lambda done: report(f"  已完成 {done} 步"))
    report(f"共 {acts} 步。")
    with transaction():
        stage.session.execute(update(User).values(password_changed_at=stage.present))
        seal_all(stage.session)
        path = leave_workbook(stage, folder)
    report(f"可供上传试用的县区报表：{path}")
    return True


def _settle(stage: Stage, begin: datetime) -> dict[str, list[Site]]:
    rng = random.Random(SEED)
    with clock.set_to(begin), transaction():
        prefecture = by_code(stage.session, PREFECTURE)
        office = ensure_unit(stage.session, prefecture.id, "塔城地区抗震救灾指挥部办公室", "department")
        for person in people():
            stage.people[person.login] = _account(stage.session, person, office.id)
        return {temper.code: register_sites(stage.session, temper, rng) for temper in COUNTIES}


def _works(stage: Stage, begin: datetime) -> dict[str, list[Site]]:
    with clock.set_to(begin), transaction():
        import_villages(stage.session)
        return {temper.code: register_works(stage.session, temper, random.Random(temper.code)) for temper in COUNTIES}


def _account(session: Session, person: Person, office_id: int) -> tuple[User, Actor]:
    region = None if person.role in SCOPELESS else by_code(session, person.county or PREFECTURE)
    unit_id = office_id if region else None
    if person.county and region:
        short = next(temper.short for temper in COUNTIES if temper.code == person.county)
        units = [ensure_unit(session, region.id, f"{short}{name}", "department") for name in UNITS]
        unit_id = units[0].id
    elif person.unit and region:
        unit_id = ensure_unit(session, region.id, person.unit).id
    profile = Profile(
        login=person.login,
        name=person.name,
        role=person.role,
        view_region_id=region.id if region else None,
        capture_region_id=region.id if region and person.captures else None,
        unit_id=unit_id,
        credential_number=f"XZJ-{sum(map(ord, person.login)):05d}" if person.role in CREDENTIALED else None,
    )
    user = create_user(session, SYSTEM, profile, PASSWORD, initial=False)
    actor = Actor(user.id, user.name, user.role, user.view_region_id, user.capture_region_id, user.unit_id)
    return user, actor


SCOPELESS = {Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}
CREDENTIALED = {Role.INSPECTOR, Role.PREFECTURE_OFFICER, Role.COUNTY_HEAD}
