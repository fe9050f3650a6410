"""The numbers of an obligation that a place sets for itself: what each is called, how people write it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from inspect_app.core.labels import mark
from inspect_app.workplans.library.definition import Obligation, Parameter, Value
from inspect_app.workplans.library.measures import USED
from inspect_app.workplans.library.parameters import CHECKS
from inspect_app.workplans.owing.told import Definition, setting

LABELS = {
    "at_least": mark("至少"),
    "at_most": mark("至多"),
    "share": mark("应达到的比例（%）"),
    "due_on": mark("哪一天前（月-日）"),
    "due_day": mark("每期的几日前"),
    "minutes": mark("几分钟内"),
    "hours": mark("几小时内"),
    "working_days": mark("几个工作日内"),
    "same_day": mark("当日几点前"),
    "magnitude": mark("几级以上"),
}
WHOLE = ("at_least", "at_most", "due_day", "minutes", "hours", "working_days")
TEXTS = ("due_on", "same_day")
OFFERED = ("at_least", "at_most", "share", "due_on", "due_day")
HUNDRED = 100
WRONG = {
    "share": mark("应为 1 至 100 的数，如 100 或 95。"),
    "due_on": mark("应写成月-日，如 06-07。"),
    "same_day": mark("只能写 24:00。"),
    "due_day": mark("应为 1 至 31 的整数。"),
    "magnitude": mark("应为大于 0 的数，如 3.0。"),
}
NOT_WHOLE = mark("应为大于 0 的整数。")


@dataclass(frozen=True)
class Number:
    """A number that may be set: `own` as the place wrote it, `elsewhere` what it inherits or others have."""

    role: str
    label: str
    unit: str
    own: str
    proposal: bool
    elsewhere: tuple[tuple[str, str], ...]


def numbers_of(obligation: Obligation, region: str, year: int) -> list[Number]:
    """List the numbers that an obligation may have, in the order of the README; set or not."""
    usable = [role for role in CHECKS if role in USED[obligation.kind]]
    known = {role: obligation.measure.number(role) for role in usable}
    return [_number(role, each, region, year) for role, each in known.items() if each is not None or role in OFFERED]


def read_number(role: str, text: str) -> Value | None:
    """Read what a person wrote; None for nothing. ValueError carries the sentence for what is wrong."""
    text = text.strip()
    if not text:
        return None
    value = _value(role, text)
    if value is None or not CHECKS[role][0](value):
        raise ValueError(WRONG.get(role, NOT_WHOLE))
    return value


def with_numbers(definition: Definition, region: str, year: int, values: Mapping[str, Value | None]) -> Definition:
    """Return a definition in which a region has these numbers; None takes its own number away.

    A day is set for the year alone, as days are set anew each year.
    """
    changed = dict(definition)
    for role, value in values.items():
        if value is not None or role in definition:
            kept = {"key": role} | {name: each for name, each in changed.get(role, {}).items() if name != "proposal"}
            others = [each for each in kept.get("settings", ()) if not _is_own(each, region, year)]
            own = [] if value is None else [setting(region, value, year if role == "due_on" else None)]
            changed[role] = kept | {"settings": [*others, *own]}
    return changed


def written(role: str, value: Value | None) -> str:
    """Write a number as people do: 95 for a share of 0.95."""
    if value is None:
        return ""
    if role == "share" and isinstance(value, int | Decimal):
        return f"{(Decimal(value) * HUNDRED).normalize():f}"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _number(role: str, each: Parameter | None, region: str, year: int) -> Number:
    settings = each.settings if each else ()
    own = next((one.value for one in settings if one.region == region and one.year in (None, year)), None)
    others = tuple(
        (f"{one.region}（{one.year}）" if one.year else one.region, written(role, one.value))
        for one in settings
        if one.region != region or one.year not in (None, year)
    )
    unit, proposal = (each.unit, each.proposal) if each else ("", False)
    return Number(role, LABELS[role], unit, written(role, own), proposal, others)


def _is_own(each: Definition, region: str, year: int) -> bool:
    return each["region"] == region and each.get("year") in (None, year)


def _value(role: str, text: str) -> Value | None:
    if role in TEXTS:
        return text
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    number = number / HUNDRED if role == "share" else number
    whole = number == int(number)
    if role in WHOLE:
        return int(number) if whole else None
    return int(number) if whole and role == "share" else number
