"""The columns of the sheet of items: their order, what each means, and the words that may stand in it."""

from dataclasses import dataclass
from enum import StrEnum

from inspect_app.checklists.workbook.words import (
    BAD_ANSWERS,
    DEADLINES,
    EVIDENCES,
    FIRSTS,
    FLAGS,
    SEVERITIES,
    TYPES,
)
from inspect_app.workbooks.headings import Headings

ITEM_TINT, ANSWER_TINT, PART_TINT = "CFE3E8", "E4F3EA", "FBF1DD"
FLAG_CHOICES = FLAGS.choices


class Key(StrEnum):
    """A column by name."""

    CODE = "code"
    SECTION = "section"
    TEXT = "text"
    GUIDANCE = "guidance"
    TYPE = "type"
    BAD_ANSWER = "bad_answer"
    NA = "na"
    WEIGHT = "weight"
    SEVERITY = "severity"
    VETO = "veto"
    DEADLINE = "deadline"
    DAYS = "days"
    FIRST = "first"
    EVIDENCE = "evidence"
    BASES = "bases"
    UNIT = "unit"
    DECIMALS = "decimals"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ZERO_AT = "zero_at"
    PARTIAL = "partial"
    RULES = "rules"
    OPTIONS = "options"
    PASSING = "passing"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MAY_EXCEED = "may_exceed"
    MAX_LENGTH = "max_length"
    REQUIRED = "required"
    LOCKED = "locked"
    RELEVANT = "relevant"
    PART = "part"
    LABEL = "label"
    SHARE = "share"
    GATE = "gate"
    PART_VETO = "part_veto"
    COMPARED = "compared"
    SECTION_CODE = "section_code"


@dataclass(frozen=True)
class Column:
    """One column; `needed` says in Chinese when it must be filled, `others` are headings that are understood too."""

    key: Key
    heading: str
    width: int
    advice: str
    needed: str = ""
    choices: tuple[str, ...] = ()
    strict: bool = True
    tint: str = ITEM_TINT
    others: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The headings that are understood, as `workbooks.headings` wants them."""
        return " ".join((self.heading, *self.others))


def _answer(key: Key, heading: str, width: int, advice: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(key, heading, width, advice, choices=choices, tint=ANSWER_TINT)


def _part(key: Key, heading: str, width: int, advice: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(key, heading, width, advice, choices=choices, tint=PART_TINT)


COLUMNS = (
    Column(Key.CODE, "编号", 11, "检查项编号，如 C03-01。几问的每行都写同一编号。", "每项必填", others=("检查项编号",)),
    Column(Key.SECTION, "分节", 14, "平板上一页为一节。与上一行相同可以不写。", "第一项必填", others=("章节", "分类")),
    Column(Key.TEXT, "检查内容", 42, "向检查员提的问题，用问句。", "每项必填", others=("检查项", "检查事项", "问题")),
    Column(Key.GUIDANCE, "检查要点", 36, "一句话告诉检查员看什么、怎么算。", others=("检查方法", "填写说明")),
    Column(Key.TYPE, "答案类型", 9, "从列表中选。一项有几问时每问一行。", "每行必填", TYPES.choices, others=("题型",)),
    Column(Key.BAD_ANSWER, "不合格答案", 9, "答“是”还是答“否”为不合格。", "是否题", BAD_ANSWERS.choices),
    Column(Key.NA, "可答不涉及", 8, "允许回答“不涉及”的写“是”。", choices=FLAG_CHOICES),
    Column(Key.WEIGHT, "分值", 7, "大于 0 的数字，全表合计 100；只作记录的题写 0。", "每项必填"),
    Column(Key.SEVERITY, "等级", 10, "不合格时记为哪一级。", "每项必填", SEVERITIES.choices, others=("隐患等级",)),
    Column(Key.VETO, "否决", 6, "本项不合格即整表不合格的写“是”。", choices=FLAG_CHOICES, others=("一票否决",)),
    Column(Key.DEADLINE, "期限方式", 10, "整改期限怎样定。", "每项必填", DEADLINES.choices, others=("整改期限",)),
    Column(Key.DAYS, "期限天数", 7, "按天数、按治理方案时写天数，其他不写。", "按天数、按治理方案"),
    Column(Key.FIRST, "先期措施", 13, "整改之前必须先做的事。", choices=FIRSTS.choices),
    Column(
        Key.EVIDENCE, "证据", 12, "必须上传的材料，几种用顿号隔开，如：现场照片、文号。",
        choices=EVIDENCES.choices, strict=False, others=("必传证据", "必传"),
    ),
    Column(
        Key.BASES, "依据", 26, "一行一条：依据代码 空格 条款，如 REG-744 第二十一条。代码见“依据”表。",
        strict=False, others=("法律依据", "检查依据"),
    ),
    _answer(Key.UNIT, "单位", 7, "数值题的计量单位；日期题写“天”或“月”，即距今按什么算。"),
    _answer(Key.DECIMALS, "小数位数", 6, "数值题、比率题最多几位小数，不写为整数。"),
    _answer(Key.MINIMUM, "最小值", 7, "数值题能填的最小数，不写为 0。"),
    _answer(Key.MAXIMUM, "最大值", 7, "数值题能填的最大数，不写为不限。"),
    _answer(Key.AT_LEAST, "不低于", 8, "合格线：数值、比率（0.95 或 95%）、多选的个数不低于多少。"),
    _answer(Key.AT_MOST, "不高于", 8, "合格线：数值、比率、距今的天数或月数不高于多少。"),
    _answer(Key.ZERO_AT, "零分点", 7, "达到这个数得 0 分，在它和合格线之间按比例得分。"),
    _answer(Key.PARTIAL, "折算给分", 7, "达不到合格线时是否按比例给分，不写为“是”。", FLAG_CHOICES),
    _answer(Key.RULES, "多种口径", 30, "一行一种：代码=名称 | 不低于 9 | 零分点 0 | 不折算。检查员作答时选其中一种。"),
    _answer(Key.OPTIONS, "选项", 26, "单选、多选题：一行一个，代码=名称。代码用字母或数字，以后不要改。"),
    _answer(Key.PASSING, "合格选项", 10, "单选题中合格的选项代码，几个用顿号隔开；不写则只作记录。"),
    _answer(Key.NUMERATOR, "分子名称", 14, "比率题必填，如：已鉴定的栋数。"),
    _answer(Key.DENOMINATOR, "分母名称", 14, "比率题必填，如：应鉴定的栋数。"),
    _answer(Key.MAY_EXCEED, "可大于分母", 8, "分子可以大于分母的比率题写“是”。", FLAG_CHOICES),
    _answer(Key.MAX_LENGTH, "字数上限", 7, "文字题最多几个字，不写为 500。"),
    Column(Key.REQUIRED, "是否必答", 7, "选填的写“否”，不写为必答。", choices=FLAG_CHOICES, others=("必答",)),
    Column(Key.LOCKED, "是否锁定", 7, "下级不得改动的写“是”。", choices=FLAG_CHOICES, others=("锁定",)),
    Column(
        Key.RELEVANT, "显示条件", 26,
        "前面某项怎样回答才问这一项，一行一个，都要满足：C03-02=是；C03-02/甲=a、b；C03-05>=3 且 <=5。",
    ),
    _part(Key.PART, "部分编号", 8, "一项有几问时每问一行，各写一个编号，如 held。"),
    _part(Key.LABEL, "部分名称", 16, "这一问的名称。"),
    _part(Key.SHARE, "部分占比", 7, "这一问占本项分值的几成，各问合计为 1；只作记录的写 0。"),
    _part(Key.GATE, "前提", 6, "是否题：不合格则其他各问不用再答的写“是”。", FLAG_CHOICES),
    _part(Key.PART_VETO, "部分否决", 7, "仅这一问不合格就整表不合格的写“是”。", FLAG_CHOICES),
    _part(Key.COMPARED, "与部分比较", 14, "数值题和本项另一问相比：写“不低于 部分编号”或“等于 部分编号”。"),
    Column(Key.SECTION_CODE, "分节编号", 9, "可以不写，由系统编号；导出的请保留。"),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
HEADINGS = Headings({column.key: column.names for column in COLUMNS})
ITEMS, BASICS, BASES, HELP = "检查项", "基本信息", "依据", "填写说明"


class Basic(StrEnum):
    """A line of the sheet of basic data."""

    CODE = "code"
    VERSION = "version"
    TITLE = "title"
    CHECKED = "checked"
    CHECKERS = "checkers"
    PASS_MARK = "pass_mark"  # noqa: S105 - the marks for passing
    OBJECTS = "objects"


@dataclass(frozen=True)
class Line:
    """One line of the sheet of basic data: heading, advice, and other headings that are understood."""

    heading: str
    advice: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The headings that are understood, as `workbooks.headings` wants them."""
        return " ".join((self.heading, *self.others))


LINES = {
    Basic.CODE: Line("编号", "检查表编号：字母、数字和短横，最多 20 个字符。", ("检查表编号",)),
    Basic.VERSION: Line("版本", "导出时的版本号，导入时由系统另编，可以不写。", ("版本号",)),
    Basic.TITLE: Line("名称", "检查表名称。", ("检查表名称", "标题")),
    Basic.CHECKED: Line("查谁", "被检查的单位或人。", ("检查对象", "被检查单位")),
    Basic.CHECKERS: Line("主检", "由谁检查。", ("检查单位", "检查部门")),
    Basic.PASS_MARK: Line("合格线", "得多少分为合格，0 至 100。", ("合格分",)),
    Basic.OBJECTS: Line("适用类别", "用于哪些类别的检查对象：写类别代码，用顿号隔开。", ("适用对象类别",)),
}  # fmt: skip
BASIC_HEADINGS = Headings({key: line.names for key, line in LINES.items()})
