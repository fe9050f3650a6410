"""What a requirement asks for, in a few words. Pure."""

from decimal import Decimal

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.intake.stating import Stated
from inspect_app.workplans.library.words import KIND_LABELS, OF_LABELS, PERIOD_LABELS, TRIGGER_LABELS, Kind

LIMIT_LABELS = {
    "immediately": mark("立即"),
    "same_day": mark("当日（不过夜）"),
    "minutes": mark("分钟"),
    "hours": mark("小时"),
    "working_days": mark("个工作日"),
}
WITHOUT_NUMBER = ("immediately", "same_day")


def summary(said: Stated) -> list[Sentence]:
    """Say in a few words what is asked: kind first, then day, figure, period or limit, as the kind has them."""
    return [say(KIND_LABELS[said.kind]), *TOLD[said.kind](said)]


def number(value: Decimal) -> str:
    """Write a figure without needless zeros."""
    return f"{value.normalize():f}"


def _once(said: Stated) -> list[Sentence]:
    day = said.due_on
    return [say(mark("%(day)s 前"), day=day.isoformat())] if day else [say(mark("没有写日期，按年底"))]


def _counted(said: Stated) -> list[Sentence]:
    found = [say(PERIOD_LABELS[said.period])] if said.period else []
    found += [say(mark("每个%(each)s"), each=OF_LABELS[said.of])] if said.of else []
    if said.figure is None:
        return found
    low, high = number(said.figure), said.most and number(said.most)
    if high and high != low:
        return [*found, say(mark("%(low)s–%(high)s %(unit)s"), low=low, high=high, unit=said.unit)]
    return [*found, say(mark("至少 %(low)s %(unit)s"), low=low, unit=said.unit)]


def _share(said: Stated) -> list[Sentence]:
    of = [say(mark("按%(of)s计"), of=OF_LABELS[said.of])] if said.of else []
    share = say(mark("全部")) if said.figure is None else say(mark("%(share)s%%"), share=number(said.figure))
    return [*of, share]


def _response(said: Stated) -> list[Sentence]:
    found = [say(mark("%(trigger)s后"), trigger=TRIGGER_LABELS[said.trigger])] if said.trigger else []
    label = LIMIT_LABELS[said.limit_unit or "immediately"]
    if said.limit_unit in WITHOUT_NUMBER or said.figure is None:
        return [*found, say(label)]
    return [*found, say(mark("%(number)s %(unit)s内"), number=number(said.figure), unit=label)]


def _standing(_said: Stated) -> list[Sentence]:
    return []


TOLD = {
    Kind.ONCE: _once,
    Kind.TIMES: _counted,
    Kind.SHARE: _share,
    Kind.THRESHOLD: _counted,
    Kind.RESPONSE: _response,
    Kind.STANDING: _standing,
}
