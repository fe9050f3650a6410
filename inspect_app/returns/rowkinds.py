"""Tell what a row is that is not plainly a hazard (domain reference §8, cases 4 to 7, 22, 35, 41, 43)."""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from inspect_app.workbooks.cells import compact


class RowKind(StrEnum):
    """What a row of a sheet is for. Only DATA is imported."""

    DATA = "data"
    TITLE = "title"
    META = "meta"
    HEADER = "header"
    UNIT_ROW = "unit_row"
    INDEX_ROW = "index_row"
    EXAMPLE = "example"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    PAGE = "page"
    ZERO_REPORT = "zero_report"
    NUMBERED_BLANK = "numbered_blank"
    BLANK = "blank"
    CARD = "card"
    HIDDEN_SHEET = "hidden_sheet"
    OTHER_SHEET = "other_sheet"
    OWN_SHEET = "own_sheet"


META = re.compile(
    r"(?:填报|报送|上报|填表|制表|编制|报告|统计|截至|截止|联系|审核|审批|签发|负责人|单位|日期|时间|电话)[^，。]{0,12}[:：]"
    r"|^[(（]?(?:截至|截止)?\d{4}[年.\-/]|^(?:截至|截止)"
)
COUNTED = r"(?:\d+(?:处|项|条|个|家)?)?"
TOTAL = re.compile(rf"(?:本页|本表|全县|全市|全区)?(?:合计|总计|共计|累计)[:：]?{COUNTED}")
SUBTOTAL = re.compile(rf"(?:本页)?小计[:：]?.{{0,6}}|.{{2,12}}(?:小计|合计)[:：]?{COUNTED}")
NOTE = re.compile(
    r"^[(（]?(?:备注|注|说明|填表说明|填报说明|附注|附|附件|注意事项|要求)\d?[)）]?[:：.、]"
    r"|^(?:填表说明|填报说明|说明|备注|注)$"
)
SIGNATURE = re.compile(
    r"^(?:填表|填报|制表|审核|审批|复核|经办|联系|负责|签字|签名|签章|盖章|单位|主要|分管|主管"
    r"|报送|上报|日期|时间|电话|手机|校对).{0,14}[:：]"
)
NUMERAL = r"[\d一二三四五六七八九十]+"
PAGE = re.compile(rf"^(?:第?{NUMERAL}页)?[/,，]?(?:共{NUMERAL}页)?$|^-\d+-$|^第{NUMERAL}页.*")
EXAMPLE = re.compile(r"^[(（【\[]?(?:示例|样例|范例|举例|例如|示范|填写示例|填报示例|例)(?:[)）】\]:：]|\d{0,2}$)")
ZERO_WORDS = """
    无 零 0 零报告 无隐患 零隐患 未发现隐患 未发现问题 无问题 暂无 暂无隐患 本月无隐患 本月无 本期无隐患 未发现
    无新增隐患 本月零报告 未排查出隐患
"""
ZERO = frozenset(ZERO_WORDS.split())
UNIT_ROW = re.compile(r"[(（][^)）]{1,8}[)）]|[元㎡个处项]|万元|平方米|m2|年月日|年/月/日")
COUNT = re.compile(r"(\d{1,7})(?:处|项|条|个|家|起)?")
ORDINALS = "甲乙丙丁戊己庚辛壬癸"
LONGEST_GROUP = 20

Cells = Sequence[tuple[int, str]]


def kind_of(cells: Cells, description: int | None, sequence: int | None) -> RowKind:
    """What a body row is, by its filled cells; the columns are those of the description and of the number."""
    if not cells:
        return RowKind.BLANK
    said = next((text for column, text in cells if column == description), "")
    kind = _without_content(cells, sequence) or _total(cells, said, first_is_description=cells[0][0] == description)
    if kind:
        return kind
    if compact(said or cells[-1][1]) in ZERO and len(cells) <= len(("number", "township", "unit", "description")):
        return RowKind.ZERO_REPORT
    if not said or len(cells) == 1:
        return _without_description(cells, description)
    return _with_description(cells, said, sequence)


def kind_above(texts: Cells, *, first: bool) -> RowKind:
    """What a row above the head is; the first one with anything in it is the title unless it says otherwise."""
    if not texts:
        return RowKind.BLANK
    if any(META.search(text) for _, text in texts):
        return RowKind.META
    return RowKind.TITLE if first and len(texts) <= len(("title", "annex")) else RowKind.NOTE


def kind_below_head(cells: Cells) -> RowKind | None:
    """What the row right under a head is when it belongs to the head: units, or the columns' numbers."""
    words = [compact(text) for _, text in cells]
    if len(words) > 1 and all(UNIT_ROW.fullmatch(word) for word in words):
        return RowKind.UNIT_ROW
    numbers = [word.strip("()（）") for word in words]
    counted = [number for number in numbers if number.isdecimal() and len(number) < len("100")]
    in_order = counted == [str(int(counted[0]) + step) for step in range(len(counted))] if counted else False
    if len(counted) > len("12") and in_order and all(number.isdigit() or number in ORDINALS for number in numbers):
        return RowKind.INDEX_ROW
    return None


def claimed_count(text: str) -> int | None:
    """The number of hazards a total claims: 18 for "18处"."""
    match = COUNT.fullmatch(compact(text))
    return int(match[1]) if match else None


def repeats(texts: Sequence[str], labels: Collection[tuple[int, str]]) -> bool:
    """Whether a row says again what the head says, in most of its cells."""
    same = sum(1 for column, label in labels if column < len(texts) and texts[column] == label)
    return same > len(("number", "remark")) and same * 2 > sum(1 for text in texts if text)


def _without_content(cells: Cells, sequence: int | None) -> RowKind | None:
    if all(column == sequence for column, _ in cells) and _is_number(cells[0][1]):
        return RowKind.NUMBERED_BLANK
    return RowKind.NOTE if all(SIGNATURE.match(compact(text)) for _, text in cells) else None


def _total(cells: Cells, said: str, *, first_is_description: bool) -> RowKind | None:
    first = compact(cells[0][1])
    if first_is_description and len(cells) > len(("total", "count")):
        return None
    if said and not first_is_description and claimed_count(said) is None and not TOTAL.fullmatch(compact(said)):
        return None
    if TOTAL.fullmatch(first):
        return RowKind.TOTAL
    return RowKind.SUBTOTAL if SUBTOTAL.fullmatch(first) else None


def _with_description(cells: Cells, said: str, sequence: int | None) -> RowKind:
    number = cells[0][1] if sequence is None else next((text for column, text in cells if column == sequence), "")
    if EXAMPLE.match(compact(said)) or EXAMPLE.match(compact(number)):
        return RowKind.EXAMPLE
    return RowKind.DATA


def _without_description(cells: Cells, description: int | None) -> RowKind:
    words = [compact(text) for _, text in cells]
    if all(PAGE.match(word) for word in words):
        return RowKind.PAGE
    if NOTE.match(words[0]):
        return RowKind.NOTE
    if len(cells) == 1 and cells[0][0] != description:
        return RowKind.GROUP if len(words[0]) <= LONGEST_GROUP else RowKind.NOTE
    return RowKind.DATA


def _is_number(text: str) -> bool:
    return compact(text).replace("-", "").replace(".", "").isdigit()
