"""Figures to be reached: 每村1名, 每个乡（镇）约30～50人, 不少于500顶, 安排不低于100万元."""

import re
from collections.abc import Iterator

from inspect_app.workplans.notices.candidates import (
    ASIDE,
    CERTAIN,
    LIKELY,
    PLACES,
    POSSIBLE,
    Context,
    figures,
    is_past,
    per_before,
    requirement,
)
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import CHINESE, NUMBER, RANGE

UNITS = (
    "人次|人|名|支|个(?!小时|工作日|月|百分点|方面|环节)|处|台|套|顶|所|家|辆|件|吨|公里|平方米|亩|户|栋|座|部(?!门)|床|张|份|块|条|"
    "组|学时|课时|类|项|平米|立方米|千瓦|公斤|床位"
)
ATLEAST = r"(?:不少于|不低于|不得少于|不得低于|不小于|至少|最少|≥|达到)"
ATMOST = r"(?:不超过|不得超过|不多于)"
COUNT = rf"(?P<low>{NUMBER})\s*(?:(?:{UNITS})?{RANGE}(?P<high>{NUMBER}))?\s*(?P<unit>{UNITS})"
PER_HEAD = re.compile(
    rf"(?P<per>每(?:一)?(?:个|所|家|座|处|支|户)?(?:{PLACES}{ASIDE}[、和或]?){{1,4}})(?P<gap>[^，,。；;：:\n每■]{{0,16}}?)"
    rf"(?:{ATLEAST})?(?:有|设|配备|配)?约?{COUNT}(?:及?以上)?"
)
REACHED = re.compile(rf"(?:{ATLEAST}|{ATMOST})(?!第)[^，,。；;：:\n\d■{CHINESE[1:-1]}]{{0,8}}?约?{COUNT}")
ABOVE = re.compile(rf"{COUNT}(?:及?以上|左右)")
MADE = re.compile(rf"(?:新建|新增|创建|建成|组建|配备|打造|培育|新设)(?=\d){COUNT}")
BETWEEN = re.compile(rf"约?(?P<low>\d+)\s*(?:人|名)?{RANGE}(?P<high>\d+)\s*(?P<unit>{UNITS})")
MONEY = re.compile(
    rf"(?:{ATLEAST}|{ATMOST}|安排|投入|落实|保障|列支|补助|筹措|每[年人名村户][^，。；\d]{{0,6}}?|按)[^，,。；;：:\n\d■]{{0,12}}?"
    rf"(?P<low>\d+(?:\.\d+)?)(?:{RANGE}(?P<high>\d+(?:\.\d+)?))?\s*(?P<unit>亿元|万元|千元|元)"
)
LOSS = re.compile(r"死亡|遇难|失踪|受伤|伤亡|受灾|倒塌|等次|事故")
NEAR = 10


def head_counts(context: Context) -> Iterator[Requirement]:
    """Find so many for each village, township, site."""
    for match in PER_HEAD.finditer(context.text):
        if not _told(context, match):
            yield _threshold(match, match["low"], match["high"], match["unit"], CERTAIN, match["per"])


def thresholds(context: Context) -> Iterator[Requirement]:
    """Find a figure behind 不少于, with 以上 behind it, or of what is to be made."""
    for pattern, sure in ((REACHED, LIKELY), (ABOVE, POSSIBLE), (MADE, POSSIBLE)):
        for match in pattern.finditer(context.text):
            if not _told(context, match):
                per = per_before(context.text, match.start())
                yield _threshold(match, match["low"], match["high"], match["unit"], sure, per)


def ranges(context: Context) -> Iterator[Requirement]:
    """Find 30-50人 without a word before it."""
    for match in BETWEEN.finditer(context.text):
        if not _told(context, match):
            per = per_before(context.text, match.start())
            yield _threshold(match, match["low"], match["high"], match["unit"], LIKELY if per else POSSIBLE, per)


def amounts(context: Context) -> Iterator[Requirement]:
    """Find money to be set aside."""
    for match in MONEY.finditer(context.text):
        if not _told(context, match):
            value, least, most = figures(match["low"], match["high"])
            per = per_before(context.text, match.end())
            yield requirement(match, Kind.AMOUNT, value, match["unit"], LIKELY, per=per, ends=(least, most))


def _threshold(match: re.Match[str], low: str, high: str | None, unit: str, sure: float, per: str) -> Requirement:
    value, least, most = figures(low, high)
    return requirement(match, Kind.THRESHOLD, value, unit, sure, per=per, ends=(least, most))


def _told(context: Context, match: re.Match[str]) -> bool:
    """Tell whether a figure speaks of what was, or of the losses that grade a disaster."""
    around = context.text[max(match.start() - NEAR, 0) : match.end() + NEAR]
    return bool(LOSS.search(around)) or is_past(context.text, match.start())
