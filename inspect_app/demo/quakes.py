"""The earthquakes of the sample: a drill and a real one with a county that reports late; anomalies, one overnight."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.stage import Stage
from inspect_app.quakes import anomalies, measures, reporting, service
from inspect_app.quakes.anomalies import Sighting
from inspect_app.quakes.measures import Plan
from inspect_app.quakes.models import Anomaly, Quake
from inspect_app.quakes.reporting import Wish
from inspect_app.quakes.service import Told
from inspect_app.quakes.words import Becomes, ReportKind, Side
from inspect_app.regions.queries import by_code, townships_of

DRILL_DAYS, QUAKE_DAYS = 192, 118
DRILLED, COUNTY, SOURCE = "654224", "654202", "自治区地震台网（示例）"
SIGHTINGS = (
    ("654202", 96, 0.2, 3, "灌溉井水位一夜上升约 0.8 米"),
    ("654221", 71, 0.5, 2, "牧民反映羊群夜间不进圈"),
    ("654224", 49, 0.9, 20, "泉水变浑并有气泡"),
    ("654203", 27, 0.4, 4, "居民听到闷响，门窗轻微抖动"),
)
# among the objects of the sample, whose places are invented
CENTRES = {DRILLED: (Decimal("84.60"), Decimal("45.60")), COUNTY: (Decimal("84.71"), Decimal("44.38"))}
SEISMIC = {"injured": 2, "houses_damaged": 31}
EMERGENCY = {"injured": 3, "relocated": 46, "houses_collapsed": 0, "houses_damaged": 38}


def stage_quakes(stage: Stage) -> None:
    """Put earthquakes and anomalies on stage."""
    stage.then(stage.at(stage.today - timedelta(days=DRILL_DAYS), 0.15), partial(_drill, stage))
    shaken = stage.at(stage.today - timedelta(days=QUAKE_DAYS), 0.1)
    stage.then(shaken, partial(_quake, stage))
    stage.then(shaken + timedelta(days=2), partial(_finish, stage))
    stage.then(shaken + timedelta(days=6), partial(_review, stage))
    for code, days, share, hours, what in SIGHTINGS:
        at = stage.at(stage.today - timedelta(days=days), share)
        stage.then(at, partial(_sight, stage, code, what))
        stage.then(at + timedelta(hours=hours), partial(_verify, stage, code))
    stage.then(stage.present - timedelta(hours=1), partial(_sight, stage, "654225", "水库岸边鱼群成片上浮"))


def _drill(stage: Stage) -> None:
    """Report a drill from the first to the final report."""
    quake = _record(stage, Decimal("6.2"), "托里县北部（演练想定）", DRILLED, exercise=True)
    _report(stage, quake, "officer", ReportKind.FIRST, 9, "【演练】托里县北部发生 6.2 级地震，各乡镇正在核实。")
    _report(stage, quake, _clerk(stage, DRILLED), ReportKind.FIRST, 14, "【演练】城区震感强烈，已启动响应。")
    _report(stage, quake, "officer", ReportKind.FOLLOWUP, 95, "【演练】已转移安置 120 人。")
    _report(stage, quake, "officer", ReportKind.FINAL, 200, "【演练】演练结束，报送流程走通。")
    _report(stage, quake, _clerk(stage, DRILLED), ReportKind.FINAL, 215, "【演练】参演队伍已撤收。")


def _quake(stage: Stage) -> None:
    """Let a county report late, both bureaus tell different figures, and the review find what is to be mended."""
    quake, clerk = _record(stage, Decimal("3.6"), "乌苏市白杨沟镇附近", COUNTY), _clerk(stage, COUNTY)
    _report(stage, quake, "officer", ReportKind.FIRST, 12, "乌苏市发生 3.6 级地震，震感明显，灾情正在核实。")
    _deliver(stage, quake, 15)
    _report(stage, quake, clerk, ReportKind.FIRST, 37, "白杨沟镇震感强烈，两个村有老旧房屋裂缝。")
    _report(stage, quake, "officer", ReportKind.DAMAGE, 150, "地震现场组初步调查。", Side.SEISMIC, SEISMIC)
    _report(stage, quake, clerk, ReportKind.DAMAGE, 170, "乡镇逐户上报汇总。", Side.EMERGENCY, EMERGENCY)
    _report(stage, quake, "officer", ReportKind.FOLLOWUP, 200, "余震 3 次，最大 1.9 级，无新增伤亡。")
    _deliver(stage, quake, 205)
    _report(stage, quake, clerk, ReportKind.FOLLOWUP, 215, "受影响群众已安置，供水供电正常。")
    _report(stage, quake, "officer", ReportKind.CROSS_CHECK, 260, "受伤人数以应急管理部门的 3 人为准，房屋继续核实。")
    with _minutes(quake, 400):
        service.end(stage.session, stage.actor("officer"), quake)


def _finish(stage: Stage) -> None:
    """Report finally."""
    quake = _real(stage)
    _report(
        stage,
        quake,
        _clerk(stage, COUNTY),
        ReportKind.FINAL,
        2900,
        "受伤 3 人已出院，损坏房屋 38 间已登记，其中 6 间停用。",
    )
    _report(stage, quake, "officer", ReportKind.FINAL, 2960, "处置结束，情况汇总上报。")
    _deliver(stage, quake, 2990)


def _deliver(stage: Stage, quake: Quake, minutes: int) -> None:
    """Tick the receivers of the last report off; the first of them has not acknowledged it."""
    made = quake.reports[-1]
    with _minutes(quake, minutes):
        for number, receiver in enumerate(made.receivers):
            for acknowledged in (False, True) if number else (False,):
                reporting.tick(
                    stage.session, stage.actor("officer"), quake, made.id, receiver, acknowledged=acknowledged
                )


def _review(stage: Stage) -> None:
    """List two measures and finish the review."""
    quake, officer, session = _real(stage), stage.actor("officer"), stage.session
    due = clock.today() + timedelta(days=60)
    county, unit = by_code(session, COUNTY), "乌苏市应急管理局"
    phone = Plan("值班室没有备用通信手段，震后半小时内联系不上乡镇", Becomes.HAZARD, unit, due, county)
    plan = Plan("修订首报流程：值班员先报已知情况，不等核实", Becomes.OBLIGATION, unit, due)
    for each in (phone, plan):
        measures.add(session, officer, quake, each)
    conclusion = "响应总体有序；乌苏市首报超时，原因是等待核实和通信不畅。"
    service.review(session, officer, quake, conclusion, nothing_found=False)


def _real(stage: Stage) -> Quake:
    return stage.session.scalars(select(Quake).where(Quake.exercise.is_(False))).one()


def _record(stage: Stage, magnitude: Decimal, place: str, county: str, *, exercise: bool = False) -> Quake:
    session, at = stage.session, clock.now()
    longitude, latitude = CENTRES[county]
    told = Told(
        by_code(session, PREFECTURE), at, longitude, latitude, place, magnitude, SOURCE, Decimal(11),
        by_code(session, county), exercise, f"SL{clock.local(at):%Y%m%d%H%M}",
    )  # fmt: skip
    with clock.set_to(at + timedelta(minutes=3)):
        return service.record(session, stage.actor("officer"), told)[0]


def _report(  # noqa: PLR0913, PLR0917 - one argument a part of the report
    stage: Stage, quake: Quake, login: str, kind: ReportKind, minutes: int, text: str, side: Side = Side.SEISMIC,
    figures: Mapping[str, int | None] | None = None,
) -> None:  # fmt: skip
    with _minutes(quake, minutes):
        reporting.report(stage.session, stage.actor(login), quake, Wish(kind, text, None, side, figures or {}))


def _minutes(quake: Quake, minutes: int) -> AbstractContextManager[None]:
    return clock.set_to(quake.occurred_at + timedelta(minutes=minutes))


def _sight(stage: Stage, code: str, what: str) -> None:
    township = townships_of(stage.session, by_code(stage.session, code).id)[0]
    told = Sighting(township, what, f"{township.name}一带", observer="宏观观测员")
    anomalies.receive(stage.session, stage.actor(_clerk(stage, code)), told)


def _verify(stage: Stage, code: str) -> None:
    """Verify the one of a county that waits."""
    county = by_code(stage.session, code)
    found = stage.session.scalars(select(Anomaly).where(Anomaly.county_id == county.id)).one()
    told = "派人到现场查看并走访，判断为灌溉和降水引起，已向观测员反馈。"
    anomalies.verify(stage.session, stage.actor(_clerk(stage, code)), found, "natural", told)


def _clerk(stage: Stage, code: str) -> str:
    key = by_code(stage.session, code).id
    people = stage.people.items()
    return next(login for login, (user, _) in people if user.role == Role.COUNTY_CLERK and user.view_region_id == key)
