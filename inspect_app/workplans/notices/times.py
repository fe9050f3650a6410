"""How often something is asked: 每年1-2次, 每季度不少于2次, 按月通报, 至少开展2次."""

import re
from collections.abc import Iterator

from inspect_app.workplans.notices.candidates import (
    CERTAIN,
    LIKELY,
    POSSIBLE,
    WEAK,
    Context,
    figures,
    is_past,
    per_before,
    requirement,
)
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import NUMBER, RANGE

TIMES = r"(?:场次|场|批次|次|轮|遍|回|期)(?!生|性|日|数|序|级|间|限|望|待|货|盘|刊)"
ATLEAST = r"(?:不少于|不低于|不得少于|至少|最少|≥)"
WORK = r"(?:组织开展|组织|开展|召开|举办|举行|进行|完成|实施|安排|更新|走访|演练)"
SPAN = (
    r"(?:每(?:一)?(?:个)?(?:两年|半年|年度|年|学年|学期|季度|季|半月|月度|月|周|旬|日|天)|每隔?\d{1,2}个?(?:小时|分钟)|每隔?(?:\d|两|三)个?(?:月|年|周|天)|"
    r"全年|年内|本?年度(?:内)?|一年(?:内)?|今年(?:内)?|本年(?:内)?|半年|按月|按季度?|按年度?)"
)
COUNT = rf"(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?\s*(?P<what>{TIMES})"
COUNTED = re.compile(
    rf"(?P<span>{SPAN})(?P<gap>(?:[^，,。；;：:\n每■]|[，,](?={ATLEAST})){{0,40}}?)(?:{ATLEAST})?{COUNT}(?P<up>以上)?"
)
BEHIND = re.compile(rf"{COUNT}\s*[/／每]\s*(?P<span>年|半年|季度|季|月|周|天|日)")
UNCOUNTED = re.compile(rf"(?:{ATLEAST}(?:{WORK})?|{WORK}(?:{ATLEAST})?)\s*{COUNT}(?:以上)?")
REGULAR = re.compile(
    r"(?P<span>按月|逐月|按季度?|逐季|按周|按年度?|按半年|每(?:个)?(?:月度|月|季度|季|半年|周|年度|年|学期|日|天))(?:度)?(?!\d|以来|来|[一二三四五六七八九十]月)"
    r"(?=[^，,。；;\n■]{0,12}?(?:报送|上报|通报|召开|开展|组织|调度|会商|分析|研判|检查|巡查|巡检|更新|发布|汇总|报告|印发|编制|制定|修订|评估|演练|"
    r"走访|汇报|抽查|公布|梳理|排查|观测|维护|测试))"
)
PERIODS = (
    ("两年", "两年"), ("半年", "半年"), ("半月", "半月"), ("学期", "学期"), ("学年", "学年"), ("年", "年"),
    ("季", "季度"),    ("月", "月"), ("周", "周"), ("旬", "旬"), ("日", "日"), ("天", "日"),
)  # fmt: skip
SEVERAL = re.compile(r"(?:\d+|两|三)个?(?:小时|分钟|月|年|周|天)")
SHARED = re.compile("[各分别](?:组织|开展|进行|举办|召开)")


def counted(context: Context) -> Iterator[Requirement]:
    """Find a count with its period, before or behind it."""
    for pattern in (COUNTED, BEHIND):
        for match in pattern.finditer(context.text):
            if not is_past(context.text, match.start()):
                sure = WEAK if SHARED.search(match[0]) else CERTAIN
                yield _times(context, match, f"{_unit(match)}/{_period(match['span'])}", sure)


def uncounted(context: Context) -> Iterator[Requirement]:
    """Find a count without a period."""
    for match in UNCOUNTED.finditer(context.text):
        if not is_past(context.text, match.start()):
            yield _times(context, match, _unit(match), POSSIBLE)


def regular(context: Context) -> Iterator[Requirement]:
    """Find 按月通报: once in every period."""
    for match in REGULAR.finditer(context.text):
        if not is_past(context.text, match.start()):
            per = per_before(context.text, match.start())
            yield requirement(match, Kind.TIMES_A_PERIOD, 1, f"次/{_period(match['span'])}", LIKELY, per=per)


def _times(context: Context, match: re.Match[str], unit: str, confidence: float) -> Requirement:
    value, *ends = figures(match["low"], match["high"])
    per = per_before(context.text, match.end())
    return requirement(match, Kind.TIMES_A_PERIOD, value, unit, confidence, per=per, ends=(ends[0], ends[1]))


def _unit(match: re.Match[str]) -> str:
    return "次" if match["what"] in ("次", "场次", "遍", "回", "批次") else match["what"]


def _period(span: str) -> str:
    if match := SEVERAL.search(span):
        return match[0]
    return next((name for sign, name in PERIODS if sign in span), "年")
