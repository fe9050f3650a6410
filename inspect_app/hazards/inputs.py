"""The facts that steps ask for: label and kind of each. Forms are drawn from this table, facts checked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.words import MeasureType

LONGEST_TEXT = 4000


class Kind(StrEnum):
    """What sort of value a fact has: line and text are str, money is 万元 as Decimal, people and person user keys."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    YES_NO = "yes_no"
    MEASURE = "measure"
    PEOPLE = "people"
    PERSON = "person"


@dataclass(frozen=True)
class Input:
    """One fact: its label, its kind, and a hint for whoever fills it in."""

    label: str
    kind: Kind
    hint: str = ""


INPUTS: Mapping[str, Input] = {
    "due_on": Input(mark("整改时限"), Kind.DAY),
    "requirement": Input(mark("整改要求"), Kind.TEXT),
    "supervising_unit_name": Input(mark("牵头督办单位"), Kind.LINE),
    "supervising_person": Input(mark("督办责任人"), Kind.LINE),
    "measures": Input(mark("整改措施"), Kind.TEXT, mark("写明做什么、怎么做，不能只写“已要求整改”。")),
    "fund_amount": Input(mark("整改资金（万元）"), Kind.MONEY, mark("不需要资金的填 0。")),
    "responsible_leader": Input(mark("整改责任领导"), Kind.LINE),
    "interim_control": Input(mark("临时管控措施"), Kind.TEXT),
    "treatment_plan": Input(
        mark("治理方案"),
        Kind.TEXT,
        mark("六项内容：目标任务、方法措施、经费物资、机构人员、时限要求、安全措施与应急预案。"),
    ),
    "extend_to": Input(mark("申请延期至"), Kind.DAY),
    "reason": Input(mark("理由"), Kind.TEXT),
    "progress": Input(mark("整改完成情况"), Kind.TEXT),
    "measure_type": Input(mark("治理方式"), Kind.MEASURE),
    "recheckers": Input(mark("复查人员"), Kind.PEOPLE, mark("至少两人，都不能是报告整改完成的人，登记人须在其中。")),
    "finding": Input(mark("复查意见"), Kind.TEXT),
    "accepted_by_unit": Input(mark("验收单位"), Kind.LINE),
    "acceptance": Input(mark("验收意见"), Kind.TEXT, mark("检测、鉴定或竣工验收的结论和文号。")),
    "consent": Input(mark("督办单位书面同意"), Kind.TEXT, mark("重大隐患必填：文号或意见。")),
    "review_on": Input(mark("下次复核日期"), Kind.DAY),
    "to_unit": Input(mark("移送单位"), Kind.LINE),
    "merged_into": Input(mark("并入的隐患编号"), Kind.LINE),
    "second_signer": Input(mark("第二签署人"), Kind.PERSON),
    "rebounded": Input(mark("是否反弹"), Kind.YES_NO),
    "note": Input(mark("说明"), Kind.TEXT),
}


def needs(*names: str) -> Mapping[str, str]:
    """Return the `needs` of a step: names with their labels."""
    return {name: INPUTS[name].label for name in names}


def cleaned(facts: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """Return the facts with texts stripped and empty ones left out; Invalid names every unfit or unasked one."""
    problems = {name: [mark("这一步不接受该内容。")] for name in facts if name not in allowed}
    values: dict[str, Any] = {}
    for name in facts.keys() & allowed:
        value = facts[name].strip() if isinstance(facts[name], str) else facts[name]
        if value is None or value == "":
            continue
        if sentence := _unfit(INPUTS[name].kind, value):
            problems[name] = [sentence]
        values[name] = value
    if problems:
        raise Invalid(problems)
    return values


def _unfit(kind: Kind, value: object) -> str | None:
    if kind in (Kind.LINE, Kind.TEXT):
        fits = isinstance(value, str) and len(value) <= LONGEST_TEXT
        return None if fits else mark("请填写文字，不超过 4000 字。")
    sentence, fits = {
        Kind.DAY: (mark("请填写日期，如 2026-06-15。"), isinstance(value, date) and not isinstance(value, datetime)),
        Kind.MONEY: (mark("请填写不小于 0 的金额，最多两位小数。"), _is_money(value)),
        Kind.YES_NO: (mark("请选择“是”或“否”。"), isinstance(value, bool)),
        Kind.MEASURE: (mark("请从列表中选择治理方式。"), value in set(MeasureType)),
        Kind.PEOPLE: (mark("请从列表中选择人员。"), _are_people(value)),
        Kind.PERSON: (mark("请从列表中选择人员。"), isinstance(value, int)),
    }[kind]
    return None if fits else sentence


def _is_money(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and value >= 0 and value == round(value, 2)


def _are_people(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, int) for each in value)
