"""The sentence beside each scored line: the rule with its figures, and why points were lost."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from inspect_app.assessments.definition import CappedCount, Indicator, InverseRate, Veto
from inspect_app.core.labels import Sentence, mark, say


def rounded(value: Fraction | Decimal, places: int = 2) -> Decimal:
    """Round half up for showing; the only rounding of scores there is."""
    exact = Fraction(value)
    step = Decimal(1).scaleb(-places)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)


def shown(value: Fraction | Decimal, places: int = 2) -> str:
    """Return points for a sentence, without trailing zeros."""
    text = f"{rounded(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def why_not_applicable(indicator: Indicator) -> Sentence:
    """Say why an indicator is left out and where its marks go."""
    return say(
        mark("期内没有应计的数量（分母为 0），本项不涉及，%(weight)s 分按比例摊入同模块其他指标。"),
        weight=shown(indicator.full),
    )


def why_vetoed(veto: Veto) -> Sentence:
    """Say that a veto stands."""
    return say(mark("一票否决：%(title)s。"), title=veto.title)


def why_lost(
    indicator: Indicator, numerator: int | Decimal, denominator: int | Decimal, points: Fraction, full: Fraction
) -> Sentence:
    """Say what the figures are and, where points were lost, what is missing."""
    if points == full:
        return _all_kept(indicator, numerator, denominator, full)
    figures = {
        "numerator": numerator,
        "denominator": denominator,
        "unit": indicator.unit,
        "rate": shown(Fraction(numerator) / Fraction(denominator) * 100),
        "lost": shown(full - points),
        "missing": denominator - numerator,
    }
    match indicator.rule:
        case CappedCount():
            return say(mark("完成 %(numerator)s %(unit)s，目标 %(denominator)s %(unit)s，失 %(lost)s 分。"), **figures)
        case InverseRate(cutoff) if numerator > denominator * cutoff:
            return say(
                mark(
                    "%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，"
                    "超过 %(cutoff)s %%，本项不得分。"
                ),
                **figures,
                cutoff=shown(cutoff * 100),
            )
        case InverseRate(times=1):
            return say(
                mark("%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，失 %(lost)s 分。"),
                **figures,
            )
        case InverseRate(times=times):
            return say(
                mark(
                    "%(denominator)s %(unit)s中出现 %(numerator)s %(unit)s，占 %(rate)s %%，"
                    "按 %(times)s 倍扣分，失 %(lost)s 分。"
                ),
                **figures,
                times=times,
            )
        case _:
            return say(
                mark(
                    "应计 %(denominator)s %(unit)s，达到 %(numerator)s %(unit)s（%(rate)s %%），"
                    "还差 %(missing)s %(unit)s，失 %(lost)s 分。"
                ),
                **figures,
            )


def _all_kept(indicator: Indicator, numerator: int | Decimal, denominator: int | Decimal, full: Fraction) -> Sentence:
    return say(
        mark("%(numerator)s / %(denominator)s %(unit)s，得满分 %(full)s 分。"),
        numerator=numerator,
        denominator=denominator,
        unit=indicator.unit,
        full=shown(full),
    )
