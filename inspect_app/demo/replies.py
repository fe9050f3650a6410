"""Invented answers: for every kind of question one that passes and one that fails."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from inspect_app.checklists.definition import Evidence, Item, Part
from inspect_app.checklists.questions import Day, Number, OneOf, Question, Rate, Rule, SomeOf, Text, YesNo

Value = dict[str, Any]
DAYS_A_MONTH = 30


def reply(item: Item, on: date, rng: random.Random, *, good: bool) -> Value:
    """Answer an item well or badly; a composite item fails by its first failing part."""
    number = {"document_number": f"塔地抗震办〔{on.year}〕{rng.randint(1, 60)}号"} if _numbered(item) else {}
    if not item.composite:
        return {**_part(item.parts[0], on, rng, good=good), **number}
    return {"parts": {part.code: _part(part, on, rng, good=good) for part in item.parts}, **number}


def _numbered(item: Item) -> bool:
    return Evidence.DOCUMENT_NUMBER in item.evidence


def _part(part: Part, on: date, rng: random.Random, *, good: bool) -> Value:
    return _value(part.question, on, rng, good=good)


def _value(question: Question, on: date, rng: random.Random, *, good: bool) -> Value:
    if isinstance(question, YesNo):
        fine = "no" if question.bad_answer == "yes" else "yes"
        return {"value": fine if good else question.bad_answer}
    if isinstance(question, Rate):
        whole = rng.randint(4, 20)
        return {"numerator": str(whole if good else whole * 2 // 5), "denominator": str(whole)}
    if isinstance(question, Day):
        return {"value": _date(question, on, rng, good=good)}
    return {"value": _single(question, good=good)}


def _single(question: Number | OneOf | SomeOf | Text, *, good: bool) -> str | list[str]:
    match question:
        case Number(rules=rules, decimals=decimals) if rules:
            return _figure(rules[0], decimals, good=good)
        case Number(decimals=decimals, at_least_part=floor, equals_part=equal):
            compared = floor is not None or equal is not None
            return _recorded(decimals, lower=compared and not good)
        case OneOf(options=options, passing=passing):
            chosen = [option.code for option in options if (option.code in passing) == good]
            return (chosen or [options[0].code])[0]
        case SomeOf(options=options, rules=rules):
            needed = int(rules[0].at_least or 0) if rules else 0
            return [option.code for option in options[: len(options) if good else max(0, needed - 2)]]
        case Text():
            return "现场情况见照片"


def _date(question: Day, on: date, rng: random.Random, *, good: bool) -> str:
    longest = int(question.rules[0].at_most or 1) if question.rules else 1
    days = longest * (DAYS_A_MONTH if question.unit == "months" else 1)
    age = rng.randint(0, max(1, days // 2)) if good else days + rng.randint(60, 300)
    return (on - timedelta(days=age)).isoformat()


def _recorded(decimals: int, *, lower: bool) -> str:
    if decimals == 1:
        return "0.1" if lower else "0.2"
    if decimals:
        return "0.10" if lower else "0.15"
    return "1" if lower else "2"


def _figure(rule: Rule, decimals: int, *, good: bool) -> str:
    step = Decimal(1).scaleb(-decimals)
    if rule.at_least is not None:
        return str(rule.at_least if good else max(Decimal(0), rule.at_least - step))
    top = rule.at_most or Decimal(0)
    return str(top if good else top + max(step, top / 2).quantize(step))


def plain_measure(item: Item) -> Mapping[str, str]:
    """Say what was done on the spot about a bad answer to an item that asks for a first measure."""
    return {"immediate_measure": "现场告知负责人，已采取临时封闭措施"} if item.deadline.first else {}
