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
    "W_MULTI_IN_CELL": mark("一个单元格内有多条隐患，按一条导入。"),
    "W_TOWNSHIP_UNKNOWN": mark("乡镇名称不在本县（市、区）名录内，按原文保留，请核对。"),
    "W_UNIT_FROM_SITE": mark("没有责任单位一栏，以被检查单位为责任单位。"),
    "W_COLUMN_GUESSED": mark("列名“%(columns)s”有错别字，按最接近的列导入，请核对。"),
    "W_TOTAL_MISMATCH": mark("第 %(row)s 行合计为 %(claimed)s 条，表中实有 %(counted)s 条，请核对。"),
    "W_HIDDEN_SHEET": mark("有隐藏的工作表没有导入。如需上报，请取消隐藏后重新上传。"),
    "W_HIDDEN_ROWS": mark("有 %(count)s 个隐藏行，已一并导入，请核对。"),
    "W_MACROS": mark("工作簿带有宏。系统不运行宏，只读取数据。"),
}

NOT_A_LEDGER = mark("没有找到隐患台账的表头。台账至少要有“隐患描述”“责任单位”等列，请检查是否传错了文件。")
STATISTICS = mark("这是一张统计表，没有逐条的隐患，不能作为台账导入。请上报逐条填写的隐患台账。")
OTHER_COUNTY = mark("表头写的是“%(title)s”，不是%(county)s的报表，没有导入任何内容。请核对后上传本县（市、区）的台账。")
ONLY_A_HEAD = mark("表格只有表头，没有填写任何隐患。如果本期没有隐患，请在隐患描述一栏写“无”，作为零报告上报。")
