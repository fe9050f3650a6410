"""Mistakes of one question: its bounds, options and rules."""

from collections.abc import Iterator
from decimal import Decimal

from inspect_app.checklists.checking.lists import repeated
from inspect_app.checklists.questions import Day, Number, OneOf, Option, Question, Rate, Rule, SomeOf, Text, YesNo
from inspect_app.checklists.relevance import NA
from inspect_app.core.labels import Sentence, mark, say

Found = tuple[str, Sentence, bool]
MOST_DECIMALS = 6
LONGEST_TEXT = 2000
FEWEST_OPTIONS = 2


def question_flaws(question: Question) -> Iterator[Found]:
    """Yield field, sentence and whether it is a gap, for everything that is wrong with a question."""
    match question:
        case YesNo(bad_answer=bad):
            if bad not in ("yes", "no"):
                yield "bad_answer", say(mark("请写明哪个回答不合格：是或否。")), not bad
        case Number():
            yield from _number_flaws(question)
        case Rate():
            yield from _rate_flaws(question)
        case Day(rules=rules):
            yield from _day_flaws(rules)
        case OneOf() | SomeOf():
            yield from _choice_flaws(question)
        case Text(max_length=length):
            if not 1 <= length <= LONGEST_TEXT:
                yield "max_length", say(mark("文字长度应在 1 至 %(most)s 之间。"), most=LONGEST_TEXT), False


def recorded(question: Question) -> bool:
    """Whether no answer to it is bad: it is only written down."""
    match question:
        case Text():
            return True
        case YesNo():
            return False
        case OneOf(passing=passing):
            return not passing
        case Number(rules=rules, at_least_part=floor, equals_part=equal):
            return not (rules or floor or equal)
    return not question.rules


def _number_flaws(number: Number) -> Iterator[Found]:
    yield from _decimals_flaws(number.decimals)
    yield from _rules_flaws(number.rules)
    if sum((bool(number.rules), bool(number.at_least_part), bool(number.equals_part))) > 1:
        yield "at_least", say(mark("阈值、不低于某一问、等于某一问，只能写一种。")), False
    low, high = number.minimum or Decimal(0), number.maximum
    if high is not None and high < low:
        yield "maximum", say(mark("上限小于下限。")), False
    for rule in number.rules:
        if high is not None and high < max(rule.at_least or 0, rule.at_most or 0):
            yield "at_least", say(mark("阈值大于上限，永远达不到。")), False
        if rule.at_most is not None and rule.at_most < low:
            yield "at_most", say(mark("阈值小于下限，永远达不到。")), False


def _rate_flaws(rate: Rate) -> Iterator[Found]:
    yield from _decimals_flaws(rate.decimals)
    yield from _rules_flaws(rate.rules)
    if not rate.may_exceed and any(max(rule.at_least or 0, rule.at_most or 0) > 1 for rule in rate.rules):
        yield "at_least", say(mark("比率的阈值应写百分数，不能大于百分之百。")), False
    for field in ("numerator", "denominator"):
        if not getattr(rate, field).strip():
            yield field, say(mark("请写明分子和分母各是什么。")), True


def _day_flaws(rules: tuple[Rule, ...]) -> Iterator[Found]:
    yield from _rules_flaws(rules)
    if any(rule.at_least is not None for rule in rules):
        yield "at_least", say(mark("日期只能要求距今不超过多久，不能要求不少于。")), False


def _choice_flaws(question: OneOf | SomeOf) -> Iterator[Found]:
    yield from _options_flaws(question.options)
    if isinstance(question, OneOf):
        unknown = set(question.passing) - {option.code for option in question.options}
        if unknown:
            yield "passing", say(mark("合格选项中有未定义的选项：%(codes)s。"), codes="、".join(sorted(unknown))), False
        return
    yield from _rules_flaws(question.rules)
    if any((rule.at_least or 0) > len(question.options) for rule in question.rules):
        yield "at_least", say(mark("要求的项数大于选项数，永远达不到。")), False


def _options_flaws(options: tuple[Option, ...]) -> Iterator[Found]:
    if len(options) < FEWEST_OPTIONS:
        yield "options", say(mark("至少要有两个选项。")), False
    for code in repeated(option.code for option in options):
        yield "options", say(mark("选项编号“%(code)s”重复。"), code=code), False
    for option in options:
        if not option.code.strip() or not option.label.strip():
            yield "options", say(mark("每个选项都要有编号和名称。")), True
        if option.code == NA:
            yield "options", say(mark("选项编号不能用 na，它表示“不涉及”。")), False


def _decimals_flaws(places: int) -> Iterator[Found]:
    if not 0 <= places <= MOST_DECIMALS:
        yield "decimals", say(mark("小数位数应在 0 至 %(most)s 之间。"), most=MOST_DECIMALS), False


def _rules_flaws(rules: tuple[Rule, ...]) -> Iterator[Found]:
    for code in repeated(rule.code for rule in rules):
        yield "rules", say(mark("口径编号“%(code)s”重复。"), code=code), False
    for rule in rules:
        if rule.at_least is None and rule.at_most is None:
            yield "rules", say(mark("没有阈值：请写不低于或不超过多少。")), False
        yield from _bounds_flaws(rule.at_least, rule.at_most, rule.zero_at)


def _bounds_flaws(low: Decimal | None, high: Decimal | None, zero: Decimal | None) -> Iterator[Found]:
    if any(each is not None and each < 0 for each in (low, high, zero)):
        yield "at_least", say(mark("阈值不能小于 0。")), False
    if low is not None and high is not None and low > high:
        yield "at_least", say(mark("不低于的数大于不超过的数。")), False
    if zero is not None and not _beyond(zero, low, high):
        yield "zero_at", say(mark("零分点应在“不低于”之下或“不超过”之上，且只配一个阈值。")), False


def _beyond(zero: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    if low is not None:
        return high is None and zero < low
    return high is not None and zero > high
