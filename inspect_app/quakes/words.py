"""The words of reports after an earthquake, of what goes wrong with them, and of anomalies (domain reference §1.5)."""

from enum import StrEnum

from inspect_app.core.labels import mark


class ReportKind(StrEnum):
    """What is reported, and so what a clock waits for."""

    FIRST = "first"
    FOLLOWUP = "followup"
    FINAL = "final"
    DAMAGE = "damage"
    CROSS_CHECK = "cross_check"
    PUSH = "push"
    RESPONSE = "response"
    REVIEW = "review"


class Side(StrEnum):
    """Whose figures they are."""

    SEISMIC = "seismic"
    EMERGENCY = "emergency"


class FaultKind(StrEnum):
    """The six forbidden ways of reporting."""

    LATE = "late"
    OMITTED = "omitted"
    WRONG = "wrong"
    CONCEALED = "concealed"
    FALSE = "false"
    CHAOTIC = "chaotic"


class Standing(StrEnum):
    """How a clock stands at an instant; a rule, never a state."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    OMITTED = "omitted"
    CANCELLED = "cancelled"
    NO_LIMIT = "no_limit"


class Becomes(StrEnum):
    """What is made of a measure of the review."""

    HAZARD = "hazard"
    OBLIGATION = "obligation"


class Finding(StrEnum):
    """What the verification of an anomaly came to."""

    NATURAL = "natural"
    INTERFERENCE = "interference"
    SUSPECTED = "suspected"


REPORT_LABELS = {
    ReportKind.FIRST: mark("初报"),
    ReportKind.FOLLOWUP: mark("续报"),
    ReportKind.FINAL: mark("终报"),
    ReportKind.DAMAGE: mark("灾情反馈"),
    ReportKind.CROSS_CHECK: mark("交叉核对"),
    ReportKind.PUSH: mark("震情推送"),
    ReportKind.RESPONSE: mark("启动响应"),
    ReportKind.REVIEW: mark("处置复盘"),
}
SIDE_LABELS: dict[str, str] = {Side.SEISMIC: mark("地震部门"), Side.EMERGENCY: mark("应急管理部门")}
FAULT_LABELS: dict[str, str] = {
    FaultKind.LATE: mark("迟报"),
    FaultKind.OMITTED: mark("漏报"),
    FaultKind.WRONG: mark("错报"),
    FaultKind.CONCEALED: mark("瞒报"),
    FaultKind.FALSE: mark("谎报"),
    FaultKind.CHAOTIC: mark("乱报"),
}
STANDING_LABELS = {
    Standing.RUNNING: mark("计时中"),
    Standing.MET: mark("按时完成"),
    Standing.LATE: mark("超时"),
    Standing.OMITTED: mark("漏报"),
    Standing.CANCELLED: mark("已撤销"),
    Standing.NO_LIMIT: mark("没有规定时限"),
}
STANDING_LOOKS = {
    Standing.RUNNING: ("◕", "work"),
    Standing.MET: ("●", "done"),
    Standing.LATE: ("▲", "late"),
    Standing.OMITTED: ("✕", "late"),
    Standing.CANCELLED: ("✕", "none"),
    Standing.NO_LIMIT: ("○", "wait"),
}
BECOMES_LABELS: dict[str, str] = {Becomes.HAZARD: mark("登记为隐患"), Becomes.OBLIGATION: mark("列为工作任务")}
FINDING_LABELS: dict[str, str] = {
    Finding.NATURAL: mark("自然变化，与地震无关"),
    Finding.INTERFERENCE: mark("人为或环境干扰"),
    Finding.SUSPECTED: mark("原因不明，需继续跟踪并上报"),
}
FIGURES = {
    "deaths": (mark("遇难"), mark("人")),
    "missing": (mark("失联"), mark("人")),
    "injured": (mark("受伤"), mark("人")),
    "relocated": (mark("转移安置"), mark("人")),
    "houses_collapsed": (mark("倒塌房屋"), mark("间")),
    "houses_damaged": (mark("损坏房屋"), mark("间")),
    "roads_cut": (mark("交通中断"), mark("处")),
    "power_cut": (mark("停电"), mark("户")),
    "secondary": (mark("次生隐患"), mark("处")),
}
"""Figures of a report: what they are called and their units; one that is not told is not known, never zero."""
