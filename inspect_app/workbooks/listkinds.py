"""What the rows of a list are, also those that are no entries of it (domain reference §8, cases 5, 6, 7, 41, 43)."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from inspect_app.core.labels import Sentence, mark


class RowKind(StrEnum):
    """Why a row is passed over."""

    BLANK = "blank"
    ABOVE = "above"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"
    EXAMPLE = "example"
    OTHER_SHEET = "other_sheet"
    HIDDEN_SHEET = "hidden_sheet"


KIND_LABELS: Mapping[str, str] = {
    RowKind.BLANK: mark("空行"),
    RowKind.ABOVE: mark("表头上方的标题或说明"),
    RowKind.HEADER: mark("表头"),
    RowKind.TOTAL: mark("合计行"),
    RowKind.NOTE: mark("说明或落款"),
    RowKind.EXAMPLE: mark("样例行"),
    RowKind.OTHER_SHEET: mark("不是名册或台账的工作表"),
    RowKind.HIDDEN_SHEET: mark("隐藏的工作表"),
}


class Ignored(NamedTuple):
    """A row that is no entry."""

    sheet: str | None
    number: int
    kind: RowKind


class Notice(NamedTuple):
    """Something about a whole sheet that a person should see."""

    sheet: str | None
    sentence: Sentence


class Group(StrEnum):
    """Where a row of the file can stand."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATES = "duplicates"
    REFUSED = "refused"
    IGNORED = "ignored"


GROUP_LABELS: Mapping[str, str] = {
    Group.CREATE: mark("新登记"),
    Group.UPDATE: mark("更新"),
    Group.UNCHANGED: mark("不变"),
    Group.DUPLICATES: mark("重复"),
    Group.REFUSED: mark("不合格"),
    Group.IGNORED: mark("略过"),
}
TOTAL = re.compile(r"^(?:本页|全[市县区州]|累计)?(?:合计|小计|总计|共计)")
NOTE = re.compile(
    r"^(?:填[表报]说明|说明|备注|注|填[表报]单位|填[表报]人|制表人?|审核人?|联系电话|填[表报]日期)[：:0-9一]"
)
EXAMPLE = re.compile(r"^[（(【\[]?(?:示例|样例|范例|例如|例)[）)】\]：:]")
PAGE = re.compile(r"^第\s*\d+\s*页")


def kind_of(texts: Sequence[str], name: int | None) -> RowKind | None:
    """Return why a row is no entry, None for one that is taken as one; `name` is the column of the names."""
    said = [(column, text) for column, text in enumerate(texts) if text]
    if not said or all(text.isdigit() and column == 0 != name for column, text in said):
        return RowKind.BLANK
    first = said[0][1]
    if any(TOTAL.match(text.replace(" ", "")) for _column, text in said[:3]):
        return RowKind.TOTAL
    if NOTE.match(first) or (len(said) == 1 and PAGE.match(first)):
        return RowKind.NOTE
    named = texts[name] if name is not None and name < len(texts) else ""
    return RowKind.EXAMPLE if EXAMPLE.match(named) or EXAMPLE.match(first) else None
