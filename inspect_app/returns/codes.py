"""The codes of an importer and what they say; scripts rely on the codes, people read the sentences."""

from collections.abc import Mapping

from inspect_app.core.labels import mark

PROBLEMS: Mapping[str, str] = {
    "E_CELL_ERROR": mark("“%(column)s”是公式错误值或没有结果的公式（%(value)s）。请改为实际内容后再报。"),
    "E_REQUIRED_DESC": mark("“%(column)s”为空。请补填隐患描述。"),
    "E_REQUIRED_UNIT": mark("“%(column)s”为空。请补填整改责任单位。"),
    "E_REGION_SCOPE": mark("“%(column)s”填的是“%(value)s”，属于其他县（市、区）。请核对所属乡镇，或由所在县上报。"),
    "E_DATE_INVALID": mark("“%(column)s”填的“%(value)s”不是有效日期。请按 2024-06-07 的格式填写。"),
    "E_DATE_AMBIGUOUS": mark("“%(column)s”填的“%(value)s”无法确定是哪一天（6.1 可能是 1 日或 10 日）。请写全年月日。"),
    "E_DATE_RANGE": mark("“%(column)s”填的“%(value)s”超出合理范围（晚于报送日期，或过早、过远）。请核对年份。"),
    "E_DATE_ORDER": mark("“%(column)s”填的“%(value)s”早于发现日期。请核对两个日期。"),
    "E_LEVEL_UNKNOWN": mark("“%(column)s”填的“%(value)s”不在字典中。请填“一般”或“重大”。"),
    "E_STATUS_CONFLICT": mark("“%(column)s”填的“%(value)s”与完成日期矛盾：已有完成日期，却不是已整改。请核对。"),
    "E_KEY_UNKNOWN": mark("这一行隐藏的“%(column)s”被改动，无法对应到下发的隐患。请重新下载核对表，在原来的行里修改。"),
    "E_KEY_TWICE": mark("这一行是从别的行复制来的（%(value)s），分不清是修改还是新增。新增的隐患请在表末空行填写。"),
    "E_KEY_MIXED": mark(
        "这一行的隐患编号“%(value)s”与隐藏的“%(column)s”不是同一条，可能排序时没有选中整行。请恢复后再报。"
    ),
    "E_AMOUNT": mark("“%(column)s”填的“%(value)s”不是金额。请只填数字，单位为万元。"),
    "E_TOO_LONG": mark("“%(column)s”超过 4000 字。请精简后再报。"),
}
"""In the order in which one of several problems of a row is named first."""

WARNINGS: Mapping[str, str] = {
    "W_LEVEL_MISSING": mark("隐患等级为空。"),
    "W_STATUS_MISSING": mark("整改状态为空。"),
    "W_STATUS_UNKNOWN": mark("整改状态的文字无法判断，已留空。"),
    "W_STATUS_CLOSED": mark("报表不能销号：写“已销号”的按已整改、待复查处理。"),
    "W_DATE_TEXT": mark("日期为文字说明，已留空。"),
    "W_DATE_INCOMPLETE": mark("日期不完整，已留空。"),
    "W_DATE_INFERRED": mark("日期没有年份，年份按报送日期推断。"),
    "W_DATE_MONTH_END": mark("整改时限写的是月底，按当月最后一天导入。"),
    "W_MULTI_IN_CELL": mark("一个单元格内有多条隐患，按一条导入。请每条隐患写一行，才能分别整改和销号。"),
    "W_TOWNSHIP_UNKNOWN": mark("乡镇名称不在本县（市、区）名录内，按原文保留，请核对。"),
    "W_UNIT_FROM_SITE": mark("没有责任单位一栏，以被检查单位为责任单位。"),
    "W_COLUMN_GUESSED": mark("列名“%(columns)s”有错别字，按最接近的列导入，请核对。"),
    "W_TOTAL_MISMATCH": mark("第 %(row)s 行合计为 %(claimed)s 条，表中实有 %(counted)s 条，请核对。"),
    "W_SUMMARY_MISMATCH": mark("统计的条数与台账实有的不一致（表中≠实有）：%(figures)s。请核对是否漏报。"),
    "W_HIDDEN_SHEET": mark("有隐藏的工作表没有导入。如需上报，请取消隐藏后重新上传。"),
    "W_HIDDEN_ROWS": mark("有 %(count)s 个隐藏行，已一并导入，请核对。"),
    "W_PERIOD": mark("文件自己写的是 %(other)s 的情况，您选择的所属期是 %(period)s，请核对。"),
    "W_HIDDEN_COLUMNS": mark("列“%(columns)s”是隐藏的，已一并导入，请核对。"),
    "W_STRUCK": mark("文字上有删除线（可能表示已整改或作废），没有采信，按普通内容导入，请核对。"),
    "W_PICTURE": mark("这一行有图片，没有随台账导入。导入后可在报表页面把图片附到隐患上，或在隐患页面上传照片。"),
    "W_COMMENT": mark("单元格的批注已存为备注。"),
    "W_COLOURS": mark("行的底色没有当作整改状态（%(colours)s）。如果颜色表示已完成或超期，请写进“整改情况”一栏。"),
    "W_PICTURES_BESIDE": mark("第 %(rows)s 行有图片（如签名、印章），没有导入；被图片遮住的内容请核对。"),
    "W_COLUMN_UNKNOWN": mark("列“%(columns)s”没有认出，没有导入。请在“各列的含义”中说明一次，以后同样的表会照此导入。"),
    "W_COLUMN_CHOSEN": mark("按以前的说明读取：%(columns)s。"),
    "W_UNITS_SEVERAL": mark("责任单位一格写了几个单位，按原文保留。请把负主要责任的单位写在最前面。"),
    "W_TORN": mark("一半以上的行缺隐患描述或责任单位，表格可能从 Word、PDF 转来而错了位。请逐行核对后再导入。"),
    "W_EMPTIED": mark("有的格子被清空；空白不会清除系统中已有的内容。"),
    "W_TOWNSHIP_KEPT": mark("乡镇（街道）不能由报表修改，仍为系统中的乡镇。"),
    "W_ISSUED_MISSING": mark("下发的行有 %(count)s 条没有交回，这些隐患不作任何改变：%(references)s。"),
    "W_MACROS": mark("工作簿带有宏。系统不运行宏，只读取数据。"),
}

NOT_READ = mark("不导入")
NOT_A_LEDGER = mark("没有找到隐患台账的表头。台账至少要有“隐患描述”“责任单位”等列，请检查是否传错了文件。")
STATISTICS = mark("这是一张统计表，没有逐条的隐患，不能作为台账导入。请上报逐条填写的隐患台账。")
OTHER_COUNTY = mark("表头写的是“%(title)s”，不是%(county)s的报表，没有导入任何内容。请核对后上传本县（市、区）的台账。")
OTHER_ROWS = mark(
    "文件没有写明是哪个县（市、区）的，而 %(count)s 行（例如第 %(row)s 行）的乡镇或单位属于其他县（市、区），"
    "不像%(county)s的报表，没有导入任何内容。请核对后上传本县（市、区）的台账。"
)
ONLY_A_HEAD = mark("表格只有表头，没有填写任何隐患。如果本期没有隐患，请在隐患描述一栏写“无”，作为零报告上报。")
