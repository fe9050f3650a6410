"""The columns of a hazard ledger, and the names under which counties write them (domain reference §8.1)."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from inspect_app.core.labels import mark


class Field(StrEnum):
    """What a column of a ledger can mean. `OTHER` is a column that is known and not imported."""

    TOWNSHIP = "township"
    SITE = "site"
    DESCRIPTION = "description"
    GRADE = "grade"
    FOUND_ON = "found_on"
    RESPONSIBLE_UNIT = "responsible_unit"
    RESPONSIBLE_PERSON = "responsible_person"
    MEASURES = "measures"
    DUE_ON = "due_on"
    STATUS = "status"
    DONE_ON = "done_on"
    SEQUENCE = "sequence"
    REFERENCE = "reference"
    COUNTY = "county"
    TICK_GENERAL = "tick_general"
    TICK_MAJOR = "tick_major"
    TICK_OPEN = "tick_open"
    TICK_RECTIFYING = "tick_rectifying"
    TICK_RECTIFIED = "tick_rectified"
    OTHER = "other"


CORE = tuple(Field)[:11]
DATES = (Field.FOUND_ON, Field.DUE_ON, Field.DONE_ON)
FILLED_DOWN = (Field.TOWNSHIP, Field.SITE, Field.RESPONSIBLE_UNIT, Field.RESPONSIBLE_PERSON, Field.COUNTY)
"""Columns where a vertical merge, or a ditto, speaks for the rows below; a date never does."""

TICKS: Mapping[Field, tuple[Field, str]] = {
    Field.TICK_GENERAL: (Field.GRADE, "一般"),
    Field.TICK_MAJOR: (Field.GRADE, "重大"),
    Field.TICK_OPEN: (Field.STATUS, "未整改"),
    Field.TICK_RECTIFYING: (Field.STATUS, "整改中"),
    Field.TICK_RECTIFIED: (Field.STATUS, "已整改"),
}

LABELS: Mapping[Field, str] = {
    Field.TOWNSHIP: mark("乡镇（街道）"),
    Field.SITE: mark("被检查单位"),
    Field.DESCRIPTION: mark("隐患描述"),
    Field.GRADE: mark("隐患等级"),
    Field.FOUND_ON: mark("发现日期"),
    Field.RESPONSIBLE_UNIT: mark("责任单位"),
    Field.RESPONSIBLE_PERSON: mark("整改责任人"),
    Field.MEASURES: mark("整改措施"),
    Field.DUE_ON: mark("整改时限"),
    Field.STATUS: mark("整改情况"),
    Field.DONE_ON: mark("完成日期"),
    Field.COUNTY: mark("县（市、区）"),
}

SYNONYMS: Mapping[Field, str] = {
    Field.TOWNSHIP: "乡镇街道 乡镇 所属乡镇 所在乡镇 属地 辖区 所属辖区 所属乡镇街道 所在乡镇街道 乡镇场街道 乡镇街道场 镇街 所属镇街 "
    "镇街道 街道乡镇 街道 所属街道 所在街道 所在镇 所属镇 乡镇名称 属地乡镇 属地乡镇街道 行政区划 所属区划 所属区域 所属地 所在地 所在区域 区域",
    Field.SITE: "被检查单位 被检单位 受检单位 隐患单位 隐患所在单位 被检查单位名称 被检单位名称 受检单位名称 隐患单位名称 企业单位名称 企业名称 "
    "单位名称 检查对象 被检查对象 被检对象 受检对象 检查对象名称 场所名称 单位场所名称 企业场所名称 存在隐患单位 存在隐患单位名称 "
    "企业项目名称 项目名称 点位名称 隐患点名称 隐患场所 检查点位 检查场所 单位或场所名称 企业单位 生产经营单位 生产经营单位名称",
    Field.DESCRIPTION: "隐患描述 问题描述 存在问题 存在的问题 存在的问题隐患 存在问题隐患 存在问题及隐患 存在的问题及隐患 问题隐患 问题及隐患 "
    "隐患内容 问题内容 隐患具体情况 隐患情况 隐患问题 隐患及问题 问题和隐患 存在的隐患 存在隐患 存在安全隐患 存在的安全隐患 安全隐患 风险隐患 "
    "风险隐患描述 隐患问题描述 问题隐患描述 问题隐患内容 隐患问题内容 隐患具体内容 具体问题 具体隐患 主要问题 主要隐患 存在的主要问题 "
    "存在主要问题 发现问题 发现的问题 发现隐患 发现的隐患 检查发现的问题 检查发现问题 检查发现的主要问题 检查发现的隐患 排查发现的问题 "
    "排查出的隐患 检查地点存在问题及隐患 问题隐患具体情况 隐患详情 隐患事项 隐患名称 安全隐患描述 安全隐患内容 主要问题隐患 存在主要问题隐患",
    Field.GRADE: "隐患等级 隐患级别 级别 等级 隐患分级 问题等级 问题级别 隐患程度 影响程度 隐患等级划分 事故隐患等级 事故隐患级别",
    Field.FOUND_ON: "发现日期 发现时间 检查日期 检查时间 排查日期 排查时间 隐患发现时间 隐患发现日期 隐患排查时间 隐患排查日期 查出时间 "
    "查出日期 发现隐患时间 排查发现时间 检查发现时间 检查发现日期 督查时间 督查日期 自查时间 自查日期 问题发现时间 问题发现日期",
    Field.RESPONSIBLE_UNIT: "整改责任单位 责任单位 整改单位 整改责任主体 责任主体 整改主体 具体责任单位 主体责任单位 整改责任部门 责任部门 "
    "隐患责任单位 整改落实单位 整改责任单位名称 责任单位名称 整改单位名称 产权单位",
    Field.RESPONSIBLE_PERSON: "整改责任人 责任人 责任人姓名 整改责任人姓名 整改第一责任人 整改负责人 负责人 具体责任人 单位责任人 直接责任人 "
    "整改人 责任人员 整改责任人员 负责人姓名 责任人及电话 责任人及联系电话 责任人及联系方式 整改责任人及电话 整改责任人及联系电话 整改责任人及联系方式",
    Field.MEASURES: "整改措施 治理措施 整改措施及要求 整改要求 整改治理措施 具体整改措施 细化的整改措施 拟采取措施 拟采取的措施 采取措施 采取的措施 "
    "整改要求及措施 整改内容 整改办法 整改方案 整改建议 处理措施 防范措施 防控措施 措施 整改防范措施 已采取的整改措施 整改措施和要求 整改意见",
    Field.DUE_ON: "整改时限 整改期限 完成时限 整改完成时限 整改完成期限 计划完成时间 计划完成日期 要求完成时间 要求完成日期 整改限期 限期整改时间 "
    "限期整改日期 整改截止日期 整改截止时间 规定完成时间 拟完成时间 拟完成日期 预计完成时间 预计完成日期 应完成时间 应完成日期 完成期限 期限 时限 "
    "限期 计划整改完成时间 计划整改完成日期 计划整改时间 拟整改完成时间 整改到期日 整改时限要求 对应的完成时间 限改日期 限改时间 整改最后期限",
    Field.STATUS: "整改情况 整改状态 完成情况 整改结果 整改进展 整改进度 整改完成情况 整改进展情况 整改落实情况 落实情况 进展情况 目前进展 "
    "隐患状态 状态 办理情况 是否整改 是否完成 是否整改完成 是否完成整改 是否已完成整改 是否已整改 是否整改到位 整改是否完成 闭环情况 是否闭环 "
    "治理情况 整改效果 销号情况 是否销号",
    Field.DONE_ON: "完成时间 完成日期 实际完成时间 实际完成日期 整改完成时间 整改完成日期 实际整改完成时间 实际整改完成日期 整改实际完成时间 "
    "整改实际完成日期 实际整改时间 实际整改日期 完成整改时间 完成整改日期 已完成时间 整改完毕时间 整改完毕日期 办结时间 办结日期 销号时间 销号日期",
    Field.SEQUENCE: "序号 编号 序 顺序号 行号 no 项次",
    Field.REFERENCE: "隐患编号 隐患编码 问题编号 问题编码 台账编号 系统编号 隐患唯一编号",
    Field.COUNTY: "县区 县市区 县市 所属县区 所属县市区 所在县区 行政区 区县",
    Field.TICK_GENERAL: "一般 一般隐患 一般事故隐患",
    Field.TICK_MAJOR: "重大 重大隐患 重大事故隐患",
    Field.TICK_OPEN: "未整改 未完成 尚未整改",
    Field.TICK_RECTIFYING: "整改中 正在整改",
    Field.TICK_RECTIFIED: "已整改 已完成 整改完毕",
    Field.OTHER: "类别 行业 行业领域 所属行业 隐患类别 隐患类型 问题类别 问题类型 隐患分类 对象类别 备注 说明 其他 检查人 检查人员 排查人员 检查组 "
    "检查单位 排查单位 发现单位 检查类型 检查方式 检查批次 隐患来源 问题来源 联系电话 联系方式 联系人 电话 手机 手机号 手机号码 整改资金 资金 "
    "整改金额 投入资金 资金投入 资金来源 牵头单位 牵头部门 牵头督办单位 配合单位 配合部门 协办单位 督办单位 督办人 督办人员 督办责任人 监管单位 "
    "监管部门 监管责任单位 行业主管部门 主管部门 行业监管部门 验收人 验收人员 验收单位 验收时间 验收日期 验收情况 复查人 复查人员 复查时间 "
    "复查日期 复查情况 复查结论 核查人 责任领导 整改责任领导 分管领导 包保领导 包抓领导 经度 纬度 东经 北纬 地址 详细地址 单位地址 位置 部位 "
    "隐患部位 隐患部位地址 隐患地点 隐患位置 照片 整改前照片 整改后照片 佐证材料 附件 是否挂牌 挂牌层级 是否逾期 是否超期 超期天数 延期次数 "
    "延期后时限 填表人 审核人 填报人 填报单位 填报时间 填报日期 判定依据 法规依据 依据 整改预案 应急预案 临时管控 管控措施 临时管控应急预案 "
    "是否回头看 回头看日期 是否反弹 销号审批人 整改时间 整改标准 整改目标",
}

MARKS = re.compile(r"^[\s*★☆●·]+|^(?:[(（]?\d{1,2}[)）.、]|[①-⑳])+|[\s*：:]+$")
BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
NOT_WORD = re.compile(r"[\W_]+")
FUZZY_FROM = 4
LONGEST = 24


class Match(NamedTuple):
    """What a heading means; a lower rank is the more usual name, `sure` is False for a misspelt one."""

    field: Field
    rank: int
    sure: bool = True


KNOWN: Mapping[str, Match] = {
    name: Match(field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names.split())
}


def heading_key(text: str) -> str:
    """A heading without numbering, stars, white space and punctuation: "①整改 措施*" is "整改措施"."""
    return NOT_WORD.sub("", MARKS.sub("", unicodedata.normalize("NFKC", text))).lower()


@lru_cache(maxsize=4096)
def match_heading(text: str) -> Match | None:
    """The field a heading names: as it stands, without what stands in brackets, or with one letter wrong."""
    key = heading_key(text)
    if not key or len(key) > LONGEST:
        return None
    outside = heading_key(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    return KNOWN.get(key) or KNOWN.get(outside) or _misspelt(key) or _misspelt(outside)


def match_path(path: tuple[str, ...]) -> Match | None:
    """The field of a heading under its group headings: "检查情况" above "时间" is the day of finding."""
    leaf = match_heading(path[-1])
    for group in reversed(path[:-1]):
        if leaf:
            break
        leaf = match_heading(group + path[-1]) or match_heading(group.removesuffix("情况") + path[-1])
    return leaf


def _misspelt(key: str) -> Match | None:
    if len(key) < FUZZY_FROM:
        return None
    near = {
        match.field: match for name, match in KNOWN.items() if len(name) >= FUZZY_FROM and _one_letter_off(key, name)
    }
    if len(near) != 1:
        return None
    (match,) = near.values()
    return match._replace(sure=False, rank=match.rank + 100)


def _one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
