"""Days by which something is asked: 6月7日、11月8日前, 6月底前, 年底前, 上半年完成, 三季度末前, 每月5日前."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from inspect_app.workplans.notices.candidates import CERTAIN, LIKELY, POSSIBLE, WEAK, Context, is_past, requirement
from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import CHINESE, whole_of

YEAR = rf"(?:(?:(?:19|20)\d{{2}}|二{CHINESE}{{3}}|今|本|当|明)年\s*)"
MONTH = r"(?<![\d一二三四五六七八九十])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月\s*"
DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9]|{CHINESE}{{1,3}})\s*[日号]|份?(?:月底|底|末|上旬|中旬|下旬))"
HOUR = r"(?:\s*(?:上午|下午)?\s*\d{1,2}\s*(?:[:：]\d{2}|时|点)(?:整)?)?"
BEFORE = r"\s*(?:[（(][^（）()]{1,8}[）)])?\s*(?:下班)?(?:之前|以前|前(?!后|期|述|往|沿|款))"
ONE = rf"{YEAR}?{MONTH}{DAY}{HOUR}"
LIST = re.compile(rf"{ONE}(?:{BEFORE}?\s*(?:、|和|及|，|以及|与)\s*{ONE})*{BEFORE}")
ON = re.compile(rf"(?<=于){ONE}(?=(?:将|向|报送|上报|提交|完成))")
EACH = re.compile(rf"(?P<year>{YEAR})?(?P<month>{MONTH})(?P<day>{DAY}){HOUR}")
BARE_MONTH_END = re.compile(rf"(?<![\d{CHINESE[1:-1]}])(?P<own>当|本)?月底{BEFORE}")
YEAR_END = re.compile(
    rf"(?P<year>{YEAR})?(?<!\d)(?:年底|年末|年终|底){BEFORE}|(?:到|至)(?P<to>(?:19|20)\d{{2}}年)(?:底|末)"
)
YEARS_END = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}|今|本|当|明)?年(?:底|末|终){BEFORE}|(?:到|至)(?P<to>(?:19|20)\d{{2}})年(?:底|末)|"
    r"(?<![今每一三两去往历])年内(?=完成|建成|实现|全部|基本)"
)
QUARTER = re.compile(rf"(?P<year>{YEAR})?第?(?P<quarter>[一二三四1-4])季度(?:末|底|结束)?(?:{BEFORE}|内|(?=完成|建成))")
HALF = re.compile(
    rf"(?P<year>{YEAR})?(?P<half>[上下])半年(?:(?:末|底)?{BEFORE}|内|(?=完成|建成|组织|开展|召开|举办|至少|不少于|要|应))"
)
RECURRING = re.compile(
    rf"(?P<span>每(?:个)?(?:半年|年|季度|季|月|周|旬))(?:的|第|度)?(?P<which>首月|末月|第?[一二三1-3]个月|最后一个月|次月|下月)?"
    rf"(?:于|于次月|次月)?(?P<month>{MONTH})?(?P<day>{DAY}|[一二三四五六日](?=\s*(?:之前|以前|前|下班))|月?底|月末|末)\s*(?:下班)?{BEFORE}"
)
NAMED = re.compile(r"(?:(?:完成|办结|办理|整改|推进)(?:时限|时间|期限|节点)|时限(?:要求)?|时间节点)\s*[：:]\s*")
ALONE = re.compile(rf"(?P<year>{YEAR})?(?:(?P<month>{MONTH})(?P<day>{DAY})?|(?P<end>年?(?:底|末)))(?:{BEFORE})?")
CUE = re.compile(BEFORE)
BUILT = re.compile(r"(?:建成|竣工|开工|取得|投用|形成|建造|出台)[^，。；]{0,4}的")
SINCE = re.compile(r"(?:截至|截止到?|自|从)$")
DECADES = {"上旬": 10, "中旬": 20}
DECEMBER, HALF_YEAR, QUARTER_MONTHS = 12, 6, 3
SPANS = {"年": "年", "半": "半年", "季": "季度", "月": "月", "周": "周", "旬": "旬"}


def days(context: Context) -> Iterator[Requirement]:
    """Find days of the calendar, each of a list on its own."""
    for match in [*LIST.finditer(context.text), *ON.finditer(context.text)]:
        if not _asked(context, match):
            continue
        year = None
        found = list(EACH.finditer(context.text, match.start(), match.end()))
        for each in found:
            year = _year(each["year"], context.year) or year
            before = CUE.match(context.text, each.end())
            end = before.end() if before else each.end()
            due = _day(year or context.year, each["month"], each["day"])
            sure = _sure(due, known=year is not None)
            quote = context.text[each.start() : end]
            if due is None or not _over(due, context):
                yield Requirement(quote, each.start(), Kind.ONCE_BY_DATE, _iso(due), "日期", sure, due)
    for match in BARE_MONTH_END.finditer(context.text):
        if _asked(context, match):
            yield requirement(match, Kind.ONCE_BY_DATE, match[0], "日期", WEAK)


def year_ends(context: Context) -> Iterator[Requirement]:
    """Find 年底前, 2025年底前, 到2025年底, 年内完成."""
    for match in YEARS_END.finditer(context.text):
        year = _year(match["year"] or match["to"], context.year) or context.year
        yield from _due(context, match, year, DECEMBER, known=bool(match["year"] or match["to"]))


def quarters(context: Context) -> Iterator[Requirement]:
    """Find 三季度末前."""
    for match in QUARTER.finditer(context.text):
        year = _year(match["year"], context.year)
        month = whole_of(match["quarter"]) * QUARTER_MONTHS
        yield from _due(context, match, year or context.year, month, known=year is not None)


def halves(context: Context) -> Iterator[Requirement]:
    """Find 上半年完成; 上半年工作情况 asks for nothing."""
    for match in HALF.finditer(context.text):
        year = _year(match["year"], context.year)
        month = HALF_YEAR if match["half"] == "上" else DECEMBER
        yield from _due(context, match, year or context.year, month, known=year is not None)


def recurring(context: Context) -> Iterator[Requirement]:
    """Find 每月5日前, 每季度末月25日前, 每周五前; 每年12月10日前 has a day of its own."""
    for match in RECURRING.finditer(context.text):
        if match["month"]:
            due = _day(context.year, match["month"], match["day"])
            yield requirement(match, Kind.ONCE_BY_DATE, _iso(due), "日期", LIKELY, due_on=due)
            continue
        number = re.match(r"\d+", match["day"])
        period = SPANS[match["span"].replace("每", "").replace("个", "")[0]]
        day = int(number[0]) if number else None
        yield requirement(match, Kind.TIMES_A_PERIOD, 1, f"次/{period}", CERTAIN, day=day)


def named_days(context: Context) -> Iterator[Requirement]:
    """Find 完成时限：2024年10月底, where 前 is not written."""
    for match in NAMED.finditer(context.text):
        yield from deadline_at(context, match.end(), len(context.text))


def deadline_at(context: Context, start: int, end: int) -> Iterator[Requirement]:
    """Read the day that stands at a place where nothing but a day can stand."""
    match = ALONE.match(context.text, start, end)
    if not match:
        return
    year = _year(match["year"], context.year)
    month = match["month"] or "12月"
    due = _day(year or context.year, month, match["day"] or "底")
    quote = match[0].rstrip()
    sure = _sure(due, known=year is not None)
    yield Requirement(quote, start, Kind.ONCE_BY_DATE, _iso(due) or quote, "日期", sure, due)


def _due(context: Context, match: re.Match[str], year: int | None, month: int, *, known: bool) -> Iterator[Requirement]:
    due = _last_of(year, month)
    if _asked(context, match) and (due is None or not _over(due, context)):
        sure = _sure(due, known=known)
        yield requirement(match, Kind.ONCE_BY_DATE, _iso(due) or match[0], "日期", sure, due_on=due)


def _asked(context: Context, match: re.Match[str]) -> bool:
    before = context.text[max(match.start() - 3, 0) : match.start()]
    built = BUILT.match(context.text, match.end())
    return not (SINCE.search(before) or built or is_past(context.text, match.start()))


def _over(due: date, context: Context) -> bool:
    """A day before the year of the paper tells of what was."""
    return context.year is not None and due.year < context.year


def _sure(due: date | None, *, known: bool) -> float:
    if due is None:
        return POSSIBLE
    return CERTAIN if known else LIKELY


def _year(text: str | None, own: int | None) -> int | None:
    if not text:
        return None
    bare = text.strip().removesuffix("年")
    if bare in ("今", "本", "当"):
        return own
    if bare == "明":
        return own + 1 if own else None
    return whole_of(bare) or None


def _day(year: int | None, month: str, day: str) -> date | None:
    number = whole_of(month.strip().removesuffix("月").strip())
    if year is None:
        return None
    if day.endswith(("底", "末", "下旬")):
        return _last_of(year, number)
    decade = next((last for name, last in DECADES.items() if day.endswith(name)), None)
    try:
        return date(year, number, decade or whole_of(day.strip(" 日号")))
    except ValueError:
        return None


def _last_of(year: int | None, month: int) -> date | None:
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _iso(due: date | None) -> str:
    return due.isoformat() if due else ""
