"""What a requirement read from a notice measures, in the terms of a definition. Pure; nothing is guessed."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from inspect_app.workplans.library.words import Kind, Of, Period, Trigger
from inspect_app.workplans.notices.model import Kind as Read
from inspect_app.workplans.notices.model import Requirement
from inspect_app.workplans.owing.told import Definition, parameter

if TYPE_CHECKING:
    from inspect_app.workplans.library.definition import Value

EACH = (
    (r"村|社区", Of.VILLAGES),
    (r"乡|镇|街道", Of.TOWNSHIPS),
    (r"学校|中小学|幼儿园", Of.SCHOOLS),
    (r"医院|卫生院", Of.HOSPITALS),
    (r"企业|矿山", Of.ENTERPRISES),
    (r"避难场所", Of.SHELTERS),
    (r"观测点", Of.POINTS),
    (r"台站", Of.STATIONS),
    (r"队伍", Of.TEAMS),
    (r"县|市|区|旗", Of.COUNTIES),
    (r"家庭|户", Of.HOUSEHOLDS),
    (r"单位|部门", Of.UNITS),
    (r"场所|园区|景区|水库|小区|处|座", Of.SITES),
    (r"人|名", Of.PEOPLE),
)
PERIODS = {
    "年": Period.YEAR,
    "半年": Period.HALF,
    "季度": Period.QUARTER,
    "月": Period.MONTH,
    "周": Period.WEEK,
}
TRIGGERS = (
    (r"应急处置结束|响应结束|震后评估|复盘", Trigger.RESPONSE_ENDED),
    (r"舆情|谣言", Trigger.OPINION),
    (r"异常", Trigger.ANOMALY),
    (r"预警信息|收到预警", Trigger.WARNING),
    (r"震", Trigger.QUAKE),
)
LIMITS = {
    "分钟": ("minutes", 1),
    "小时": ("hours", 1),
    "天": ("hours", 24),
    "日": ("hours", 24),
    "工作日": ("working_days", 1),
}
ALL = 100


def measure_of(read: Requirement, around: str, region: str, year: int) -> Definition:
    """Return kind, what is counted and the numbers, set for the region of the plan.

    `around` is the text near the quote: an answer within a time needs what sets it off, and where no word says that,
    it becomes a standing duty with the figure named besides. So does everything else that has no number to compare.
    """
    found = MEASURES[read.kind](read, around, region, year)
    return {"counted": read.quote, "unit": _unit(read)} | (found or _named(read, region))


def each_of(per: str) -> Of | None:
    """Return what 每个村（社区） counts for; None when no word is known."""
    return next((of for pattern, of in EACH if re.search(pattern, per)), None)


def _once(read: Requirement, _around: str, region: str, year: int) -> Definition | None:
    if read.due_on is None or read.due_on.year != year:
        return None
    day = f"{read.due_on:%m-%d}"
    return {"kind": Kind.ONCE.value, "due_on": parameter("due_on", "", region, day, year)}


def _times(read: Requirement, _around: str, region: str, _year: int) -> Definition | None:
    period = PERIODS.get(read.unit.partition("/")[2] or "年")
    ends = _ends(read, region)
    if period is None or ends is None:
        return None
    day = {} if read.day is None else {"due_day": parameter("due_day", "日", region, read.day)}
    return {"kind": Kind.TIMES.value, "period": period.value, **_per(read), **ends, **day}


def _share(read: Requirement, _around: str, region: str, _year: int) -> Definition | None:
    least = read.value if read.least is None else read.least
    if isinstance(least, str) or not 0 < least <= ALL:
        return None
    share = Decimal(str(least)) / ALL
    held: Value = int(share) if share == int(share) else share
    of = each_of(read.per) or Of.TASKS
    return {"kind": Kind.SHARE.value, "of": of.value, "share": parameter("share", "", region, held)}


def _threshold(read: Requirement, around: str, region: str, year: int) -> Definition | None:
    ends = _ends(read, region)
    if ends is None or each_of(read.per) is None:
        return ends and _times(read, around, region, year)
    return {"kind": Kind.THRESHOLD.value, **_per(read), **ends}


def _response(read: Requirement, around: str, region: str, _year: int) -> Definition | None:
    trigger = next((trigger for pattern, trigger in TRIGGERS if re.search(pattern, around)), None)
    limit = _limit(read, region)
    return (
        None if trigger is None or limit is None else {"kind": Kind.RESPONSE.value, "trigger": trigger.value, **limit}
    )


def _limit(read: Requirement, region: str) -> Definition | None:
    if read.value == "same_day":
        return {"same_day": parameter("same_day", "", region, "24:00")}
    name, times = LIMITS.get(read.unit, ("", 0))
    most = read.value if read.most is None else read.most
    whole = None if isinstance(most, str) else int(most * times)
    return {name: parameter(name, read.unit, region, whole)} if whole else None


def _standing(_read: Requirement, _around: str, _region: str, _year: int) -> None:
    return None


MEASURES: dict[Read, Callable[[Requirement, str, str, int], Definition | None]] = {
    Read.ONCE_BY_DATE: _once,
    Read.TIMES_A_PERIOD: _times,
    Read.SHARE_COVERED: _share,
    Read.THRESHOLD: _threshold,
    Read.RESPONSE_WITHIN: _response,
    Read.STANDING: _standing,
    Read.MAGNITUDE: _standing,
    Read.AMOUNT: _times,
}


def _ends(read: Requirement, region: str) -> Definition | None:
    """Return at_least, and at_most for a range; None where an end is no whole number."""
    least = read.value if read.least is None else read.least
    if isinstance(least, str) or least < 1 or int(least) != least:
        return None
    ends = {"at_least": parameter("at_least", _unit(read), region, int(least))}
    if read.most is not None and int(read.most) == read.most:
        ends["at_most"] = parameter("at_most", _unit(read), region, int(read.most))
    return ends


def _per(read: Requirement) -> Definition:
    of = each_of(read.per)
    return {"per": of.value} if of else {}


def _named(read: Requirement, region: str) -> Definition:
    value: Value = read.value if isinstance(read.value, str | int) else Decimal(str(read.value))
    named = {"numbers": [parameter("figure", read.unit, region, value)]} if value != "" else {}
    return {"kind": Kind.STANDING.value, **named}


def _unit(read: Requirement) -> str:
    return read.unit.partition("/")[0] or "项"
