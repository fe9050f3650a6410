"""From the form of a question to the question, and back, by type of answer."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from inspect_app.checklists.definition import Part
from inspect_app.checklists.forms.parts import PartForm
from inspect_app.checklists.questions import (
    AnswerType,
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
from inspect_app.checklists.workbook import phrases
from inspect_app.core.frozen import plain

BOUNDS = ("at_least", "at_most", "zero_at")
NOTHING = (Rule(), Rule(partial=False))


def part_of(form: PartForm, *, composite: bool) -> Part:
    """Return the question as it was filled in; what cannot be read is told beside its field and left out."""
    question, share = QUESTIONS[AnswerType(form.kind.data)](form), form.number("share")
    if not composite:
        return Part(question, na_allowed=form.na_allowed.data)
    return Part(
        question,
        code=form.words("code"),
        label=form.words("label"),
        share=Decimal(0) if share is None else share,
        na_allowed=form.na_allowed.data,
        gate=form.gate.data,
        veto=form.veto.data,
    )


def drawn(part: Part) -> dict[str, Any]:
    """Return what a PartForm is drawn with for a question that is there."""
    question = part.question
    fields: dict[str, Any] = {
        "code": part.code,
        "label": part.label,
        "share": plain(part.share),
        "gate": part.gate,
        "veto": part.veto,
        "na_allowed": part.na_allowed,
        "kind": question.kind.value,
    }
    return fields | DRAWN[question.kind](question) | _drawn_rules(question)


def _rules(form: PartForm) -> tuple[Rule, ...]:
    several = form.phrase("rules", phrases.read_rules) or ()
    low, high, zero = (form.number(name) for name in BOUNDS)
    rule = Rule(at_least=low, at_most=high, zero_at=zero, partial=not form.all_or_nothing.data)
    return several or (() if rule in NOTHING else (rule,))


def _options(form: PartForm) -> tuple[Option, ...]:
    return form.phrase("choices", phrases.read_options) or ()


def _yes_no(form: PartForm) -> YesNo:
    return YesNo(form.bad_answer.data)


def _number(form: PartForm) -> Number:
    floor, equal = form.phrase("compared", phrases.read_comparison) or (None, None)
    return Number(
        unit=form.words("unit"),
        decimals=form.count("decimals", 0),
        maximum=form.number("maximum"),
        rules=_rules(form),
        at_least_part=floor,
        equals_part=equal,
        minimum=form.number("minimum"),
    )


def _rate(form: PartForm) -> Rate:
    return Rate(
        numerator=form.words("numerator"),
        denominator=form.words("denominator"),
        may_exceed=form.may_exceed.data,
        decimals=form.count("decimals", 0),
        rules=_rules(form),
    )


def _day(form: PartForm) -> Day:
    return Day(DateUnit(form.date_unit.data), _rules(form))


def _one_of(form: PartForm) -> OneOf:
    options = _options(form)
    codes = {option.label: option.code for option in options}
    return OneOf(options, tuple(codes.get(word, word) for word in phrases.words_of(form.words("passing"))))


def _some_of(form: PartForm) -> SomeOf:
    return SomeOf(_options(form), _rules(form))


def _text(form: PartForm) -> Text:
    return Text(form.count("max_length", Text().max_length))


QUESTIONS: Mapping[AnswerType, Callable[[PartForm], Question]] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.NUMBER: _number,
    AnswerType.RATE: _rate,
    AnswerType.DATE: _day,
    AnswerType.ONE_OF: _one_of,
    AnswerType.SOME_OF: _some_of,
    AnswerType.TEXT: _text,
}


def _drawn_rules(question: Question) -> dict[str, Any]:
    rules: tuple[Rule, ...] = getattr(question, "rules", ())
    if not rules or rules[0].code:
        return {"rules": phrases.write_rules(rules)}
    percent = isinstance(question, Rate)
    bounds = {name: _told(getattr(rules[0], name), percent=percent) for name in BOUNDS}
    return {**bounds, "all_or_nothing": not rules[0].partial}


def _drawn_number(number: Number) -> dict[str, Any]:
    compared = number.at_least_part or number.equals_part or ""
    sign = phrases.LOW if number.at_least_part else phrases.EQUAL
    return {
        "unit": number.unit,
        "decimals": str(number.decimals or ""),
        "minimum": _told(number.minimum),
        "maximum": _told(number.maximum),
        "compared": f"{sign} {compared}" if compared else "",
    }


def _drawn_rate(rate: Rate) -> dict[str, Any]:
    named = {"numerator": rate.numerator, "denominator": rate.denominator}
    return {**named, "may_exceed": rate.may_exceed, "decimals": str(rate.decimals or "")}


def _drawn_options(question: OneOf | SomeOf) -> dict[str, Any]:
    passing = question.passing if isinstance(question, OneOf) else ()
    return {"choices": phrases.write_options(question.options), "passing": "、".join(passing)}


def _told(number: Decimal | None, *, percent: bool = False) -> str:
    if number is None:
        return ""
    return f"{plain(number * 100)}%" if percent else plain(number)


DRAWN: Mapping[AnswerType, Callable[[Any], dict[str, Any]]] = {
    AnswerType.YES_NO: lambda question: {"bad_answer": question.bad_answer},
    AnswerType.NUMBER: _drawn_number,
    AnswerType.RATE: _drawn_rate,
    AnswerType.DATE: lambda question: {"date_unit": question.unit.value},
    AnswerType.ONE_OF: _drawn_options,
    AnswerType.SOME_OF: _drawn_options,
    AnswerType.TEXT: lambda question: {"max_length": str(question.max_length)},
}
