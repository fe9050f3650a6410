"""What the finders of requirements share: a candidate, what was done already, for whom a figure counts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from inspect_app.workplans.notices.model import Kind, Requirement
from inspect_app.workplans.notices.numerals import number_of

CERTAIN, LIKELY, POSSIBLE, WEAK = 0.95, 0.8, 0.6, 0.4
PLACES = (
    r"(?:行政村|村队|村组|村|社区|乡镇|乡|镇|街道|县区|县|市|区|旗|团场|学校|中小学校?|幼儿园|医院|卫生院|企业|单位|成员单位|部门|"
    r"家庭|户|人|名|网格|场所|避难场所|观测点|台站|队伍|支队伍|班组|园区|景区|开发区|小区|矿山|水库|处|点|座)"
)
ASIDE = r"(?:[（(][^（）()]{1,12}[）)])?"
PER = re.compile(rf"(?:每|各)(?:一)?(?:个|所|家|座|处|支|户)?(?:{PLACES}{ASIDE}[、和或]?){{1,4}}")
PAST = re.compile(
    r"去年|上年|上一年|前年|往年|近[年些两三几\d]|以来|累计|先后|曾|截至|已经?(?:完成|建成|组织|开展|建立|配备|实现|达|有|储备)|"
    r"共(?:组织|开展|建成|完成|排查|整改|发生|举办|召开|储备)|发生[了过]|(?:19|20)\d{2}年(?:度)?共"
)
DUTY = re.compile(r"要|应|须|必须|确保|不得|力争|今年|本年|下一步")
STOPS = re.compile(r"[。；;！？\n]")


@dataclass(frozen=True, slots=True)
class Context:
    """The text with its figures without demand hidden, and the year the paper is for."""

    text: str
    year: int | None


Finder = Callable[[Context], Iterator[Requirement]]


def sentence_before(text: str, place: int) -> str:
    """Return the sentence up to a place."""
    cut = max((match.end() for match in STOPS.finditer(text, 0, place)), default=0)
    return text[cut:place]


def is_past(text: str, place: int) -> bool:
    """Tell whether the words before a place speak of what was done, with no duty in between."""
    before = sentence_before(text, place)
    told = [match.end() for match in PAST.finditer(before)]
    return bool(told) and not DUTY.search(before, told[-1])


def per_before(text: str, place: int, reach: int = 40) -> str:
    """Return the last 每个村（社区） that stands before a place in its clause; an empty text when none does."""
    before = re.split(r"[，,：:]", sentence_before(text, place))[-1][-reach:]
    found = [match[0] for match in PER.finditer(before)]
    return found[-1] if found else ""


def figures(least: str, most: str | None) -> tuple[int | float | str, float | None, float | None]:
    """Return the value to show and both ends: 2, None, None or "1-2", 1, 2."""
    low = number_of(least)
    high = number_of(most) if most else None
    if low is None or high is None:
        return (0 if low is None else slim(low)), None, None
    return f"{slim(low)}-{slim(high)}", low, high


def slim(number: float) -> int | float:
    """Return a whole number where there is one."""
    return int(number) if float(number).is_integer() else number


def requirement(  # noqa: PLR0913 - a record is filled
    match: re.Match[str],
    kind: Kind,
    value: float | str,
    unit: str,
    confidence: float,
    *,
    due_on: date | None = None,
    per: str = "",
    ends: tuple[float | None, float | None] = (None, None),
    day: int | None = None,
) -> Requirement:
    """Build a requirement whose quote is the whole match."""
    least, most = ends
    return Requirement(match[0], match.start(), kind, value, unit, confidence, due_on, per, least, most, day)
