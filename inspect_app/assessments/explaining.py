"""The sentence of a line that counts: its figures, the rule, and what was lost by it. Pure."""

from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import Indicator
from inspect_app.assessments.earning import counted, measured, taken_off
from inspect_app.assessments.rules import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Fact,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Reached,
    ResponseTime,
    YesNo,
    amount,
    exact,
)
from inspect_app.assessments.wording import shown
from inspect_app.core.labels import Sentence, mark, say


def why_lost(indicator: Indicator, fact: Fact, full: Decimal, points: Decimal | None) -> Sentence:
    """Say what the figures are and, where `points` were lost, what is missing; None: nothing was lost of `full`."""
    if points is None:
        return _all_kept(indicator, fact, full)
    lost: dict[str, object] = {
        "numerator": _figure(fact.numerator),
        "denominator": _figure(fact.denominator),
        "unit": indicator.unit,
        "lost": shown(points),
    }
    if fact.denominator:
        lost["rate"] = shown(Fraction(fact.numerator) / Fraction(fact.denominator) * 100)
        lost["missing"] = _figure(fact.denominator - fact.numerator)
    return _of_counts(indicator, fact, lost) or _of_lateness(indicator, fact, lost) or _of_rates(indicator, fact, lost)


def _of_counts(indicator: Indicator, fact: Fact, lost: dict[str, object]) -> Sentence | None:
    match indicator.rule:
        case YesNo():
            return say(mark("没有完成（0 %(unit)s），失 %(lost)s 分。"), **lost)
        case CappedCount(target):
            return say(
                mark("完成 %(numerator)s %(unit)s，目标 %(denominator)s %(unit)s，失 %(lost)s 分。"),
                **lost | {"denominator": amount(target)},
            )
        case InverseCount(zero_at):
            return say(
                mark("有 %(numerator)s %(unit)s，达到 %(bound)s %(unit)s时不得分，失 %(lost)s 分。"),
                **lost,
                bound=shown(amount(zero_at)),
            )
        case Manual():
            return say(mark("评定 %(given)s 分，失 %(lost)s 分。"), **lost, given=shown(Decimal(fact.numerator)))
        case Linear() | Bands() as rule:
            return _of_lines(rule, fact, lost)
        case _:
            return None


def _of_lines(rule: Linear | Bands, fact: Fact, lost: dict[str, object]) -> Sentence:
    percent = rule.of is Measure.RATE
    times = 100 if percent else 1
    figures = lost | {
        "value": shown(measured(rule, fact) * times),
        "unit": "%" if percent else lost["unit"],
    }
    if isinstance(rule, Linear):
        bounds = {"full_at": shown(exact(rule.full_at) * times), "zero_at": shown(exact(rule.zero_at) * times)}
        return say(
            mark("达到 %(value)s %(unit)s，%(full_at)s %(unit)s 得满分、%(zero_at)s %(unit)s 不得分，失 %(lost)s 分。"),
            **figures,
            **bounds,
        )
    return say(mark("达到 %(value)s %(unit)s，按所在档次计分，失 %(lost)s 分。"), **figures)


def _of_lateness(indicator: Indicator, fact: Fact, lost: dict[str, object]) -> Sentence | None:
    match indicator.rule:
        case ResponseTime(within) if fact.values:
            late = [value for value in fact.values if Fraction(value) > exact(within)]
            return say(
                mark("应计 %(count)s 次，其中 %(late)s 次超过 %(within)s %(unit)s（最长 %(worst)s），失 %(lost)s 分。"),
                **lost,
                count=len(fact.values),
                late=len(late),
                within=shown(amount(within)),
                worst=shown(max(late)),
            )
        case Reached(at_least) if fact.values:
            short = [value for value in fact.values if Fraction(value) < exact(at_least)]
            return say(
                mark("应计 %(count)s %(unit)s，其中 %(short)s %(unit)s不足 %(bound)s 次，失 %(lost)s 分。"),
                **lost,
                count=len(fact.values),
                short=len(short),
                bound=shown(amount(at_least)),
            )
        case Deadline(per_day) as rule:
            return say(
                mark("逾期共 %(days)s 天，每天扣 %(per_day)s 分，失 %(lost)s 分。"),
                **lost,
                days=shown(taken_off(rule, fact) / exact(per_day)),
                per_day=shown(amount(per_day)),
            )
        case Deduct() as rule:
            counts = fact.parts or ((rule.faults[0].fault, fact.numerator),)
            found = "、".join(f"{fault} {count}" for fault, count in counts if count)
            return say(
                mark("发生：%(found)s（次），应扣 %(off)s 分，扣完为止，失 %(lost)s 分。"),
                **lost,
                found=found,
                off=shown(taken_off(rule, fact)),
            )
        case _:
            return None


def _of_rates(indicator: Indicator, fact: Fact, lost: dict[str, object]) -> Sentence:
    match indicator.rule:
        case InverseRate(cutoff) if Fraction(fact.numerator) > Fraction(fact.denominator) * exact(cutoff):
            return say(
                mark(
                    "%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，"
                    "超过 %(cutoff)s %%，本项不得分。"
                ),
                **lost,
                cutoff=shown(exact(cutoff) * 100),
            )
        case InverseRate(times=1):
            return say(
                mark("%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，失 %(lost)s 分。"),
                **lost,
            )
        case InverseRate(times=times):
            return say(
                mark(
                    "%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，"
                    "按 %(times)s 倍扣分，失 %(lost)s 分。"
                ),
                **lost,
                times=times,
            )
        case AllOrNothing():
            return say(
                mark("应计 %(denominator)s %(unit)s，达到 %(numerator)s %(unit)s，须全部达到才得分，失 %(lost)s 分。"),
                **lost,
            )
        case _:
            return say(
                mark(
                    "应计 %(denominator)s %(unit)s，达到 %(numerator)s %(unit)s（%(rate)s %%），"
                    "还差 %(missing)s %(unit)s，失 %(lost)s 分。"
                ),
                **lost,
            )


def _all_kept(indicator: Indicator, given: Fact, full: Decimal) -> Sentence:
    fact = counted(indicator.rule, given)
    figures = {"numerator": _figure(fact.numerator), "unit": indicator.unit, "full": shown(full)}
    match indicator.rule:
        case Manual():
            return say(mark("评定满分 %(full)s 分。"), **figures)
        case Deduct() | Deadline():
            return say(mark("没有扣分，得满分 %(full)s 分。"), **figures)
        case CappedCount(target):
            denominator = amount(target)
        case _:
            denominator = Decimal(fact.denominator)
    if not denominator:
        return say(mark("%(numerator)s %(unit)s，得满分 %(full)s 分。"), **figures)
    return say(
        mark("%(numerator)s / %(denominator)s %(unit)s，得满分 %(full)s 分。"),
        **figures,
        denominator=_figure(denominator),
    )


def _figure(value: int | Decimal) -> str:
    return shown(Decimal(value))
