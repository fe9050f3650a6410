"""What a plan says beside a row that it takes only in part, or not at all."""

from collections.abc import Mapping

from inspect_app.core.labels import Sentence, mark
from inspect_app.returns.rowkinds import RowKind

REMARKS: Mapping[str, str] = {
    "R_ENDED": mark("这条隐患已办结（%(state)s），只读；文件中的不同内容没有采用。"),
    "R_DUE_KEPT": mark("整改时限仍为 %(held)s，文件写的是 %(said)s。时限不能由报表修改，需要延期请在隐患页面申请。"),
    "R_STAGE": mark("“%(column)s”在现阶段不能由报表修改，没有采用文件中的“%(said)s”。"),
    "R_CHANGED_HERE": mark("“%(column)s”已在系统中修改过，没有采用文件中的“%(said)s”。确需更改的，请在隐患页面修改。"),
    "R_OLDER": mark(
        "“%(column)s”没有采用文件中的“%(said)s”：报送日期更晚的报表 %(newer)s 已经导入，旧报表不覆盖新内容。"
    ),
}
DOUBLED_IN_FILE = mark("与%(sheet)s第 %(row)s 行是同一条隐患，只导入前面一行。")
DOUBLED_HERE = mark(
    "可能与已登记的 %(reference)s 是同一条隐患，没有导入。确是另一条的，请写明区别后重新上报，或在隐患页面登记。"
)
KIND_LABELS: Mapping[str, str] = {
    RowKind.DATA: mark("数据行"),
    RowKind.TITLE: mark("标题"),
    RowKind.META: mark("填报信息"),
    RowKind.HEADER: mark("表头"),
    RowKind.UNIT_ROW: mark("单位行"),
    RowKind.INDEX_ROW: mark("列序号行"),
    RowKind.EXAMPLE: mark("示例行"),
    RowKind.GROUP: mark("分组标题"),
    RowKind.SUBTOTAL: mark("小计"),
    RowKind.TOTAL: mark("合计"),
    RowKind.NOTE: mark("说明文字"),
    RowKind.PAGE: mark("页码"),
    RowKind.ZERO_REPORT: mark("零报告"),
    RowKind.NUMBERED_BLANK: mark("只有序号的空行"),
    RowKind.BLANK: mark("空行"),
    RowKind.HIDDEN_SHEET: mark("隐藏工作表中的行"),
    RowKind.OTHER_SHEET: mark("非台账工作表中的行"),
    RowKind.OWN_SHEET: mark("系统附带的工作表中的行"),
}


def sentence_of(code: str, params: Mapping[str, str]) -> Sentence:
    """Return the sentence of a remark."""
    return Sentence(REMARKS[code], {name: value for name, value in params.items() if value})
