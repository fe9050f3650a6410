"""A requirement as a person states it in a form, and the definition that comes of it. Pure.

Only what a form can show is rewritten; evidence, scoring and what else a definition holds stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.workplans.library.measures import FIELDS, LIMITS, USED
from inspect_app.workplans.library.parameters import CHECKS
from inspect_app.workplans.library.words import Condition, Kind, Level, Of, Period, Scoring, Trigger
from inspect_app.workplans.owing.told import Definition, parameter

MOST = 100
SHARES = Decimal(MOST)
COUNTED = (Kind.TIMES, Kind.THRESHOLD)
KEPT = {"aspects", "options", "faults", "moves", "due_day", "magnitude"}
"""What no field of the form shows, and what stays as long as the kind uses it."""
CONDITION_OF = {
    Of.TOWNSHIPS: Condition.HAS_TOWNSHIPS,
    Of.VILLAGES: Condition.HAS_VILLAGES,
    Of.SCHOOLS: Condition.HAS_SCHOOLS,
}
SCORED = {
    Kind.ONCE: Scoring.DDL,
    Kind.TIMES: Scoring.CNT,
    Kind.SHARE: Scoring.RATE,
    Kind.THRESHOLD: Scoring.RATE,
    Kind.RESPONSE: Scoring.SLA,
    Kind.STANDING: Scoring.DED,
}
NEEDS_TITLE = mark("请写明要做什么。")
NEEDS_FIGURE = mark("请填写大于 0 的整数。")
NEEDS_SHARE = mark("请填写大于 0、不超过 100 的百分数。")
NEEDS_PERIOD = mark("请选择周期。")
NEEDS_OF = mark("请选择按什么计算。")
NEEDS_TRIGGER = mark("请选择由什么引起。")
NEEDS_LIMIT = mark("请填写时限；“当日”和“立即”不用填数。")
NEEDS_LEVEL = mark("请选择由谁承担。")
RANGE = mark("上限不能小于下限。")
ANOTHER_YEAR = mark("日期应在 %(year)s 年内。")


@dataclass(frozen=True)
class Stated:
    """What a form says; which fields count depends on the kind. `limit_unit` is a name of LIMITS or immediately."""

    title: str
    kind: Kind
    unit: str = ""
    figure: Decimal | None = None
    most: Decimal | None = None
    due_on: date | None = None
    period: Period | None = None
    of: Of | None = None
    trigger: Trigger | None = None
    limit_unit: str = ""
    levels: tuple[Level, ...] = (Level.PREFECTURE, Level.COUNTY)


def stated(definition: Definition, region: str, year: int) -> Stated:
    """Read a definition into what the form shows: what is set for a region, or for what it lies in.

    Without a kind it is a standing duty.
    """
    kind = Kind(definition.get("kind", Kind.STANDING))
    numbers = {name: _value(definition, name, region, year) for name in CHECKS}
    limit = next((name for name in LIMITS if name in definition), "immediately")
    of = definition.get("per") or definition.get("of")
    return Stated(
        title=definition["title"],
        kind=kind,
        unit=definition.get("unit", ""),
        figure=_figure(numbers, kind, limit),
        most=_number(numbers["at_most"]),
        due_on=_day(numbers["due_on"], year),
        period=Period(definition["period"]) if "period" in definition else None,
        of=Of(of) if of else None,
        trigger=Trigger(definition["trigger"]) if "trigger" in definition else None,
        limit_unit=limit if kind is Kind.RESPONSE else "",
        levels=tuple(Level(each) for each in definition.get("levels", ())),
    )


def problems_of(said: Stated, year: int) -> dict[str, list[str]]:
    """Return what is missing or wrong by field."""
    problems = {} if said.title.strip() else {"title": [NEEDS_TITLE]}
    problems |= {} if said.levels else {"levels": [NEEDS_LEVEL]}
    problems |= _of_kind(said)
    if said.due_on is not None and said.kind is Kind.ONCE and said.due_on.year != year:
        problems["due_on"] = [ANOTHER_YEAR % {"year": year}]
    if said.most is not None and said.figure is not None and said.most < said.figure and said.kind in COUNTED:
        problems["most"] = [RANGE]
    return problems


def restated(definition: Definition, said: Stated, region: str, year: int) -> Definition:
    """Return the definition with what the form says, set for one region."""
    if said == stated(definition, region, year):
        return definition
    stay = KEPT & USED[said.kind]
    kept = {name: value for name, value in definition.items() if name in stay or name not in (*FIELDS, *CHECKS)}
    measured = _measure(said, region, year)
    condition = CONDITION_OF.get(Of(measured["per"])) if "per" in measured else None
    return kept | measured | {
        "title": said.title.strip(),
        "counted": said.title.strip(),
        "unit": said.unit.strip() or "项",
        "kind": said.kind.value,
        "levels": [each.value for each in said.levels],
        "conditions": [condition.value] if condition else [],
        "scoring": [SCORED[said.kind].value] if said.kind.value != definition["kind"] else definition["scoring"],
    }  # fmt: skip


def resettled(definition: Definition, before: tuple[str, int], after: tuple[str, int]) -> Definition:
    """Return the definition with its numbers set for another region and year, each given as (code, year)."""
    held = [value for value in definition.values() if isinstance(value, dict) and "settings" in value]
    numbers = [*held, *definition.get("numbers", ())]
    changed = {
        id(each): each | {"settings": [_moved(one, before, after) for one in each["settings"]]} for each in numbers
    }
    return {
        name: [changed[id(each)] for each in value] if name == "numbers" else changed.get(id(value), value)
        for name, value in definition.items()
    }


def _moved(setting: Mapping[str, Any], before: tuple[str, int], after: tuple[str, int]) -> dict[str, Any]:
    region = after[0] if setting["region"] == before[0] else setting["region"]
    year = {"year": after[1]} if setting.get("year") == before[1] else {}
    return {**setting, "region": region, **year}


def _of_kind(said: Stated) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    if said.kind in COUNTED and not _is_count(said.figure):
        problems["figure"] = [NEEDS_FIGURE]
    if said.kind is Kind.TIMES and said.period is None:
        problems["period"] = [NEEDS_PERIOD]
    if said.kind in (Kind.THRESHOLD, Kind.SHARE) and said.of is None:
        problems["of"] = [NEEDS_OF]
    if said.kind is Kind.SHARE and said.figure is not None and not 0 < said.figure <= MOST:
        problems["figure"] = [NEEDS_SHARE]
    if said.kind is Kind.RESPONSE:
        problems |= {} if said.trigger else {"trigger": [NEEDS_TRIGGER]}
        if said.limit_unit not in ("same_day", "immediately") and not _is_count(said.figure):
            problems["figure"] = [NEEDS_LIMIT]
    return problems


def _measure(said: Stated, region: str, year: int) -> Definition:
    if said.kind is Kind.ONCE:
        day = f"{said.due_on:%m-%d}" if said.due_on else None
        return {"due_on": parameter("due_on", "", region, day, year)} if day else {}
    if said.kind is Kind.SHARE:
        of = {"of": said.of.value} if said.of else {}
        share = None if said.figure is None else said.figure / SHARES
        value = None if share is None else (int(share) if share == int(share) else share)
        return of if value is None else {**of, "share": parameter("share", "", region, value)}
    if said.kind is Kind.RESPONSE:
        return _response(said, region)
    return _counted(said, region) if said.kind in COUNTED else {}


def _counted(said: Stated, region: str) -> Definition:
    least = {"at_least": parameter("at_least", said.unit.strip(), region, int(said.figure or 0))}
    most = {"at_most": parameter("at_most", said.unit.strip(), region, int(said.most))} if said.most else {}
    period = {"period": said.period.value} if said.period and said.kind is Kind.TIMES else {}
    return {**period, **({"per": said.of.value} if said.of else {}), **least, **most}


def _response(said: Stated, region: str) -> Definition:
    trigger = {"trigger": said.trigger.value} if said.trigger else {}
    if said.limit_unit == "immediately":
        return {**trigger, "immediately": True}
    value: int | str = "24:00" if said.limit_unit == "same_day" else int(said.figure or 0)
    return {**trigger, said.limit_unit: parameter(said.limit_unit, "", region, value)}


def _is_count(value: Decimal | None) -> bool:
    return value is not None and value > 0 and value == int(value)


def _figure(numbers: Mapping[str, object], kind: Kind, limit: str) -> Decimal | None:
    if kind is Kind.SHARE:
        share = _number(numbers["share"])
        return None if share is None else (share * SHARES).quantize(Decimal("0.01")).normalize() + 0
    if kind is Kind.RESPONSE:
        return _number(numbers.get(limit))
    return _number(numbers["at_least"])


def _value(definition: Mapping[str, Any], name: str, region: str, year: int) -> object:
    settings = definition[name]["settings"] if name in definition else []
    fitting = [each for each in settings if region.startswith(each["region"]) and each.get("year") in (None, year)]
    nearest: Mapping[str, Any] = max(fitting, key=lambda each: (len(each["region"]), each.get("year") or 0), default={})
    return nearest.get("value", nearest.get("text"))


def _number(value: object) -> Decimal | None:
    return None if value is None or value == "24:00" else Decimal(str(value))


def _day(value: object, year: int) -> date | None:
    try:
        return date.fromisoformat(f"{year}-{value}") if isinstance(value, str) else None
    except ValueError:
        return None
