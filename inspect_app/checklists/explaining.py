"""Why an answer earned what it did: the facts beside the requirement, one sentence a part. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.checklists.answers import Reading, State
from inspect_app.checklists.definition import Item, Part
from inspect_app.checklists.questions import (
    DateUnit,
    Day,
    Number,
    OneOf,
    Option,
    Question,
    Rate,
    Rule,
    SomeOf,
    Text,
    YesNo,
)
from inspect_app.core.frozen import plain
from inspect_app.core.labels import Sentence, mark, say


@dataclass(frozen=True)
class Reason:
    """A sentence about one part of an item; `label` names the part, empty when the item has only one."""

    label: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.label}：{self.sentence}" if self.label else str(self.sentence)


def explain(part: Part, item: Item, readings: Mapping[str, Reading]) -> Reason:
    """Explain one part of an item; `readings` holds what was read of every part by its code."""
    reading = readings[part.code]
    if reading.why is not None:
        return Reason(part.label, reading.why)
    if reading.state is State.EMPTY:
        return Reason(part.label, say(mark("未作答。")))
    compared = part.question.at_least_part or part.question.equals_part if isinstance(part.question, Number) else None
    if compared:
        return Reason(part.label, _compared(part, item, reading, readings[compared]))
    return Reason(part.label, _given(part.question, reading))


def _given(question: Question, reading: Reading) -> Sentence:
    match question:
        case YesNo():
            return say(mark("回答“是”。")) if reading.chosen == ("yes",) else say(mark("回答“否”。"))
        case OneOf(options=options):
            return say(mark("选择“%(label)s”。"), label=_labels(options, reading.chosen))
        case SomeOf():
            return _some(question, reading)
        case Day():
            return _day(question, reading)
        case Number() | Rate():
            return _figure(question, reading)
        case Text():
            return say(mark("填写：%(text)s"), text=reading.shown)


def _figure(question: Number | Rate, reading: Reading) -> Sentence:
    if isinstance(question, Rate):
        return _ruled(reading, f"{reading.shown}（{_percent(reading.measure)}）", None)
    return _ruled(reading, f"{reading.shown} {question.unit}".strip(), f" {question.unit}".rstrip())


def _ruled(reading: Reading, value: str, unit: str | None) -> Sentence:
    rule = reading.rule
    if rule is None:
        return say(mark("记录为 %(value)s。"), value=value)
    low, high = _bound(rule.at_least, unit, rule), _bound(rule.at_most, unit, rule)
    if rule.at_least is not None and rule.at_most is not None:
        return say(mark("%(value)s，要求在 %(low)s 至 %(high)s 之间。"), value=value, low=low, high=high)
    if rule.at_least is not None:
        return say(mark("%(value)s，要求不低于 %(bound)s。"), value=value, bound=low)
    return say(mark("%(value)s，要求不超过 %(bound)s。"), value=value, bound=high)


def _day(question: Day, reading: Reading) -> Sentence:
    limit = reading.rule.at_most if reading.rule else None
    if reading.measure is None:
        return say(mark("从未进行，或没有。"))
    facts = {"day": reading.shown, "age": plain(reading.measure)}
    if limit is None:
        return say(mark("记录为 %(day)s。"), **facts)
    if question.unit is DateUnit.DAYS:
        return say(mark("%(day)s，距检查日 %(age)s 天，要求不超过 %(bound)s 天。"), **facts, bound=plain(limit))
    return say(mark("%(day)s，距检查日 %(age)s 个月，要求不超过 %(bound)s 个月。"), **facts, bound=plain(limit))


def _some(question: SomeOf, reading: Reading) -> Sentence:
    missing = [option.label for option in question.options if option.code not in reading.chosen]
    least = reading.rule.at_least if reading.rule else None
    facts = {"count": reading.shown, "all": len(question.options)}
    if not missing:
        return say(mark("%(all)s 项齐全。"), **facts)
    names = "、".join(missing)
    if least is None:
        return say(mark("%(all)s 项中有 %(count)s 项，没有：%(missing)s。"), **facts, missing=names)
    return say(
        mark("%(all)s 项中有 %(count)s 项，要求不少于 %(bound)s 项，没有：%(missing)s。"),
        **facts,
        bound=plain(least),
        missing=names,
    )


def _compared(part: Part, item: Item, reading: Reading, other: Reading) -> Sentence:
    number = part.question
    if not isinstance(number, Number) or other.measure is None:
        return say(mark("没有可比较的数值。"))
    name = next(each.label for each in item.parts if each.code == (number.at_least_part or number.equals_part))
    facts = {"value": reading.shown, "name": name, "other": other.shown, "unit": number.unit}
    if number.at_least_part:
        return say(mark("%(value)s %(unit)s，应不低于“%(name)s”的 %(other)s %(unit)s。"), **facts)
    return say(mark("%(value)s %(unit)s，应等于“%(name)s”的 %(other)s %(unit)s。"), **facts)


def _labels(options: tuple[Option, ...], chosen: tuple[str, ...]) -> str:
    return "、".join(option.label for option in options if option.code in chosen)


def _bound(bound: Decimal | None, unit: str | None, rule: Rule) -> str:
    if bound is None:
        return ""
    text = _percent(bound) if unit is None else plain(bound) + unit
    return f"{text}（{rule.label}）" if rule.label else text


def _percent(share: Decimal | None) -> str:
    return "" if share is None else plain(round(share * 100, 2)) + "%"
