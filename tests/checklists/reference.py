"""What the domain reference (§4) says of the 236 items of the 21 lists, written down apart from the lists.

One word an item: weight; severity (重 major, 一 general, 提 advice); 否 for a veto; the first measure; the deadline in
days, or 方案 by plan, 立即 at once, 无 none; what must be attached (照 photo, 志 log, 执 receipt, 附 attachment, 号
document number); and 可 where the reference allows "not applicable" (a list may allow it in more places).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.checklists.definition import Deadline, DeadlineKind, Evidence, FirstMeasure, Severity

LISTS = {
    "C01": "6一15 14重否停工方案附 12重否60号 6一60 4提15 12重否30 "
    "10重否停工方案 8重60可 8重方案附 8一30照 6一180可 6一30可",
    "C02": "10重30 4一30可 10重30 8一30 8一15 5一15 8重停工30附 8重否停工可 10重30 7重15附 6重30可 6一15 4提30可 6提15",
    "C03": "6一30 10重方案 9重90 12重否停用方案 10重否停用 6重方案可 7重停30 5一15照 "
    "6一立即照 4一15照 6一30执 6一30 2提30 3提30 4一30可 4提15志",
    "C04": "10一60 10重方案照 4提无 10一90照 8一90照 10重30照 14重否撤离 8重30可 8重停60 6一60 6一90 6一立即",
    "C05": "8一30 12一60 6提无 16重否限行可 12一60照 10重30照 10重方案照 8一15 10一30 8一30照",
    "C06": "6一30 12重90 4提无 12重方案 14重否限运可 10重15志 8一15照 8一60附 6一30 6一180可 6一30 8一15照",
    "C07a": "14一60 14重60照 12一方案 14重15 12一30 12一30 12一30 10一30",
    "C07b": "14一60 16重30照 12一30 12一30 12一30 12一60 10一30 12一30",
    "C07c": "16重否方案 14重30照 14重30 12一方案 12重15 10一30 10一15 12一30",
    "C07d": "14一60 14一30照 10一60照 12一30 14一60 14一60 10一60 12一30",
    "C08": "12重否方案 12重否方案可 8重30 10重30照 10重15 6一立即照 8重立即 6一60 8一30执 8一30 6一30照 6一立即",
    "C09": "10一60 12重否停产 14重方案可 10重15志 10重方案 10重30照 10一30 8一30执 8一30 8一30",
    "C10": "14重方案 14重否方案可 10一60志 12重30 8一60照 8一15 10重60 8重方案 8一30执 8一30",
    "C11": "6一30 12重方案照 8一60 10重方案可 8一60照 8一立即 7一60照 "
    "7一60照 6一60照 6一60 6一30附 6一60附 5一60 5提15",
    "C12": "8一60 8一60 5一30 10一30执 8一60 6一15 5提60 8一60 5提60 6一30 10一60 5提无 8一15 8一60",
    "C13": "10一60 14一30 8一30 12一60 12一60 10一60照 8一60 10一60 8一30 8提15",
    "C14": "6一15 12一15 12重立即照 12重停60照 5一15照 6一30 8一30 8一15 10一15 8一15 6一15 7一60",
    "C15": "16一30 10一30 12一15 10一60照 8提60 10一15 8一15 12一立即 6一60 8一60",
    "C16": "6一立即 10一立即 12重否立即 6一7 8一15 12重无 10一7 12重否立即 8一7 6提30 6一15 4提30",
    "C17": "12一60 14重否停60 10一60照 14重立即照 10一30执 10一30 8一30 10重15照 6提30志 6一60可",
    "C18": "10一60 8一30 8一30 5提15 6一60 10一60 12重30 8一15 9重60 7一60 5一60 5提30 4一立即 3提无",
}
NEGATIVE = {"C03-05", "C03-07", "C04-07", "C04-09", "C04-12", "C14-03", "C14-04", "C17-02"}

SEVERITIES = {"重": Severity.MAJOR, "一": Severity.GENERAL, "提": Severity.ADVICE}
EVIDENCE = {
    "照": Evidence.PHOTO,
    "志": Evidence.LOG,
    "执": Evidence.RECEIPT,
    "附": Evidence.ATTACHMENT,
    "号": Evidence.DOCUMENT_NUMBER,
}
FIRST = {
    "停工": FirstMeasure.STOP_WORK,
    "停用": FirstMeasure.STOP_USE,
    "停产": FirstMeasure.STOP_PRODUCTION,
    "停": FirstMeasure.STOP_ACT,
    "撤离": FirstMeasure.EVACUATE,
    "限行": FirstMeasure.RESTRICT_TRAFFIC,
    "限运": FirstMeasure.RESTRICT_OPERATION,
}
A_YEAR = 365
WORD = re.compile(
    r"(?P<weight>\d+)(?P<severity>[重一提])(?P<veto>否?)(?P<first>停工|停用|停产|停|撤离|限行|限运|)"
    r"(?:(?P<days>\d+)|(?P<kind>方案|立即|无)|)(?P<evidence>[照志执附号]?)(?P<na>可?)"
)


@dataclass(frozen=True)
class Expected:
    """One item as the reference has it."""

    weight: Decimal
    severity: Severity
    veto: bool
    deadline: Deadline
    evidence: tuple[Evidence, ...]
    na: bool


def expected(code: str) -> list[Expected]:
    """Return the items of a list in order."""
    return [_read(word) for word in LISTS[code].split()]


def _read(word: str) -> Expected:
    found = WORD.fullmatch(word)
    assert found, word
    return Expected(
        weight=Decimal(found["weight"]),
        severity=SEVERITIES[found["severity"]],
        veto=bool(found["veto"]),
        deadline=_deadline(found["days"], found["kind"], FIRST.get(found["first"])),
        evidence=tuple(EVIDENCE[each] for each in found["evidence"]),
        na=bool(found["na"]),
    )


def _deadline(days: str | None, kind: str | None, first: FirstMeasure | None) -> Deadline:
    if days:
        return Deadline(DeadlineKind.DAYS, int(days), first)
    if kind == "方案":
        return Deadline(DeadlineKind.PLAN, A_YEAR, first)
    return Deadline(DeadlineKind.NONE if kind == "无" else DeadlineKind.IMMEDIATE, None, first)
