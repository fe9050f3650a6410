"""The closed sets of words of the inventory: states, legal grades, ways of treatment, and how each is labelled."""

from enum import StrEnum

from inspect_app.core.labels import mark


class State(StrEnum):
    """Where a hazard stands in its life (domain reference §5.2). Overdue is no state: see `rules.is_overdue`."""

    DRAFT = "draft"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    PLAN_SUBMITTED = "plan_submitted"
    RECTIFYING = "rectifying"
    EXTENSION_PENDING = "extension_pending"
    DONE = "done"
    RECHECKING = "rechecking"
    ACCEPTANCE = "acceptance"
    CLOSURE_PENDING = "closure_pending"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    UNFOUNDED = "unfounded"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[str, str] = {
    State.DRAFT: mark("待补全"),
    State.REGISTERED: mark("已登记"),
    State.ASSIGNED: mark("已交办"),
    State.ACCEPTED: mark("已签收"),
    State.PLAN_SUBMITTED: mark("方案已报"),
    State.RECTIFYING: mark("整改中"),
    State.EXTENSION_PENDING: mark("延期待批"),
    State.DONE: mark("待复查"),
    State.RECHECKING: mark("复查中"),
    State.ACCEPTANCE: mark("待验收"),
    State.CLOSURE_PENDING: mark("销号待批"),
    State.CLOSED: mark("已销号"),
    State.SUSPENDED: mark("长期管控"),
    State.TRANSFERRED: mark("已移送"),
    State.MERGED: mark("已合并"),
    State.UNFOUNDED: mark("不属实"),
    State.WITHDRAWN: mark("已撤回"),
}


class Grade(StrEnum):
    """Two legal grades (domain reference §5.1); the trade's own grading is kept as text beside it."""

    GENERAL = "general"
    MAJOR = "major"


GRADE_LABELS: dict[str, str] = {Grade.GENERAL: mark("一般"), Grade.MAJOR: mark("重大")}


class MeasureType(StrEnum):
    """Ways of treatment (domain reference §5.4)."""

    MONITORING = "monitoring"
    REMOVAL = "removal"
    ENGINEERING = "engineering"
    RELOCATION = "relocation"
    MANAGEMENT = "management"


MEASURE_LABELS: dict[str, str] = {
    MeasureType.MONITORING: mark("监测预警"),
    MeasureType.REMOVAL: mark("排危除险"),
    MeasureType.ENGINEERING: mark("工程治理"),
    MeasureType.RELOCATION: mark("避让搬迁"),
    MeasureType.MANAGEMENT: mark("管理完善"),
}

ORIGIN_LABELS: dict[str, str] = {
    "inspection": mark("现场检查"),
    "return": mark("县区报表"),
    "manual": mark("手工登记"),
    "look_back": mark("回头看反弹"),
    "split": mark("隐患拆分"),
    "after_action": mark("震后复盘"),
}

ACCEPTANCE_PAPERS: dict[str, str] = {
    "test": mark("检测报告"),
    "appraisal": mark("鉴定报告"),
    "completion": mark("竣工验收意见"),
    "experts": mark("专家组验收意见"),
}
ENGINEERING_PAPERS = frozenset({"test", "appraisal", "completion"})
VACATED: dict[str, str] = {
    "emptied": mark("已腾空"),
    "demolished": mark("已拆除"),
    "changed_use": mark("已改变用途"),
}
PROOF_LABELS = {**ACCEPTANCE_PAPERS, **VACATED}

PLAN_PARTS: dict[str, str] = {
    "plan_goal": mark("目标任务"),
    "plan_methods": mark("方法措施"),
    "plan_funds": mark("经费物资"),
    "plan_people": mark("机构人员"),
    "plan_schedule": mark("时限要求"),
    "plan_safety": mark("安全措施与应急预案"),
}
RECHECK_PASSED = mark("合格")
RECHECK_FAILED = mark("不合格")
