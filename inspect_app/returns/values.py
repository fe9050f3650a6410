"""Read grades, states and ticks as counties write them (domain reference §8, cases 14, 16 and 17)."""

import re
from collections.abc import Hashable
from typing import NamedTuple

from inspect_app.workbooks.cells import ABSENT, as_text, compact

DITTO = frozenset({"同上", "〃", "″", "”", '"', "″″", "''", "〞"})
YES = frozenset({"√", "✓", "✔", "☑", "✅", "是", "y", "yes", "1", "1.0", "对", "v", "\uf0fc", "\uf052", "true"})
NO = frozenset({"×", "✗", "✘", "✕", "☒", "❌", "x", "否", "n", "no", "0", "0.0", "\uf0fb", "false"})

GENERAL = re.compile(r"一般(?:性)?(?:事故|安全)?(?:隐患|问题)?级?")
MAJOR = re.compile(r"重大(?:事故|安全)?(?:隐患|问题)?级?")

PERCENT = re.compile(r"(?:已?(?:整改|完成))?(\d{1,3}(?:\.\d+)?)%")
NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
ANSWERED = re.compile(r"^([是否√×])[(（].{1,30}[)）]$")
PARTLY = re.compile(
    r"正在|部分|整改中|进行中|治理中|推进|未全部|未完全|未全面|基本完成|落实中|施工中|逐步|阶段|持续整改|边整边改|已启动|已开工"
)
NOT_YET = re.compile(
    r"^(?:暂|尚|还)?(?:未|没有?|待)"
    r"(?:整改|完成|开始|启动|落实|办结|销号|动工|到位|治理|处理|解决|消除|整治|全部|完全|全面)"
)
WORK = "(?:整改|完成|办结|治理|消除|解决|销号|落实|修复|处理|整治|更换|闭环|拆除|清理)"
ENDED = "(?:完成|完毕|到位|结束|销号|合格|闭环)"
DONE = re.compile(
    rf"^(?:(?:均|全部|现|目前)?已(?:经)?(?:于.{{1,14}}?)?(?:全部|按要求|按期|立即)?{WORK}{ENDED}?"
    rf"|已?(?:全部|按期)?完成(?:整改|治理|销号)|(?:全部)?{WORK}已?{ENDED}"
    r"|完成|完毕|已完|办结|合格|销号|闭环|当场(?:整改|改正))(?:[(（].{1,30}[)）])?$"
)
UNDONE = re.compile(r"未|正在|部分|尚|待|计划|预计|拟|没")
CLOSED = re.compile(r"销号")
HUNDRED = 100.0


class StatusReading(NamedTuple):
    """`status` is "open", "rectifying", "rectified" or None; `doubt` a W_ code."""

    status: str | None = None
    doubt: str | None = None


class GradeReading(NamedTuple):
    """`grade` is "general", "major" or None; `doubt` a code."""

    grade: str | None = None
    doubt: str | None = None


def read_grade(cell: Hashable) -> GradeReading:
    """The two grades of a hazard; every other word is refused rather than guessed."""
    text = compact(as_text(cell))
    if not text or text in ABSENT:
        return GradeReading(doubt="W_LEVEL_MISSING")
    if GENERAL.fullmatch(text):
        return GradeReading("general")
    if MAJOR.fullmatch(text):
        return GradeReading("major")
    return GradeReading(doubt="E_LEVEL_UNKNOWN")


def read_status(cell: Hashable) -> StatusReading:
    """How far the work is. A return cannot close a hazard: 已销号 says at most that it was rectified."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _share(float(cell) * (HUNDRED if cell <= 1 else 1))
    text = compact(as_text(cell)).strip("。.;；,，!！").lower()
    if not text or text in ABSENT - {"×"}:
        return StatusReading(doubt="W_STATUS_MISSING")
    if match := PERCENT.fullmatch(text):
        return _share(float(match[1]))
    if NUMBER.fullmatch(text):
        return read_status(float(text))
    return _state(ANSWERED.sub(r"\1", text))


def is_tick(cell: Hashable) -> bool:
    """Whether a cell of a column such as 已整改 is ticked."""
    return compact(as_text(cell)).lower() in YES


def _state(text: str) -> StatusReading:
    if text in YES:
        return StatusReading("rectified")
    if text in NO or NOT_YET.match(text):
        return StatusReading("rectifying" if PARTLY.search(text) else "open")
    if DONE.fullmatch(text) and not UNDONE.search(text):
        return StatusReading("rectified", "W_STATUS_CLOSED" if CLOSED.search(text) else None)
    if PARTLY.search(text):
        return StatusReading("rectifying")
    return StatusReading(doubt="W_STATUS_UNKNOWN")


def _share(percent: float) -> StatusReading:
    if not 0 <= percent <= HUNDRED:
        return StatusReading(doubt="W_STATUS_UNKNOWN")
    return StatusReading("open" if percent == 0 else "rectified" if percent == HUNDRED else "rectifying")
