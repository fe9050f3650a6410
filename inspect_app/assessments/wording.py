"""The sentence beside each scored line: the rule with its figures, and why points were lost."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from inspect_app.assessments.definition import Extra, Gate, Group, Indicator, Veto, VetoEffect, Weights
from inspect_app.assessments.rules import (
    Fact,
    amount,
)
from inspect_app.core.labels import Sentence, mark, say


def rounded(value: Fraction | Decimal, places: int = 2) -> Decimal:
    """Round half up for showing; the only rounding of scores there is."""
    exactly = Fraction(value)
    step = Decimal(1).scaleb(-places)
    return (Decimal(exactly.numerator) / Decimal(exactly.denominator)).quantize(step, ROUND_HALF_UP)


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


def why_unknown(indicator: Indicator) -> Sentence:
    """Say that nobody ever reported the figures of an indicator."""
    return say(
        mark("尚未报送本项数据，无从计算，按不涉及处理，%(weight)s 分按比例摊入同模块其他指标。"),
        weight=shown(indicator.full),
    )


def why_not_of_group(indicator: Indicator, group: Group) -> Sentence:
    """Say that an indicator is asked of others only."""
    return say(
        mark("本项只考核%(group)s，这里不涉及，%(weight)s 分按比例摊入同模块其他指标。"),
        group=group.title,
        weight=shown(indicator.full),
    )


def why_pending(indicator: Indicator) -> Sentence:
    """Say that figures must be entered, and what proves them."""
    return say(
        mark("待评：本项由人工填报，需要的证明材料：%(proof)s。评定之前暂不计分。"),
        proof=indicator.proof,
    )


def why_gated(gate: Gate, fact: Fact) -> Sentence:
    """Say that a condition is not met, so that nothing is earned."""
    return say(
        mark("“%(title)s”要求不少于 %(at_least)s，实际 %(count)s，本项不得分。"),
        title=gate.title,
        at_least=shown(amount(gate.at_least)),
        count=fact.numerator,
    )


def why_set_aside(reason: str) -> Sentence:
    """Say that people decided that a line does not apply."""
    return say(mark("评审认定本项不涉及，理由：%(reason)s。"), reason=reason)


def why_changed(computed: Fraction | None, points: Decimal, full: Decimal, reason: str) -> Sentence:
    """Say what people decided beside what was computed."""
    before = "—" if computed is None else shown(computed)
    return say(
        mark("评审认定 %(points)s 分（满分 %(full)s 分，机算 %(before)s 分），理由：%(reason)s。"),
        points=shown(points),
        full=shown(full),
        before=before,
        reason=reason,
    )


def why_vetoed(veto: Veto) -> Sentence:
    """Say that a veto stands and what it does."""
    match veto.effect:
        case VetoEffect.ZERO:
            return say(mark("一票否决：%(title)s，总成绩按 0 分计，等次为不合格。"), title=veto.title)
        case VetoEffect.FAIL:
            return say(mark("一票否决：%(title)s，等次为不合格。"), title=veto.title)
        case VetoEffect.NO_EXCELLENT:
            return say(mark("%(title)s，不得评为优秀。"), title=veto.title)


def why_not_lifted() -> Sentence:
    """Say that a bonus does not lift a failed region (domain reference §6.3 rule 7)."""
    return say(mark("加分前未达到合格线，加分不改变等次。"))


def why_over_quota(allowed: int) -> Sentence:
    """Say that the share of excellent ones is used up."""
    return say(
        mark("分数达到优秀，但优秀名额只有 %(allowed)s 个（含并列不得突破），按良好评定。"),
        allowed=allowed,
    )


def why_extra(extra: Extra, count: int | Decimal, claimed: Fraction, points: Fraction) -> Sentence:
    """Say what a deduction or a bonus comes from, and what a cap cut."""
    figures = {
        "title": extra.title,
        "count": count,
        "unit": extra.unit,
        "per": shown(amount(extra.per)),
        "claimed": shown(claimed),
        "points": shown(points),
    }
    if points < claimed:
        return say(
            mark(
                "%(title)s %(count)s %(unit)s，每%(unit)s %(per)s 分，计 %(claimed)s 分，受封顶限制按 %(points)s 分计。"
            ),
            **figures,
        )
    return say(mark("%(title)s %(count)s %(unit)s，每%(unit)s %(per)s 分，计 %(points)s 分。"), **figures)


def why_no_grade() -> Sentence:
    """Say that there is no grade to start from."""
    return say(mark("期内没有任何应计的数量，没有等次，也就没有可以计算的提升办法。"))


def why_nothing_above() -> Sentence:
    """Say that the grade asked for is reached already."""
    return say(mark("已经达到这个等次，不需要再提升。"))


def why_veto_stands() -> Sentence:
    """Say that points do not help while a veto stands."""
    return say(mark("一票否决的情形没有解除，增加得分不能提高等次。"))


def why_out_of_reach(points: Fraction | None) -> Sentence:
    """Say that all steps together do not suffice."""
    if points is None:
        return say(mark("现在没有可以采取的措施。"))
    return say(mark("现有的措施全部完成，预计 %(points)s 分，仍达不到。"), points=shown(points))


def why_weight_missing(weights: Weights) -> Sentence:
    """Say that a joint score is not known because the weight of some is not."""
    if weights is Weights.POPULATION:
        return say(
            mark("有地区没有人口数，按人口加权的汇总得分无法计算。请在底数台账“常住人口”中补报，或改用等权汇总。")
        )
    return say(mark("有地区没有检查对象数，按对象数加权的汇总得分无法计算。请补录检查对象，或改用等权汇总。"))
