"""The words of work plans and of what is owed, and what they are called. Pure."""

from enum import StrEnum

from inspect_app.core.labels import mark


class Part(StrEnum):
    """The part of a unit in a task (三种角色); UNASSIGNED until a person says which."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    RESPONSIBLE = "responsible"
    UNASSIGNED = "unassigned"


class Verdict(StrEnum):
    """What a person decided about a proposed obligation."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    DROPPED = "dropped"


class Look(StrEnum):
    """How something owed looks on a day: a rule of state, days and records, never stored."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    REPORTED = "reported"
    REPORTED_LATE = "reported_late"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_LATE = "accepted_late"
    FULFILLED = "fulfilled"
    WAIVED = "waived"


PART_LABELS = {
    Part.LEAD: mark("牵头"),
    Part.COOPERATING: mark("配合"),
    Part.RESPONSIBLE: mark("责任"),
    Part.UNASSIGNED: mark("未写明"),
}
VERDICT_LABELS = {Verdict.PROPOSED: mark("待定"), Verdict.TAKEN: mark("采用"), Verdict.DROPPED: mark("不采用")}
# what it is called, its sign, its tone
LOOKS: dict[str, tuple[str, str, str]] = {
    Look.NOT_DUE: (mark("未到期"), "·", "none"),
    Look.DUE_SOON: (mark("即将到期"), "◔", "wait"),
    Look.OVERDUE: (mark("逾期未报"), "✕", "late"),
    Look.REPORTED: (mark("已报，待审核"), "◑", "wait"),
    Look.REPORTED_LATE: (mark("迟报，待审核"), "◐", "wait"),
    Look.RETURNED: (mark("已退回，待重报"), "↺", "late"),
    Look.ACCEPTED: (mark("已认可"), "●", "done"),
    Look.ACCEPTED_LATE: (mark("迟报，已认可"), "◐", "done"),
    Look.FULFILLED: (mark("台账已满足"), "◉", "done"),
    Look.WAIVED: (mark("免报"), "—", "none"),
}
