"""What the measure of each kind must say, and what it must not."""

from inspect_app.core.definitions import Table
from inspect_app.workplans.library.definition import Measure
from inspect_app.workplans.library.parameters import CHECKS
from inspect_app.workplans.library.words import Kind, Of

USED = {
    Kind.ONCE: {"aspects", "due_on", "moves"},
    Kind.TIMES: {"period", "per", "aspects", "at_least", "at_most", "due_day", "moves"},
    Kind.SHARE: {"of", "aspects", "options", "share", "trigger", "magnitude"},
    Kind.THRESHOLD: {"per", "at_least", "at_most"},
    Kind.RESPONSE: {"trigger", "immediately", "faults", "minutes", "hours", "working_days", "same_day", "magnitude"},
    Kind.STANDING: {"aspects", "faults", "trigger"},
}
NEEDED = {
    Kind.ONCE: (),
    Kind.TIMES: ("period", "at_least"),
    Kind.SHARE: ("of",),
    Kind.THRESHOLD: ("per", "at_least"),
    Kind.RESPONSE: ("trigger",),
    Kind.STANDING: (),
}
FIELDS = ("period", "of", "per", "trigger", "immediately", "aspects", "options", "faults", "moves")
LIMITS = ("minutes", "hours", "working_days", "same_day")


def check_measure(table: Table, kind: Kind, measure: Measure) -> None:
    """Note what is missing for the kind, and what means nothing to it."""
    given = given_in(measure)
    for name in NEEDED[kind]:
        if name not in given:
            table.note(f"{kind} 需要写明 {name}")
    for name in sorted(given - USED[kind]):
        table.note(f"{kind} 用不到 {name}")
    if kind is Kind.RESPONSE and len(given & {*LIMITS, "immediately"}) != 1:
        table.note(f"{kind} 应写明 {'、'.join(LIMITS)}、immediately 中的一项，也只写一项")
    if kind is Kind.SHARE and measure.of is Of.ASPECTS and not measure.aspects:
        table.note("of 是 aspects，应列出是哪些方面（aspects）")
    _check_range(table, measure)


def given_in(measure: Measure) -> set[str]:
    """Return the names of the fields and of the numbers with a meaning that a measure has."""
    numbers = {role for role, _ in measure.numbers if role in CHECKS}
    return {name for name in FIELDS if getattr(measure, name)} | numbers


def _check_range(table: Table, measure: Measure) -> None:
    least, most = measure.number("at_least"), measure.number("at_most")
    if most is None:
        return
    lows = {(each.region, each.year): each.value for each in least.settings} if least else {}
    for each in most.settings:
        low = lows.get((each.region, each.year))
        if not (isinstance(low, int) and isinstance(each.value, int) and low <= each.value):
            table.note(f"at_most 在 {each.region} 应有对应的 at_least，且不小于它")
