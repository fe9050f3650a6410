"""The life of an earthquake: recorded, reported first, followed up, reported finally, reviewed; or cancelled.

A correction stays where it is and holds, as facts, what stood before. `end` declares the response over, which starts
the clock of the final report. Anomalies are received and verified.
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

RECORDED, FIRST_REPORTED, FOLLOWING = "recorded", "first_reported", "following"
FINAL_REPORTED, REVIEWED, CANCELLED = "final_reported", "reviewed", "cancelled"
STATES = {
    RECORDED: mark("已接收，待初报"),
    FIRST_REPORTED: mark("已初报"),
    FOLLOWING: mark("续报中"),
    FINAL_REPORTED: mark("已终报，待复盘"),
    REVIEWED: mark("已复盘"),
    CANCELLED: mark("已撤销"),
}
LOOKS = {
    RECORDED: ("▲", "late"),
    FIRST_REPORTED: ("◑", "work"),
    FOLLOWING: ("◕", "work"),
    FINAL_REPORTED: ("◑", "wait"),
    REVIEWED: ("●", "done"),
    CANCELLED: ("✕", "none"),
}
OPEN = (RECORDED, FIRST_REPORTED, FOLLOWING)
RECEIVED, VERIFIED = "received", "verified"
ANOMALY_STATES = {RECEIVED: mark("待核实"), VERIFIED: mark("已核实")}
ANOMALY_LOOKS = {RECEIVED: ("◕", "work"), VERIFIED: ("●", "done")}


def at_desk(quake: Any, actor: Any) -> bool:  # noqa: ANN401 - an earthquake, which this pure module cannot import
    """Tell whether the person enters data for the region whose desk it is, or above it."""
    region = quake.region
    while actor.id is not None and region is not None and region.id != actor.capture_region_id:
        region = region.parent
    return region is not None


def _changed(attempt: Attempt) -> bool:
    return bool(attempt.facts.get("before"))


def _ended_once(attempt: Attempt) -> bool:
    return attempt.subject.ended_at is None


def _reviewed(attempt: Attempt) -> bool:
    return bool(attempt.facts.get("measures") or attempt.facts.get("nothing_found"))


RECORD, REPORT = Permission.RECORD_QUAKE, Permission.REPORT_QUAKE
REASON = {"reason": mark("原因")}
DIFFERS = Condition(mark("更正的内容与原来一样，请核对。"), _changed, from_facts=True)
ONCE = Condition(mark("处置已经宣布结束。"), _ended_once)
MEASURED = Condition(
    mark("请列出整改措施；确实没有要改的，请勾选“没有发现问题”并写明结论。"), _reviewed, from_facts=True
)

QUAKE_LIFE = Lifecycle(
    "quake",
    STATES,
    RECORDED,
    [REVIEWED, CANCELLED],
    [
        Step("report_first", RECORDED, FIRST_REPORTED, REPORT, mark("初报"), primary=True),
        *(Step("follow_up", source, FOLLOWING, REPORT, mark("续报")) for source in OPEN),
        *(Step("report_final", source, FINAL_REPORTED, REPORT, mark("终报")) for source in OPEN),
        *(
            Step("end", source, FOLLOWING, RECORD, mark("处置结束"), conditions=[ONCE], position=at_desk)
            for source in (FIRST_REPORTED, FOLLOWING)
        ),
        Step(
            "review", FINAL_REPORTED, REVIEWED, RECORD, mark("完成复盘"), needs={"conclusion": mark("复盘结论")},
            conditions=[MEASURED], position=at_desk, primary=True,
        ),
        *(
            Step("correct", source, source, RECORD, mark("更正参数"), needs=REASON, conditions=[DIFFERS],
                 position=at_desk)
            for source in (*OPEN, FINAL_REPORTED)
        ),
        *(
            Step("cancel", source, CANCELLED, RECORD, mark("撤销"), needs=REASON, position=at_desk)
            for source in (*OPEN, FINAL_REPORTED)
        ),
    ],
)  # fmt: skip
ANOMALY_LIFE = Lifecycle(
    "anomaly",
    ANOMALY_STATES,
    RECEIVED,
    [VERIFIED],
    [
        Step(
            "verify", RECEIVED, VERIFIED, Permission.VERIFY_ANOMALY, mark("核实"),
            needs={"finding": mark("核实结论"), "result": mark("核实情况")}, primary=True,
        ),
    ],
)  # fmt: skip
