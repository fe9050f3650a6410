"""An obligation written as a definition file writes it, so that one reader serves files and plans. Pure."""

from decimal import Decimal
from typing import Any

from inspect_app.workplans.library.definition import Measure, Obligation, Parameter, Value
from inspect_app.workplans.library.parameters import CHECKS
from inspect_app.workplans.library.words import Role

FIELDS = ("period", "of", "per", "trigger", "moves")
LISTS = ("aspects", "options", "faults")
Definition = dict[str, Any]


def as_definition(obligation: Obligation) -> Definition:
    """Return the fields of `checklists/obligations/README.md` without `code`, as JSON can hold them."""
    told: Definition = {
        "article": obligation.article,
        "title": obligation.title,
        "text": obligation.text,
        "topic": obligation.topic.value,
        **{role.value: list(obligation.roles[role]) for role in Role},
        "levels": [each.value for each in obligation.levels],
        "conditions": [each.value for each in obligation.conditions],
        "object": obligation.object,
        "kind": obligation.kind.value,
        "evidence": [each.value for each in obligation.evidence],
        "scoring": [each.value for each in obligation.scoring],
        "overlaps": list(obligation.overlaps),
    }
    return told | _measure(obligation.measure)


def parameter(key: str, unit: str, region: str, value: Value, year: int | None = None) -> Definition:
    """Return a parameter that is set for one region, in one year when that is given."""
    return {"key": key, **({"unit": unit} if unit else {}), "settings": [setting(region, value, year)]}


def setting(region: str, value: Value, year: int | None = None) -> Definition:
    """Return what holds for a region."""
    held: Definition = {"region": region, **({} if year is None else {"year": year})}
    if isinstance(value, str):
        return held | {"text": value}
    if isinstance(value, tuple):
        return held | {"texts": list(value)}
    return held | {"value": str(value) if isinstance(value, Decimal) else value}


def _measure(measure: Measure) -> Definition:
    told: Definition = {"counted": measure.counted, "unit": measure.unit}
    told |= {name: getattr(measure, name).value for name in FIELDS if getattr(measure, name)}
    told |= {name: list(getattr(measure, name)) for name in LISTS if getattr(measure, name)}
    told |= {"immediately": True} if measure.immediately else {}
    told |= {role: _parameter(each) for role, each in measure.numbers if role in CHECKS}
    more = [_parameter(each) for role, each in measure.numbers if role not in CHECKS]
    return told | ({"numbers": more} if more else {})


def _parameter(read: Parameter) -> Definition:
    told: Definition = {
        "key": read.key,
        "settings": [setting(each.region, each.value, each.year) for each in read.settings],
    }
    return told | ({"unit": read.unit} if read.unit else {}) | ({"proposal": True} if read.proposal else {})
