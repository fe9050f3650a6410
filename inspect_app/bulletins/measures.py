"""What bulletins count: each measure a rule about one hazard or one visit, each rate one measure over another. Pure.

Which rows are looked at is the query's business (`bulletins.gathering`); here every row is judged for itself, so that
the same rows give the same figures whenever they are judged for the same day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inspect_app.core.labels import mark
from inspect_app.hazards.rules import LATE_STATES, OPEN_STATES, is_overdue, overdue_days
from inspect_app.hazards.words import Grade, State

NOT_THEIRS = frozenset({State.TRANSFERRED, State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
LONG_DAYS = 30


@dataclass(frozen=True)
class Span:
    """The days a bulletin tells of, and those whose findings it follows up; `today` is when the figures are taken."""

    start: date
    end: date
    since: date
    today: date


@dataclass(frozen=True)
class HazardRow:
    """What of a hazard its measures look at; `followed` says whether it is one of those that are followed up."""

    reference: str
    county_id: int
    state: str
    grade: str
    found_on: date | None
    due_on: date | None
    closed_on: date | None
    looked_back_on: date | None
    rebounded: bool | None
    followed: bool


@dataclass(frozen=True)
class VisitRow:
    """What of a visit its measures look at; only visits that were submitted and stand are read."""

    reference: str
    county_id: int
    state: str
    submitted_on: date | None


@dataclass(frozen=True)
class Measure:
    """A count of rows of one sort; `says` tells in words which rows it takes."""

    label: str
    unit: str
    says: str
    hazards: Callable[[HazardRow, Span], bool] | None = None
    visits: Callable[[VisitRow, Span], bool] | None = None


@dataclass(frozen=True)
class Rate:
    """One measure over another; the rows of the first are among those of the second."""

    label: str
    numerator: str
    denominator: str
    says: str


def _theirs(row: HazardRow) -> bool:
    return row.followed and row.state not in NOT_THEIRS


def _late(row: HazardRow, span: Span) -> bool:
    return is_overdue(row.state, row.due_on, span.today)


def _within(day: date | None, span: Span) -> bool:
    return day is not None and span.start <= day <= span.end


def _fell_due(row: HazardRow, span: Span) -> bool:
    last = min(span.end, span.today - timedelta(days=1))
    return row.state not in NOT_THEIRS and row.due_on is not None and span.start <= row.due_on <= last


def _on_time(row: HazardRow, span: Span) -> bool:
    closed = row.closed_on if row.state == State.CLOSED else None
    return _fell_due(row, span) and closed is not None and row.due_on is not None and closed <= row.due_on


def _long_late(row: HazardRow, span: Span) -> bool:
    return _theirs(row) and overdue_days(row.state, row.due_on, span.today) > LONG_DAYS


def _looked_back(row: HazardRow, span: Span) -> bool:
    return _within(row.looked_back_on, span)


def _done(row: VisitRow, span: Span) -> bool:
    return _within(row.submitted_on, span)


ITEMS, TIMES = mark("条"), mark("次")
FOUND, CLOSED, RECTIFYING, OVERDUE, SUSPENDED = "found", "closed", "rectifying", "overdue", "suspended"
GROUPS = (CLOSED, RECTIFYING, OVERDUE, SUSPENDED)

MEASURES: Mapping[str, Measure] = {
    FOUND: Measure(
        mark("发现隐患"), ITEMS, mark("统计范围内发现的隐患，不含已移送、合并、不属实和撤回的"),
        lambda row, _span: _theirs(row),
    ),
    CLOSED: Measure(
        mark("已销号"), ITEMS, mark("发现隐患中已经销号的"),
        lambda row, _span: _theirs(row) and row.state == State.CLOSED,
    ),
    RECTIFYING: Measure(
        mark("整改中"), ITEMS, mark("发现隐患中尚未销号、没有超过整改时限、不在长期管控的"),
        lambda row, span: _theirs(row) and row.state in LATE_STATES and not _late(row, span),
    ),
    OVERDUE: Measure(
        mark("逾期未改"), ITEMS, mark("发现隐患中尚未销号、已超过整改时限、不在长期管控的"),
        lambda row, span: _theirs(row) and _late(row, span),
    ),
    SUSPENDED: Measure(
        mark("长期管控"), ITEMS, mark("发现隐患中经批准转为长期管控的"),
        lambda row, _span: _theirs(row) and row.state == State.SUSPENDED,
    ),
    "transferred": Measure(
        mark("已移送"), ITEMS, mark("统计范围内已移送其他部门的隐患，不计入发现隐患"),
        lambda row, _span: row.followed and row.state == State.TRANSFERRED,
    ),
    "major": Measure(
        mark("重大隐患"), ITEMS, mark("发现隐患中等级为重大的"),
        lambda row, _span: _theirs(row) and row.grade == Grade.MAJOR,
    ),
    "major_closed": Measure(
        mark("重大隐患已销号"), ITEMS, mark("重大隐患中已经销号的"),
        lambda row, _span: _theirs(row) and row.grade == Grade.MAJOR and row.state == State.CLOSED,
    ),
    "long_overdue": Measure(
        mark("逾期三十天以上"), ITEMS, mark("逾期未改的隐患中超过整改时限三十天以上的"), _long_late
    ),
    "new_found": Measure(
        mark("本期发现"), ITEMS, mark("发现日期在本期内的隐患，不含已移送、合并、不属实和撤回的"),
        lambda row, span: row.state not in NOT_THEIRS and _within(row.found_on, span),
    ),
    "new_closed": Measure(
        mark("本期销号"), ITEMS, mark("销号日期在本期内的隐患"),
        lambda row, span: row.state == State.CLOSED and _within(row.closed_on, span),
    ),
    "due": Measure(mark("本期到期"), ITEMS, mark("整改时限在本期内且已过的隐患，批准延期的按新时限"), _fell_due),
    "on_time": Measure(mark("按期销号"), ITEMS, mark("本期到期的隐患中在时限内销号的"), _on_time),
    "undated": Measure(
        mark("发现日期不详"), ITEMS, mark("没有发现日期、尚未销号的隐患，不计入发现隐患"),
        lambda row, _span: row.found_on is None and row.state in OPEN_STATES,
    ),
    "looked_back": Measure(mark("回头看"), ITEMS, mark("本期内做过回头看的隐患"), _looked_back),
    "rebounded": Measure(
        mark("反弹"), ITEMS, mark("本期回头看中发现反弹的隐患"),
        lambda row, span: _looked_back(row, span) and row.rebounded is True,
    ),
    "visits": Measure(
        mark("开展检查"), TIMES, mark("本期内提交结果的检查，月度通报不含县里自查，专项通报只含该方案的"), visits=_done
    ),
}  # fmt: skip
RATES: Mapping[str, Rate] = {
    "closing_rate": Rate(mark("销号率"), CLOSED, FOUND, mark("已销号占发现隐患的比例；没有发现隐患的不计")),
    "overdue_rate": Rate(mark("逾期率"), OVERDUE, FOUND, mark("逾期未改占发现隐患的比例；没有发现隐患的不计")),
    "on_time_rate": Rate(mark("按期销号率"), "on_time", "due", mark("按期销号占本期到期的比例；本期没有到期的不计")),
    "major_rate": Rate(
        mark("重大隐患销号率"), "major_closed", "major", mark("重大隐患中已销号的比例；没有重大隐患的不计")
    ),
    "rebound_rate": Rate(mark("反弹率"), "rebounded", "looked_back", mark("回头看中反弹的比例；没有回头看的不计")),
}


def label_of(name: str) -> str:
    """Return the marked label of a measure or rate."""
    return MEASURES[name].label if name in MEASURES else RATES[name].label
