"""Reading one question of a definition file by its answer type."""

from collections.abc import Callable, Mapping

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
from inspect_app.core.definitions import Table


def read_question(table: Table) -> Question:
    """Read the fields that belong to the table's `type`; the caller finishes the table."""
    return READERS[table.choice("type", AnswerType)](table)


def _yes_no(table: Table) -> YesNo:
    return YesNo(table.text("bad_answer"))


def _number(table: Table) -> Number:
    return Number(
        unit=table.text("unit"),
        decimals=table.integer_or_none("decimals") or 0,
        maximum=table.decimal_or_none("maximum"),
        rules=_rules(table),
        at_least_part=table.text_or_none("at_least_part"),
        equals_part=table.text_or_none("equals_part"),
        minimum=table.decimal_or_none("minimum"),
    )


def _rate(table: Table) -> Rate:
    return Rate(
        numerator=table.text("numerator"),
        denominator=table.text("denominator"),
        may_exceed=table.flag("may_exceed"),
        decimals=table.integer_or_none("decimals") or 0,
        rules=_rules(table),
    )


def _day(table: Table) -> Day:
    return Day(table.choice("unit", DateUnit), _rules(table))


def _one_of(table: Table) -> OneOf:
    return OneOf(_options(table), table.texts("passing"))


def _some_of(table: Table) -> SomeOf:
    return SomeOf(_options(table), _rules(table))


def _text(table: Table) -> Text:
    length = table.integer_or_none("max_length")
    return Text() if length is None else Text(length)


def _options(table: Table) -> tuple[Option, ...]:
    options = []
    for each in table.tables("options"):
        options.append(Option(each.text("code"), each.text("label")))
        each.finish()
    return tuple(options)


def _rules(table: Table) -> tuple[Rule, ...]:
    if "rules" not in table:
        rule = _rule(table)
        return () if rule == Rule() else (rule,)
    rules = []
    for each in table.tables("rules"):
        rules.append(_rule(each, each.text("code"), each.text("label")))
        each.finish()
    return tuple(rules)


def _rule(table: Table, code: str = "", label: str = "") -> Rule:
    return Rule(
        code=code,
        label=label,
        at_least=table.decimal_or_none("at_least"),
        at_most=table.decimal_or_none("at_most"),
        zero_at=table.decimal_or_none("zero_at"),
        partial=table.flag("partial", default=True),
    )


READERS: Mapping[AnswerType, Callable[[Table], Question]] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.NUMBER: _number,
    AnswerType.RATE: _rate,
    AnswerType.DATE: _day,
    AnswerType.ONE_OF: _one_of,
    AnswerType.SOME_OF: _some_of,
    AnswerType.TEXT: _text,
}
