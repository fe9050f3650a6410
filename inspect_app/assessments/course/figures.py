"""Figures that people enter: from the texts of a form to a fact, and facts to JSON and back, exactly."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from inspect_app.assessments.course.items import COUNT, TOTAL, Item, Kind
from inspect_app.assessments.rules import Deduct, Fact, Manual
from inspect_app.core.errors import Invalid
from inspect_app.core.frozen import plain
from inspect_app.core.labels import mark, say

LARGEST, PLACES = Decimal(10) ** 9, 4


def fact_from(item: Item, texts: Mapping[str, str]) -> Fact:
    """Read what was entered for an item, by the names of `item.asked`; Invalid names every field that is wrong."""
    problems: dict[str, list[str]] = {}
    found: dict[str, Decimal] = {}
    for name, label in item.asked:
        value, wrong = number_from(texts.get(name, ""))
        if wrong is not None:
            problems[name] = [str(say(wrong, label=label))]
        elif value is not None:
            found[name] = value
    if not problems:
        problems = _contradictions(item, found)
    if problems:
        raise Invalid(problems)
    return _fact(found)


def number_from(text: str) -> tuple[Decimal | None, str | None]:
    """Read a number that is not negative, or say what is wrong with the text."""
    tidy = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if not tidy:
        return None, mark("请填写%(label)s，没有就填 0。")
    try:
        value = Decimal(tidy)
    except InvalidOperation:
        return None, mark("%(label)s应是数字，例如 12 或 0.5。")
    if not value.is_finite() or not 0 <= value <= LARGEST:
        return None, mark("%(label)s应在 0 到 10 亿之间。")
    if value != round(value, PLACES):
        return None, mark("%(label)s最多四位小数。")
    return value, None


def to_json(fact: Fact) -> dict[str, Any]:
    """Return a fact as JSON, with decimals as text."""
    told: dict[str, Any] = {"numerator": _out(fact.numerator), "denominator": _out(fact.denominator)}
    if fact.values:
        told["values"] = [plain(each) for each in fact.values]
    if fact.parts:
        told["parts"] = [[name, count] for name, count in fact.parts]
    if fact.as_of:
        told["as_of"] = fact.as_of.isoformat()
    return told


def from_json(data: Mapping[str, Any]) -> Fact:
    """Rebuild what `to_json` wrote."""
    return Fact(
        _in(data["numerator"]),
        _in(data["denominator"]),
        tuple(Decimal(each) for each in data.get("values", ())),
        tuple((name, count) for name, count in data.get("parts", ())),
        date.fromisoformat(data["as_of"]) if data.get("as_of") else None,
    )


def entered(item: Item, data: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the texts that a form shows for figures, by the names of `item.asked`."""
    if data is None:
        return {}
    parts = dict(data.get("parts", ()))
    return {name: str(data.get(name, parts.get(name, 0))) for name, _label in item.asked}


def told(item: Item, data: Mapping[str, Any] | None) -> str | None:
    """Return figures as a person reads them: 34 / 37 项, or the counts by kind; None without any."""
    if data is None:
        return None
    if parts := data.get("parts"):
        return "、".join(f"{name} {count}" for name, count in parts)
    if item.averages and _in(data["denominator"]):
        mean = Decimal(_in(data["numerator"])) / Decimal(_in(data["denominator"]))
        return f"{plain(round(mean, 2))} {item.unit}"
    if any(name == TOTAL for name, _label in item.asked):
        return f"{data['numerator']} / {data['denominator']} {item.unit}"
    return f"{data['numerator']} {item.unit}"


def _contradictions(item: Item, found: Mapping[str, Decimal]) -> dict[str, list[str]]:
    if item.shares and found[COUNT] > found[TOTAL]:
        return {COUNT: [mark("完成数不能大于应计数，请核对。")]}
    if isinstance(item.rule, Manual) and found[COUNT] > item.full:
        return {COUNT: [_too_many(item)]}
    if item.kind is not Kind.INDICATOR or isinstance(item.rule, Deduct):
        return {name: [mark("次数应是整数。")] for name, value in found.items() if value != value.to_integral_value()}
    return {}


def _too_many(item: Item) -> str:
    return str(say(mark("得分不能超过本项满分 %(full)s 分。"), full=plain(item.full)))


def _fact(found: Mapping[str, Decimal]) -> Fact:
    if COUNT not in found:
        parts = tuple((name, int(value)) for name, value in found.items())
        return Fact(sum(count for _name, count in parts), parts=parts)
    return Fact(_whole(found[COUNT]), _whole(found.get(TOTAL, Decimal(0))))


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _out(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else plain(value)


def _in(value: int | str) -> int | Decimal:
    return value if isinstance(value, int) else Decimal(value)
