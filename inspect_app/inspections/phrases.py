"""The sentences that the fill page makes itself while it judges answers, in the language of the page.

They are those of `checklists` and `presenting`, where they are marked for translation; a test compares them with the
scripts in `static/fill`.
"""

from inspect_app.web.language import said

PHRASES = (
    "不涉及。",
    "这一项不能选“不涉及”。",
    "“%(numerator)s”不能大于“%(denominator)s”。",
    "“%(name)s”为 0，比率无从计算。",
    "日期“%(value)s”无效，请按 2026-03-01 的样子填写。",
    "日期 %(day)s 晚于检查日期 %(on)s。",
    "多选题的答案应为选项列表。",
    "这一项应填写文字。",
    "文字有 %(count)s 字，最多 %(most)s 字。",
    "“%(value)s”不能小于 0。",
    "“%(value)s”低于下限 %(minimum)s。",
    "“%(value)s”超过上限 %(maximum)s。",
    "“%(value)s”不是数字。",
    "“%(value)s”不是合理的数字。",
    "“%(value)s”的小数不能多于 %(places)s 位。",
    "“%(value)s”应为整数。",
    "没有“%(value)s”这个选项。",
    "未作答。",
    "回答“是”。",
    "回答“否”。",
    "选择“%(label)s”。",
    "填写：%(text)s",
    "记录为 %(value)s。",
    "%(value)s，要求在 %(low)s 至 %(high)s 之间。",
    "%(value)s，要求不低于 %(bound)s。",
    "%(value)s，要求不超过 %(bound)s。",
    "从未进行，或没有。",
    "记录为 %(day)s。",
    "%(day)s，距检查日 %(age)s 天，要求不超过 %(bound)s 天。",
    "%(day)s，距检查日 %(age)s 个月，要求不超过 %(bound)s 个月。",
    "%(all)s 项齐全。",
    "%(all)s 项中有 %(count)s 项，没有：%(missing)s。",
    "%(all)s 项中有 %(count)s 项，要求不少于 %(bound)s 项，没有：%(missing)s。",
    "没有可比较的数值。",
    "%(value)s %(unit)s，应不低于“%(name)s”的 %(other)s %(unit)s。",
    "%(value)s %(unit)s，应等于“%(name)s”的 %(other)s %(unit)s。",
    "选填项，未填写。",
    "附件",
    "备案回执",
    "文号",
    "现场照片",
    "运行记录",
    "重大隐患",
    "一般隐患",
    "缺少%(evidence)s。",
    "将生成 1 项改进提示",
    "将生成 1 项%(kind)s",
)


def phrases() -> dict[str, str]:
    """Return the templates that read otherwise in the language of this request, by the Chinese ones."""
    told = {each: said(each) for each in PHRASES}
    return {each: template for each, template in told.items() if template != each}
