"""What the word in the column `type` of a survey means."""

import re
from enum import StrEnum
from typing import NamedTuple

from inspect_app.core.labels import mark

SELECT = re.compile(
    r"^(?:add )?(?P<how>select_one|select one|select1|select_multiple|select all that apply|select multiple)"
    r"(?: prompt)?(?: from| using)? (?P<list>\S+)(?P<other> or[_ ](?:other|specify other))?$"
)


class Kind(StrEnum):
    """What a row of a survey is."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    ONE = "select_one"
    SOME = "select_multiple"
    NOTE = "note"
    IMAGE = "image"
    BEGIN = "begin_group"
    END = "end_group"
    REPEAT = "begin_repeat"
    END_REPEAT = "end_repeat"
    OTHER = "other"


NAMED = {
    **dict.fromkeys(("text", "string"), Kind.TEXT),
    **dict.fromkeys(("integer", "int"), Kind.INTEGER),
    "decimal": Kind.DECIMAL,
    "range": Kind.RANGE,
    "date": Kind.DATE,
    "note": Kind.NOTE,
    **dict.fromkeys(("image", "photo"), Kind.IMAGE),
    **dict.fromkeys(("begin_group", "begin group"), Kind.BEGIN),
    **dict.fromkeys(("end_group", "end group"), Kind.END),
    **dict.fromkeys(("begin_repeat", "begin repeat"), Kind.REPEAT),
    **dict.fromkeys(("end_repeat", "end repeat"), Kind.END_REPEAT),
}
AUTOMATIC = mark("由手机自动填写；系统自行记录时间、人员和修改经过。")
WHY_NOT = {
    "calculate": mark("系统不作计算，请改为检查员填写，或用评分规则代替。"),
    "geopoint": mark("系统在检查对象和照片中记录位置，检查表不另设定位题。"),
    "geotrace": mark("系统没有画线题。"),
    "geoshape": mark("系统没有画面题。"),
    "time": mark("系统没有时间题，如有需要请改为文字题。"),
    "datetime": mark("系统没有日期时间题，请改为日期题或文字题。"),
    "rank": mark("系统没有排序题，请改为几个单选题。"),
    "barcode": mark("系统没有扫码题；检查对象另有二维码标牌。"),
    "audio": mark("系统不收录音，请改传照片或附件。"),
    "background-audio": mark("系统不收录音，请改传照片或附件。"),
    "video": mark("系统不收录像，请改传照片或附件。"),
    "file": mark("请在检查项上设“附件”为必传证据。"),
    "acknowledge": mark("系统没有确认题，请改为是否题。"),
    "hidden": mark("系统没有隐藏题。"),
    "xml-external": mark("系统不读取外部数据。"),
    "csv-external": mark("系统不读取外部数据。"),
    "select_one_from_file": mark("系统不读取外部的选项表，请把选项写进 choices。"),
    "select_multiple_from_file": mark("系统不读取外部的选项表，请把选项写进 choices。"),
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"),
        AUTOMATIC,
    ),
}
UNKNOWN = mark("系统不认识这种题型。")


class Meaning(NamedTuple):
    """The kind of a row; for choices the name of their list, and whether an answer of one's own may be added."""

    kind: Kind
    choices: str = ""
    other: bool = False
    why_not: str = ""


def meaning_of(text: str) -> Meaning:
    """Tell what a row is; `why_not` is the sentence about a kind that a checklist does not have."""
    written = " ".join(text.split())
    if found := SELECT.match(written):
        kind = Kind.ONE if found["how"] in ("select_one", "select one", "select1") else Kind.SOME
        return Meaning(kind, found["list"], bool(found["other"]))
    name = written.lower()
    if name in NAMED:
        return Meaning(NAMED[name])
    return Meaning(Kind.OTHER, why_not=WHY_NOT.get(name.split(" ")[0], UNKNOWN))
