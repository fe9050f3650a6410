"""What people send about an earthquake, from its record to the review, and about an anomaly."""

from sqlalchemy import select

from inspect_app.access.permissions import Role
from inspect_app.quakes.models import Quake, QuakeFault, QuakeReport
from tests.posts.sending import Office, Post

OFFICER, CLERK = Role.PREFECTURE_OFFICER, Role.COUNTY_CLERK
CENTRE = {
    "magnitude": "3.6", "place": "松涛乡附近", "longitude": "84.7", "latitude": "44.4", "depth_km": "12",
}  # fmt: skip
ADDED = {"occurred_at": "2026-06-15T09:30:00", "county": "654202", "source": "中国地震台网速报"}


def recorded_quakes(office: Office) -> list[Post]:
    """Record an earthquake, and post one without a key."""
    assert 'name="occurred_at"' in office.page(OFFICER, "/quakes/new")
    return [
        Post(OFFICER, "/quakes/new", {**CENTRE, **ADDED}),
        Post(OFFICER, "/api/quakes", {}, body="json", expects=401),
    ]


def reported_quakes(office: Office) -> list[Post]:
    """Report it, and say where the report arrived."""
    address, version = newest(office)
    corrected = {**CENTRE, "depth_km": "9", "reason": "正式测定"}
    return [
        Post(OFFICER, f"{address}/report", {"kind": "first", "side": "seismic", "text": "震感明显。"}),
        Post(OFFICER, f"{address}/correct", {**corrected, "version": str(version + 1)}),
        Post(OFFICER, f"{address}/end", {"version": str(version + 2)}),
        Post(OFFICER, f"{address}/faults", {"kind": "chaotic", "reason": "口径不一", "region": "6542"}),
    ]


def followed_quakes(office: Office) -> list[Post]:
    """Tick a receiver off, mend the report, take a fault back, report finally."""
    address, _version = newest(office)
    report = office.session.scalar(select(QuakeReport.id).order_by(QuakeReport.id.desc()).limit(1))
    fault = office.session.scalar(select(QuakeFault.id).order_by(QuakeFault.id.desc()).limit(1))
    office.session.rollback()
    mended = {"kind": "first", "side": "seismic", "text": "震感强烈。"}
    return [
        Post(OFFICER, f"{address}/reports/{report}/deliveries", {"receiver": "行署"}),
        Post(OFFICER, f"{address}/reports/{report}/correct", mended),
        Post(OFFICER, f"{address}/faults/{fault}/revoke", {"reason": "口径一致"}),
        Post(OFFICER, f"{address}/report", {"kind": "final", "side": "seismic", "text": "无人员伤亡。"}),
    ]


def reviewed_quakes(office: Office) -> list[Post]:
    """Review it, cancel another one, verify an anomaly."""
    address, version = newest(office)
    anomaly = f"/quakes/anomalies/{office.county.quakes['anomaly']}"
    other = office.version(Quake, office.county.quakes["quake"])
    measure = {"text": "补充卫星电话", "unit_name": "乌苏市应急管理局", "becomes": "hazard", "county": "654202"}
    sighting = {"what": "井水发浑", "region": "654202", "place": "松涛村"}
    verified = {"finding": "natural", "result": "灌溉所致。", "version": "1"}
    return [
        Post(OFFICER, f"{address}/measures", {**measure, "due_on": "2026-08-01"}),
        Post(OFFICER, f"{address}/measures/0/enter", {}, expects=404),
        Post(OFFICER, f"{address}/review", {"conclusion": "总体有序。", "version": str(version)}),
        Post(OFFICER, f"/quakes/{office.county.quakes['quake']}/cancel", {"reason": "重复登记", "version": other}),
        Post(CLERK, "/quakes/anomalies/new", sighting),
        Post(CLERK, f"{anomaly}/verify", verified),
    ]


def newest(office: Office) -> tuple[str, int]:
    """Return address and version of the earthquake recorded last."""
    office.session.rollback()
    found = select(Quake.reference, Quake.version).order_by(Quake.id.desc())
    reference, version = office.session.execute(found).tuples().first() or ("", 0)
    office.session.rollback()
    return f"/quakes/{reference}", version


QUAKES = (recorded_quakes, reported_quakes, followed_quakes, reviewed_quakes)
