"""Times to answer in and strengths that set a duty off: 15分钟内, 不过夜, 3.0级以上, 24小时值班."""

import re
from collections.abc import Iterator

from inspect_app.workplans.notices.candidates import CERTAIN, LIKELY, Context, figures, is_past, requirement
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import NUMBER, RANGE

SPAN = "分钟|小时|个?工作日|天|日|个月"
WITHIN = re.compile(
    rf"(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?\s*(?P<unit>{SPAN})(?:之内|以内|内)|"
    rf"(?:不超过|不得超过|不晚于|不迟于)(?P<most>{NUMBER})\s*(?P<span>{SPAN})"
)
SAME_DAY = re.compile(
    r"不过夜|(?<![日动期])(?:接报|发现|收到[^，。；]{0,6}?)?当(?:日|天)(?:内|之内|24\s*(?:时|点|[:：]00)前|前)?"
    r"(?=[^，。；\n]{0,4}?(?:核实|上报|报告|反馈|办结|完成|处置|落实|报送|核查|办理|清零|整改))"
)
MAGNITUDE = re.compile(
    rf"(?:[Mm][sSLlwW]?|震级)\s*(?:[≥>＞⩾≧]=?|不低于|大于等于|大于)\s*(?P<sign>{NUMBER})(?:\s*级)?(?:及?以上)?|"
    rf"(?P<low>\d(?:\.\d)?)\s*级?(?:{RANGE}(?P<high>\d(?:\.\d)?))?\s*级(?:[（(]含[^（）()]{{0,6}}[）)])?(?:及|或)?以上"
)
ON_DUTY = re.compile(r"(?:7\s*[×xX*]\s*)?24\s*小时(?:[^，。；\n]{0,6}?)(?:值班值守|值班|值守|在岗|待命|备勤|值勤)")
QUAKE = re.compile(r"震|M")
OUTLOOK = re.compile(r"(?:未来|今后|过去|近|最近|前|超过|达|满)$")
NEAR = 16


def within(context: Context) -> Iterator[Requirement]:
    """Find a time to answer in."""
    for match in WITHIN.finditer(context.text):
        before = context.text[max(match.start() - 3, 0) : match.start()]
        if OUTLOOK.search(before) or is_past(context.text, match.start()):
            continue
        value, least, most = figures(match["low"] or match["most"], match["high"])
        unit = (match["unit"] or match["span"]).replace("个工作日", "工作日")
        yield requirement(match, Kind.RESPONSE_WITHIN, value, unit, CERTAIN, ends=(least, most))


def same_day(context: Context) -> Iterator[Requirement]:
    """Find what has to be done before the day is over."""
    for match in SAME_DAY.finditer(context.text):
        if not is_past(context.text, match.start()):
            yield requirement(match, Kind.RESPONSE_WITHIN, "same_day", "当日", CERTAIN)


def magnitudes(context: Context) -> Iterator[Requirement]:
    """Find the strength of an earthquake from which on something holds; strengths of past ones are none."""
    for match in MAGNITUDE.finditer(context.text):
        around = context.text[max(match.start() - NEAR, 0) : match.end() + NEAR]
        if QUAKE.search(around) and not is_past(context.text, match.start()):
            value, least, most = figures(match["sign"] or match["low"], match["high"])
            number = float(value) if not isinstance(value, str) else value
            yield requirement(match, Kind.MAGNITUDE, number, "级", CERTAIN, ends=(least, most))


def on_duty(context: Context) -> Iterator[Requirement]:
    """Find duty around the clock."""
    for match in ON_DUTY.finditer(context.text):
        if not is_past(context.text, match.start()):
            yield requirement(match, Kind.STANDING, 24, "小时", LIKELY)
