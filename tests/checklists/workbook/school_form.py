"""A school safety survey as somebody writes it after the public documentation of XLSForm, with what we cannot hold."""

from collections.abc import Sequence
from pathlib import Path

from inspect_app.workbooks.compose import PlainSheet, compose

SURVEY_HEAD = (
    "type", "name", "label::English (en)", "label::中文 (zh)", "hint::中文 (zh)", "required", "relevant", "constraint",
    "constraint_message::中文 (zh)", "default", "appearance", "calculation", "parameters",
)  # fmt: skip
SURVEY: Sequence[Sequence[str]] = (
    ("start", "start"),
    ("begin_group", "basic", "Basics", "基本情况"),
    ("note", "intro", "Ask the head first.", "先向校长了解情况。"),
    ("text", "school", "Name", "学校名称", "与公章一致", "yes", "", "string-length(.) < 60"),
    ("integer", "pupils", "Pupils", "在校学生多少人？", "", "yes", "", ". >= 0 and . <= 20000", "请核对人数", "0"),
    ("decimal", "area", "Area", "校舍面积多少平方米？", "", "", "", ". > 0"),
    ("select_one kind or_other", "kind", "Kind", "学校是哪一类？", "", "yes"),
    ("geopoint", "place", "Place", "学校位置"),
    ("end_group",),
    ("begin group", "building", "Buildings", "校舍", "", "", "${pupils} >= 1"),
    ("select_one yn", "checked", "Checked?", "是否做过抗震鉴定？", "看盖章的报告", "yes"),
    ("date", "checked_on", "When?", "鉴定日期", "", "yes", "${checked} = 'yes'", ". <= today()"),
    ("select_one yn_na", "lab", "Lab?", "实验室药品柜是否固定？", "", "true()", "", "", "", "", "minimal"),
    ("image", "lab_photo", "Photo", "拍一张照片", "", "", "${lab} = 'no'"),
    (
        "select_multiple exits",
        "blocked",
        "Blocked?",
        "哪些出口被堵？",
        "",
        "",
        "${checked} = 'yes' or ${checked} = 'no'",
    ),
    (
        "select_one yn",
        "cleared",
        "Cleared?",
        "是否已当场清理？",
        "",
        "",
        "selected(${blocked}, 'east') and ${pupils} > 50",
    ),
    ("range", "grade", "Grade", "疏散秩序打几分？", "", "", "", "", "", "", "", "", "start=1 end=5 step=1"),
    ("calculate", "per_head", "", "", "", "", "", "", "", "", "", "${area} div ${pupils}"),
    ("begin_repeat", "rooms", "Rooms", "教室"),
    ("integer", "seats", "Seats", "座位数"),
    ("end_repeat",),
    ("end group",),
    ("rank exits", "order", "Order", "出口排序"),
    ("barcode", "tag", "Tag", "扫码"),
    ("audio", "voice", "Voice", "录音"),
    ("select_one yn", "drill", "Drill?", "本学期是否演练？", "", "yes", "not(${checked} = 'no')"),
    ("select_one yn", "odd", "Odd?", "有无异常？", "", "${drill} = 'yes'", "${pupils} > 1 or ${drill} = 'no'"),
    ("acknowledge", "sure", "Sure", "以上属实"),
    ("weather", "sky", "Sky", "天气"),
    ("note", "thanks", "Thanks", "谢谢。"),
)
CHOICES: Sequence[Sequence[str]] = (
    ("list_name", "name", "label::English (en)", "label::中文 (zh)", "media::image"),
    ("yn", "yes", "Yes", "是"),
    ("yn", "no", "No", "否"),
    ("yn_na", "1", "Yes", "是"),
    ("yn_na", "0", "No", "否"),
    ("yn_na", "9", "Not applicable", "不适用"),
    ("kind", "primary", "Primary", "小学"),
    ("kind", "middle", "Middle", "中学"),
    ("exits", "east", "East", "东门", "east.png"),
    ("exits", "west", "West", "西门"),
    ("exits", "west", "West again", "西门二"),
)
SETTINGS: Sequence[Sequence[str]] = (
    ("form_title", "form_id", "version", "default_language", "style"),
    ("学校安全调查", "school_safety", "2026010101", "English (en)", "pages"),
)


def write_form(path: Path) -> Path:
    """Write the form as a workbook."""
    rows = (SURVEY_HEAD, *SURVEY)
    compose(path, [PlainSheet("survey", rows), PlainSheet("choices", CHOICES), PlainSheet("settings", SETTINGS)])
    return path
