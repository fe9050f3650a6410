"""Shares to be covered: 全覆盖, 100%, 达到95%以上."""

import re
from collections.abc import Iterator

from inspect_app.workplans.notices.candidates import CERTAIN, LIKELY, Context, figures, is_past, per_before, requirement
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import CHINESE, RANGE

WORD = r"(?:不少于|不低于|不得低于|保持在|提高到|提高至|提升至|提升到|达到|达|至少|≥|为|控制在)?"
PERCENT = re.compile(
    rf"{WORD}\s*(?P<low>\d+(?:\.\d+)?)\s*[%％]?(?:{RANGE}(?P<high>\d+(?:\.\d+)?))?\s*[%％]\s*(?:（含）)?(?:及)?(?:以上)?(?:的?全覆盖)?|"
    rf"{WORD}百分之(?P<words>百|{CHINESE}+)(?:以上)?(?:的?全覆盖)?"
)
COVERAGE = re.compile(r"(?:实现[^，,。；;、■]{0,10}?)?全覆盖")
GROWTH = re.compile(r"(?:同比|环比|较[^，。；]{0,6}|比[^，。；]{0,6})?(?:增长|下降|减少|提高了|增加|上升)\s*$")
ALL = 100


def shares(context: Context) -> Iterator[Requirement]:
    """Find percentages that are asked for; growth over the year before is none."""
    for match in PERCENT.finditer(context.text):
        grown = GROWTH.search(context.text[max(match.start() - 12, 0) : match.start()])
        if grown or is_past(context.text, match.start()):
            continue
        words = ("100" if match["words"] == "百" else match["words"]) or match["low"]
        value, least, most = figures(words, match["high"])
        yield requirement(match, Kind.SHARE_COVERED, value, "%", CERTAIN, ends=(least, most))


def coverage(context: Context) -> Iterator[Requirement]:
    """Find 全覆盖."""
    for match in COVERAGE.finditer(context.text):
        if not is_past(context.text, match.start()):
            per = per_before(context.text, match.start())
            yield requirement(match, Kind.SHARE_COVERED, ALL, "%", LIKELY, per=per)
