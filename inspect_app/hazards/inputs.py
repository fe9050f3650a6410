"""The facts that steps ask for: label and kind of each. Forms are drawn from this table, facts checked against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.words import ACCEPTANCE_PAPERS, PLAN_PARTS, VACATED, Grade, MeasureType

LONGEST_TEXT = 4000
RICHEST = Decimal(10) ** 10
ROUND = 180


class Kind(StrEnum):
    """What sort of value a fact has: line and text are str, money is 万元 as Decimal, people and person user keys.

    Paper and vacated are keys of `words.ACCEPTANCE_PAPERS` and `words.VACATED`; changes map a column to its plain
    values before and after.
    """

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    YES_NO = "yes_no"
    MEASURE = "measure"
    GRADE = "grade"
    DEGREES = "degrees"
    PEOPLE = "people"
    PERSON = "person"
    PAPER = "paper"
    VACATED = "vacated"
    CHANGES = "changes"


@dataclass(frozen=True)
class Input:
    """One fact: its label, its kind, and a hint for whoever fills it in."""

    label: str
    kind: Kind
    hint: str = ""


PLAN_HINTS: Mapping[str, str] = {
    "plan_goal": mark("治理到什么程度、以什么为完成标准。"),
    "plan_methods": mark("采取哪些工程或管理措施，先后顺序。"),
    "plan_funds": mark("经费多少、从哪里来，需要哪些物资。"),
    "plan_people": mark("由哪个机构负责，哪些人做什么。"),
    "plan_schedule": mark("分几个阶段，各在哪一天前完成。"),
    "plan_safety": mark("治理期间怎样保证安全，出现险情怎样处置。"),
}

INPUTS: Mapping[str, Input] = {
    "due_on": Input(mark("整改时限"), Kind.DAY),
    "requirement": Input(mark("整改要求"), Kind.TEXT),
    "supervising_unit_name": Input(mark("牵头督办单位"), Kind.LINE),
    "supervising_person": Input(mark("督办责任人"), Kind.LINE),
    "measures": Input(mark("整改措施"), Kind.TEXT, mark("写明做什么、怎么做，不能只写“已要求整改”。")),
    "fund_amount": Input(mark("整改资金（万元）"), Kind.MONEY, mark("不需要资金的填 0。")),
    "responsible_leader": Input(mark("整改责任领导"), Kind.LINE),
    "interim_control": Input(mark("临时管控措施"), Kind.TEXT),
    "treatment_plan": Input(mark("治理方案"), Kind.TEXT, mark("写明分几步做、谁来做、何时做完；有附件的注明。")),
    **{name: Input(label, Kind.TEXT, PLAN_HINTS[name]) for name, label in PLAN_PARTS.items()},
    "extend_to": Input(mark("申请延期至"), Kind.DAY),
    "reason": Input(mark("理由"), Kind.TEXT),
    "progress": Input(mark("整改完成情况"), Kind.TEXT),
    "measure_type": Input(mark("治理方式"), Kind.MEASURE),
    "photo_explanation": Input(
        mark("照片说明"), Kind.TEXT, mark("照片在交办前拍摄，或拍摄地点离检查对象较远时，写明原因。")
    ),
    "vacated_by": Input(mark("搬迁后原址"), Kind.VACATED, mark("避让搬迁必填，并上传证明材料。")),
    "pause_until": Input(mark("停止计时至"), Kind.DAY, mark("该日起恢复计时；时限顺延停止计时的天数。")),
    "recheckers": Input(
        mark("复查人员"), Kind.PEOPLE, mark("至少两人，不能是整改单位的人和报告整改完成的人，登记人须在其中。")
    ),
    "finding": Input(mark("复查意见"), Kind.TEXT),
    "accepted_by_unit": Input(mark("验收单位"), Kind.LINE),
    "acceptance_paper": Input(
        mark("验收依据"), Kind.PAPER, mark("工程治理类须为检测、鉴定报告或竣工验收意见，并上传材料。")
    ),
    "acceptance": Input(mark("验收意见"), Kind.TEXT, mark("检测、鉴定或竣工验收的结论和文号。")),
    "consent": Input(mark("督办单位书面同意"), Kind.TEXT, mark("重大隐患必填：文号或意见。")),
    "review_on": Input(mark("下次复核日期"), Kind.DAY),
    "standby_forces": Input(
        mark("预置抢险队伍和设备"), Kind.TEXT, mark("队伍名称、人数、联系人，机械和器材的种类、数量、存放地点。")
    ),
    "parts": Input(mark("拆分为"), Kind.TEXT, mark("一行写一条，写明各条的问题描述，至少两条。")),
    "corrections": Input(mark("更正内容"), Kind.CHANGES),
    "to_unit": Input(mark("移送单位"), Kind.LINE),
    "merged_into": Input(mark("并入的隐患编号"), Kind.LINE),
    "second_signer": Input(mark("第二签署人"), Kind.PERSON),
    "rebounded": Input(mark("是否反弹"), Kind.YES_NO),
    "note": Input(mark("说明"), Kind.TEXT),
}


COLUMNS: Mapping[str, Input] = {
    "description": Input(mark("问题描述"), Kind.TEXT),
    "grade": Input(mark("隐患等级"), Kind.GRADE),
    "native_grade": Input(mark("行业原始级别"), Kind.LINE, mark("如房屋 C、D 级，三类坝，四五类桥。")),
    "hazard_kind": Input(mark("隐患类别"), Kind.LINE),
    "found_on": Input(mark("发现日期"), Kind.DAY),
    "basis": Input(mark("判定依据"), Kind.TEXT),
    "site_name": Input(mark("检查对象"), Kind.LINE),
    "location": Input(mark("隐患部位或地址"), Kind.LINE),
    "longitude": Input(mark("经度"), Kind.DEGREES),
    "latitude": Input(mark("纬度"), Kind.DEGREES),
    "responsible_unit_name": Input(mark("责任单位"), Kind.LINE),
    "responsible_person": Input(mark("整改责任人"), Kind.LINE),
    "responsible_leader": Input(mark("整改责任领导"), Kind.LINE),
    "measures": Input(mark("整改措施"), Kind.TEXT, mark("写明做什么、怎么做，不能只写“已要求整改”。")),
    "measure_type": Input(mark("治理方式"), Kind.MEASURE),
    "fund_amount": Input(mark("整改资金（万元）"), Kind.MONEY, mark("不需要资金的填 0。")),
    "fund_source": Input(mark("资金来源"), Kind.LINE),
    "due_on": Input(mark("整改时限"), Kind.DAY),
    "interim_control": Input(mark("临时管控措施"), Kind.TEXT),
    "emergency_plan": Input(mark("应急预案"), Kind.LINE),
    "requirement": Input(mark("整改要求"), Kind.TEXT),
    "supervising_unit_name": Input(mark("牵头督办单位"), Kind.LINE),
    "supervising_person": Input(mark("督办责任人"), Kind.LINE),
    "progress": Input(mark("整改进展"), Kind.TEXT),
    "remark": Input(mark("备注"), Kind.TEXT),
}


GROUPS: Mapping[str, tuple[str, ...]] = {
    mark("发现的问题"): ("description", "grade", "found_on", "site_name", "location"),
    mark("整改责任与措施"): (
        "responsible_unit_name",
        "responsible_person",
        "measures",
        "due_on",
        "measure_type",
        "progress",
    ),
    mark("资金、领导与临时管控（重大隐患必填）"): (
        "responsible_leader",
        "fund_amount",
        "fund_source",
        "emergency_plan",
        "interim_control",
    ),
    mark("其他"): (
        "requirement",
        "basis",
        "hazard_kind",
        "native_grade",
        "longitude",
        "latitude",
        "supervising_unit_name",
        "supervising_person",
        "remark",
    ),
}


def needs(*names: str) -> Mapping[str, str]:
    """Return the `needs` of a step: names with their labels."""
    return {name: INPUTS[name].label for name in names}


def cleaned(facts: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """Return the facts with texts stripped and empty ones left out; Invalid names every unfit or unasked one."""
    return {name: value for name, value in _checked(facts, INPUTS, allowed).items() if value not in (None, "")}


def cleaned_columns(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for columns: texts stripped, an absent text "", anything else absent None; or raise Invalid."""
    values = _checked(changes, COLUMNS, frozenset(COLUMNS))
    return {name: _stored(COLUMNS[name].kind, value) for name, value in values.items()}


def _checked(given: Mapping[str, Any], table: Mapping[str, Input], allowed: frozenset[str]) -> dict[str, Any]:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    problems = {name: [mark("这里不接受该内容。")] for name in values if name not in allowed}
    for name in values.keys() & allowed:
        if values[name] not in (None, "") and (sentence := _unfit(table[name].kind, values[name])):
            problems[name] = [sentence]
    if problems:
        raise Invalid(problems)
    return values


def _stored(kind: Kind, value: Any) -> Any:  # noqa: ANN401 - the value of any column
    if value in (None, ""):
        return "" if kind in (Kind.LINE, Kind.TEXT) else None
    return {Kind.GRADE: Grade, Kind.MEASURE: MeasureType}[kind](value) if kind in (Kind.GRADE, Kind.MEASURE) else value


def _unfit(kind: Kind, value: object) -> str | None:
    fits, sentence = FITTING[kind]
    return None if fits(value) else sentence


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_money(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and 0 <= value < RICHEST and value == round(value, 2)


def _is_degrees(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and abs(value) <= ROUND and value == round(value, 7)


def _are_people(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, int) for each in value)


FITTING: Mapping[Kind, tuple[Callable[[Any], bool], str]] = {
    Kind.LINE: (_is_text, mark("请填写文字，不超过 4000 字。")),
    Kind.TEXT: (_is_text, mark("请填写文字，不超过 4000 字。")),
    Kind.DAY: (_is_day, mark("请填写日期，如 2026-06-15。")),
    Kind.MONEY: (_is_money, mark("请填写不小于 0 的金额，最多两位小数。")),
    Kind.YES_NO: (lambda value: isinstance(value, bool), mark("请选择“是”或“否”。")),
    Kind.MEASURE: (lambda value: value in set(MeasureType), mark("请从列表中选择治理方式。")),
    Kind.GRADE: (lambda value: value in set(Grade), mark("请选择“一般”或“重大”。")),
    Kind.DEGREES: (_is_degrees, mark("请填写以度为单位的数字，最多七位小数。")),
    Kind.PEOPLE: (_are_people, mark("请从列表中选择人员。")),
    Kind.PERSON: (lambda value: isinstance(value, int), mark("请从列表中选择人员。")),
    Kind.PAPER: (lambda value: value in ACCEPTANCE_PAPERS, mark("请从列表中选择验收依据。")),
    Kind.VACATED: (lambda value: value in VACATED, mark("请从列表中选择搬迁后原址的情况。")),
    Kind.CHANGES: (lambda value: isinstance(value, dict), mark("请写明更正的内容。")),
}
