"""Reading the JSON of one answer: empty, not applicable, wrong with its reason, or given with its measure. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from inspect_app.checklists.definition import Answer, Part
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

NEVER = "never"
LARGEST_EXPONENT = 12


class State(StrEnum):
    """What was found in an answer."""

    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    WRONG = "wrong"
    GIVEN = "given"


@dataclass(frozen=True)
class Reading:
    """What an answer says. `why` explains NOT_APPLICABLE and WRONG.

    `measure` is the number, the rate, the age of the date, or how many options are ticked; None for words and for
    "never". `chosen` holds the words: yes, no, never, or codes of options. `rule` is the rule that applies, `shown` the
    figures as a person writes them.
    """

    state: State
    measure: Decimal | None = None
    chosen: tuple[str, ...] = ()
    rule: Rule | None = None
    shown: str = ""
    why: Sentence | None = None


class _WrongError(Exception):
    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.why = say(message, **params)


EMPTY = Reading(State.EMPTY)


def read(part: Part, answer: Answer, on: date) -> Reading:
    """Read the answer to one part, given on that day."""
    if answer.get("na") is True or answer.get("value") == "na":
        if part.na_allowed:
            return Reading(State.NOT_APPLICABLE, why=say(mark("不涉及。")))
        return Reading(State.WRONG, why=say(mark("这一项不能选“不涉及”。")))
    try:
        return _read(part.question, answer, on)
    except _WrongError as wrong:
        return Reading(State.WRONG, why=wrong.why)


def _read(question: Question, answer: Answer, on: date) -> Reading:
    if isinstance(question, Rate):
        return _rate(question, answer)
    if _blank(answer.get("value")):
        return EMPTY
    return _day(question, answer, on) if isinstance(question, Day) else _given(question, answer)


def _given(question: YesNo | Number | OneOf | SomeOf | Text, answer: Answer) -> Reading:
    match question:
        case Number():
            return _figure(question, answer)
        case Text(max_length=most):
            return Reading(State.GIVEN, shown=_words_of(answer["value"], most))
        case SomeOf():
            return _some(question, answer)
        case YesNo() | OneOf():
            return Reading(State.GIVEN, chosen=(_known(answer["value"], _words(question)),))


def _figure(question: Number, answer: Answer) -> Reading:
    number = _within(question, _number(answer["value"], question.decimals))
    return Reading(State.GIVEN, number, rule=_rule(question.rules, answer), shown=plain(number))


def _rate(question: Rate, answer: Answer) -> Reading:
    if _blank(answer.get("numerator")) or _blank(answer.get("denominator")):
        return EMPTY
    numerator, denominator = (_counted(answer[each], question.decimals) for each in ("numerator", "denominator"))
    if numerator > denominator and not question.may_exceed:
        names = {"numerator": question.numerator, "denominator": question.denominator}
        raise _WrongError(mark("“%(numerator)s”不能大于“%(denominator)s”。"), **names)
    if not denominator:
        return Reading(State.NOT_APPLICABLE, why=say(mark("“%(name)s”为 0，比率无从计算。"), name=question.denominator))
    shown = f"{plain(numerator)}/{plain(denominator)}"
    return Reading(State.GIVEN, numerator / denominator, rule=_rule(question.rules, answer), shown=shown)


def _day(question: Day, answer: Answer, on: date) -> Reading:
    rule = _rule(question.rules, answer)
    if answer["value"] == NEVER:
        return Reading(State.GIVEN, chosen=(NEVER,), rule=rule)
    try:
        day = date.fromisoformat(str(answer["value"]))
    except ValueError:
        raise _WrongError(mark("日期“%(value)s”无效，请按 2026-03-01 的样子填写。"), value=answer["value"]) from None
    if day > on:
        raise _WrongError(mark("日期 %(day)s 晚于检查日期 %(on)s。"), day=day, on=on)
    age = (on - day).days if question.unit is DateUnit.DAYS else months_between(day, on)
    return Reading(State.GIVEN, Decimal(age), rule=rule, shown=day.isoformat())


def _some(question: SomeOf, answer: Answer) -> Reading:
    given = answer["value"]
    if not isinstance(given, list):
        raise _WrongError(mark("多选题的答案应为选项列表。"))
    chosen = tuple(dict.fromkeys(_known(each, _codes(question.options)) for each in given))
    return Reading(State.GIVEN, Decimal(len(chosen)), chosen, _rule(question.rules, answer), str(len(chosen)))


def months_between(start: date, end: date) -> int:
    """Return how many months have begun since `start`: 0 on the day itself, 36 up to the day three years later."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months + (end.day > start.day)


def _rule(rules: tuple[Rule, ...], answer: Answer) -> Rule | None:
    named = answer.get("rule")
    if not named:
        return rules[0] if rules else None
    code = _known(named, tuple(rule.code for rule in rules))
    return next(each for each in rules if each.code == code)


def _within(question: Number, number: Decimal) -> Decimal:
    low, high, value = question.minimum, question.maximum, plain(number)
    if low is None and number < 0:
        raise _WrongError(mark("“%(value)s”不能小于 0。"), value=value)
    if low is not None and number < low:
        raise _WrongError(mark("“%(value)s”低于下限 %(minimum)s。"), value=value, minimum=plain(low))
    if high is not None and number > high:
        raise _WrongError(mark("“%(value)s”超过上限 %(maximum)s。"), value=value, maximum=plain(high))
    return number


def _counted(value: Any, places: int) -> Decimal:  # noqa: ANN401 - JSON values
    number = _number(value, places)
    if number < 0:
        raise _WrongError(mark("“%(value)s”不能小于 0。"), value=value)
    return number


def _number(value: Any, places: int) -> Decimal:  # noqa: ANN401 - JSON values
    number = _decimal(value)
    if number != round(number, places):
        if not places:
            raise _WrongError(mark("“%(value)s”应为整数。"), value=value)
        raise _WrongError(mark("“%(value)s”的小数不能多于 %(places)s 位。"), value=value, places=places)
    return number


def _decimal(value: Any) -> Decimal:  # noqa: ANN401 - JSON values
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise _WrongError(mark("“%(value)s”不是数字。"), value=value) from None
    if not number.is_finite() or number.adjusted() > LARGEST_EXPONENT:
        raise _WrongError(mark("“%(value)s”不是合理的数字。"), value=value)
    return number


def _words_of(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise _WrongError(mark("这一项应填写文字。"))
    words = value.strip()
    if len(words) > most:
        raise _WrongError(mark("文字有 %(count)s 字，最多 %(most)s 字。"), count=len(words), most=most)
    return words


def _blank(value: object) -> bool:
    return value is None or not str(value).strip()


def _known(value: object, codes: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in codes:
        return value
    raise _WrongError(mark("没有“%(value)s”这个选项。"), value=value)


def _words(question: YesNo | OneOf) -> tuple[str, ...]:
    return ("yes", "no") if isinstance(question, YesNo) else _codes(question.options)


def _codes(options: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(option.code for option in options)
