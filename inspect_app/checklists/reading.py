"""Reading one question of a definition file by its answer type."""

from decimal import Decimal

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
    YesNo,
)
from inspect_app.core.definitions import Table

MOST_DECIMALS = 6


def read_question(table: Table) -> Question:
    """Read the fields that belong to the table's `type`; the caller finishes the table."""
    match table.choice("type", AnswerType):
        case AnswerType.YES_NO:
            return YesNo(_bad_answer(table))
        case AnswerType.NUMBER:
            return _number(table)
        case AnswerType.RATE:
            return _rate(table)
        case AnswerType.DATE:
            return _day(table)
        case AnswerType.ONE_OF:
            return _one_of(table)
        case AnswerType.SOME_OF:
            return _some_of(table)


def _bad_answer(table: Table) -> str:
    bad = table.text("bad_answer")
    if bad not in ("yes", "no", ""):
        table.note("bad_answer 应为 yes 或 no：写明哪个回答不合格")
    return bad


def _number(table: Table) -> Number:
    number = Number(
        unit=table.text("unit"),
        decimals=_decimals(table),
        maximum=table.decimal_or_none("maximum"),
        rules=_rules(table),
        at_least_part=table.text_or_none("at_least_part"),
        equals_part=table.text_or_none("equals_part"),
    )
    if sum((bool(number.rules), bool(number.at_least_part), bool(number.equals_part))) > 1:
        table.note("阈值、at_least_part 和 equals_part 只能写一种")
    for rule in number.rules:
        if number.maximum is not None and number.maximum < max(rule.at_least or 0, rule.at_most or 0):
            table.note("阈值大于上限 maximum，永远达不到")
    return number


def _rate(table: Table) -> Rate:
    return Rate(
        numerator=table.text("numerator"),
        denominator=table.text("denominator"),
        may_exceed=table.flag("may_exceed"),
        decimals=_decimals(table),
        rules=_rules(table),
    )


def _decimals(table: Table) -> int:
    places = table.integer_or_none("decimals") or 0
    if not 0 <= places <= MOST_DECIMALS:
        table.note(f"小数位数 decimals 应在 0 至 {MOST_DECIMALS} 之间")
    return places


def _day(table: Table) -> Day:
    unit = table.choice("unit", DateUnit)
    day = Day(unit, _rules(table))
    if any(rule.at_least is not None for rule in day.rules):
        table.note("日期只能要求距今不超过 at_most")
    return day


def _one_of(table: Table) -> OneOf:
    question = OneOf(_options(table), table.texts("passing"))
    unknown = set(question.passing) - {option.code for option in question.options}
    if unknown:
        table.note(f"passing 中有未定义的选项：{'、'.join(sorted(unknown))}")
    return question


def _some_of(table: Table) -> SomeOf:
    question = SomeOf(_options(table), _rules(table))
    if any((rule.at_least or 0) > len(question.options) for rule in question.rules):
        table.note("at_least 大于选项数，永远达不到")
    return question


def _options(table: Table) -> tuple[Option, ...]:
    options = []
    for each in table.tables("options"):
        options.append(Option(each.text("code"), each.text("label")))
        each.finish()
    if len(options) < 2:  # noqa: PLR2004 - a choice needs two
        table.note("options 至少要有两个选项")
    if len({option.code for option in options}) < len(options):
        table.note("options 中选项编号重复")
    return tuple(options)


def _rules(table: Table) -> tuple[Rule, ...]:
    if "rules" not in table:
        rule = _rule(table)
        return () if rule == Rule() else (rule,)
    rules = []
    for each in table.tables("rules"):
        rules.append(_rule(each, each.text("code"), each.text("label")))
        each.finish()
    if len({rule.code for rule in rules}) < len(rules):
        table.note("rules 中编号重复")
    return tuple(rules)


def _rule(table: Table, code: str = "", label: str = "") -> Rule:
    rule = Rule(
        code=code,
        label=label,
        at_least=table.decimal_or_none("at_least"),
        at_most=table.decimal_or_none("at_most"),
        zero_at=table.decimal_or_none("zero_at"),
        partial=table.flag("partial", default=True),
    )
    if code and rule.at_least is None and rule.at_most is None:
        table.note("没有阈值 at_least 或 at_most")
    _check_bounds(rule, table)
    return rule


def _check_bounds(rule: Rule, table: Table) -> None:
    low, high, zero = rule.at_least, rule.at_most, rule.zero_at
    if any(each is not None and each < 0 for each in (low, high, zero)):
        table.note("阈值不能小于 0")
    if low is not None and high is not None and low > high:
        table.note("at_least 大于 at_most")
    if zero is not None and not _beyond(zero, low, high):
        table.note("零分点 zero_at 应在 at_least 之下或 at_most 之上，且只配一个阈值")


def _beyond(zero: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    if low is not None:
        return high is None and zero < low
    return high is not None and zero > high
