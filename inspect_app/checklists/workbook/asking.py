"""One row of the sheet of items read as one question."""

from decimal import Decimal

from inspect_app.checklists.definition import Part
from inspect_app.checklists.questions import (
    AnswerType,
    DateUnit,
    Day,
    Number,
    OneOf,
    Question,
    Rate,
    Rule,
    SomeOf,
    Text,
    YesNo,
)
from inspect_app.checklists.workbook import phrases
from inspect_app.checklists.workbook.columns import Key
from inspect_app.checklists.workbook.rows import Row
from inspect_app.checklists.workbook.words import BAD_ANSWERS, TYPES, UNITS
from inspect_app.core.labels import mark

BOUNDS = (Key.AT_LEAST, Key.AT_MOST, Key.ZERO_AT)


def read_part(row: Row, *, composite: bool) -> Part:
    """Read a row as a part; of an item with a single question it needs neither code nor name."""
    share = row.decimal(Key.SHARE)
    return Part(
        question=_question(row),
        code=row.text(Key.PART),
        label=row.text(Key.LABEL),
        share=Decimal(0 if composite else 1) if share is None else share,
        na_allowed=row.flag(Key.NA),
        gate=row.flag(Key.GATE),
        veto=row.flag(Key.PART_VETO),
    )


def _question(row: Row) -> Question:  # noqa: PLR0911 - one for each kind of question
    match row.word(Key.TYPE, TYPES, needed=True):
        case AnswerType.YES_NO:
            return YesNo(row.word(Key.BAD_ANSWER, BAD_ANSWERS) or "")
        case AnswerType.NUMBER:
            return _number(row)
        case AnswerType.RATE:
            return _rate(row)
        case AnswerType.DATE:
            return _day(row)
        case AnswerType.ONE_OF:
            return _one_of(row)
        case AnswerType.SOME_OF:
            return SomeOf(row.phrase(Key.OPTIONS, phrases.read_options) or (), _rules(row))
        case _:
            length = row.whole(Key.MAX_LENGTH)
            return Text() if length is None else Text(length)


def _number(row: Row) -> Number:
    floor, equal = row.phrase(Key.COMPARED, phrases.read_comparison) or (None, None)
    return Number(
        unit=row.text(Key.UNIT),
        decimals=row.whole(Key.DECIMALS) or 0,
        maximum=row.decimal(Key.MAXIMUM),
        rules=_rules(row),
        at_least_part=floor,
        equals_part=equal,
        minimum=row.decimal(Key.MINIMUM),
    )


def _rate(row: Row) -> Rate:
    return Rate(
        numerator=row.text(Key.NUMERATOR),
        denominator=row.text(Key.DENOMINATOR),
        may_exceed=row.flag(Key.MAY_EXCEED),
        decimals=row.whole(Key.DECIMALS) or 0,
        rules=_rules(row),
    )


def _day(row: Row) -> Day:
    unit = row.word(Key.UNIT, UNITS, needed=True)
    return Day(unit or DateUnit.MONTHS, _rules(row))


def _one_of(row: Row) -> OneOf:
    options = row.phrase(Key.OPTIONS, phrases.read_options) or ()
    codes = {option.label: option.code for option in options} | {option.code: option.code for option in options}
    return OneOf(options, tuple(codes.get(word, word) for word in phrases.words_of(row.text(Key.PASSING))))


def _rules(row: Row) -> tuple[Rule, ...]:
    several = row.phrase(Key.RULES, phrases.read_rules) or ()
    low, high, zero = (row.decimal(key) for key in BOUNDS)
    rule = Rule(at_least=low, at_most=high, zero_at=zero, partial=row.flag(Key.PARTIAL, default=True))
    single = () if rule == Rule() else (rule,)
    if several and single:
        row.note(Key.RULES, mark("写了多种口径，就不要再写不低于、不高于和零分点。"))
    return several or single
