"""Obligations, and what falls due, as JSON and as lines of text."""

from decimal import Decimal
from typing import Any

from inspect_app.workplans.library.definition import Measure, Obligation, Parameter, Source, Value
from inspect_app.workplans.library.dues import Due, Dues
from inspect_app.workplans.library.spans import MONTHS
from inspect_app.workplans.library.words import (
    GROUP_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
    OF_LABELS,
    ROLE_LABELS,
    TOPIC_LABELS,
    Kind,
    Role,
)

FIELDS = ("period", "of", "per", "trigger", "moves")
LISTS = ("aspects", "options", "faults")


def as_json(source: Source, obligation: Obligation) -> dict[str, Any]:
    """Tell everything of an obligation; `parameters` always says what is counted."""
    return {
        "id": obligation.code,
        "title": obligation.title,
        "text": obligation.text,
        "topic": obligation.topic,
        **{role.value: list(obligation.roles[role]) for role in Role},
        "levels": list(obligation.levels),
        "conditions": list(obligation.conditions),
        "object": obligation.object,
        "kind": obligation.kind,
        "parameters": _parameters(obligation.kind, obligation.measure),
        "evidence": list(obligation.evidence),
        "scoring": list(obligation.scoring),
        "overlaps": list(obligation.overlaps),
        "source": _source(source, obligation),
    }


def line(obligation: Obligation) -> str:
    """Tell an obligation in one line, its columns parted by tabs."""
    actors = (
        f"{ROLE_LABELS[role]}：{'、'.join(GROUP_LABELS.get(each, each) for each in obligation.roles[role])}"
        for role in Role
        if obligation.roles[role]
    )
    levels = "、".join(LEVEL_LABELS[level] for level in obligation.levels)
    topic, kind = TOPIC_LABELS[obligation.topic], KIND_LABELS[obligation.kind]
    codes = f"{','.join(obligation.evidence)}\t{'+'.join(obligation.scoring)}"
    return "\t".join((obligation.code, topic, kind, levels, obligation.title, codes, "；".join(actors)))


def dues_as_json(obligation: Obligation, found: Dues) -> dict[str, Any]:
    """Tell what falls due, or why nothing does."""
    return {
        "id": obligation.code,
        "kind": obligation.kind,
        "due": [_due(each) for each in found.instances],
        "why_none": str(found.why_none) if found.why_none else None,
        "doubts": [str(each) for each in found.doubts],
    }


def dues_line(obligation: Obligation, found: Dues) -> str:
    """Tell what falls due in one line, its columns parted by tabs; 期末 is the end of a period without a day."""
    days = "、".join(f"{'' if each.dated else '期末'}{each.due_on}" for each in found.instances)
    needed = next((_needed(each) for each in found.instances), "")
    notes = "".join(str(each) for each in (found.why_none, *found.doubts) if each)
    return "\t".join((obligation.code, obligation.title, days or "—", needed or "—", notes))


def _due(due: Due) -> dict[str, Any]:
    return {
        "number": due.number,
        "from": due.starts_on.isoformat(),
        "until": due.ends_on.isoformat(),
        "due_on": due.due_on.isoformat(),
        "dated": due.dated,
        "needed": due.needed,
        "at_most": due.at_most,
        "share": None if due.share is None else float(due.share),
        "per": due.per,
        "by": due.by,
    }


def _needed(due: Due) -> str:
    if due.share is not None:
        return f"{due.share * 100:.0f}%"
    each = OF_LABELS[due.per] if due.per else ""
    return "" if due.needed is None else f"{each}{due.needed}" + (f"～{due.at_most}" if due.at_most else "")


def _source(source: Source, obligation: Obligation) -> dict[str, Any]:
    told = {"place": source.place, "region": source.region, "title": source.title, "number": source.number or None}
    return {**told, "article": obligation.article, "reference": source.reference}


def _parameters(kind: Kind, measure: Measure) -> dict[str, Any]:
    told: dict[str, Any] = {"counted": measure.counted, "unit": measure.unit}
    told |= {name: getattr(measure, name) for name in FIELDS if getattr(measure, name)}
    told |= {name: list(getattr(measure, name)) for name in LISTS if getattr(measure, name)}
    if measure.immediately:
        told["immediately"] = True
    told |= {role: _parameter(parameter) for role, parameter in measure.numbers}
    least = measure.number("at_least")
    if kind is Kind.TIMES and least and measure.period in MONTHS:
        times = 12 // MONTHS[measure.period]
        told["a_year"] = {each.region: each.value * times for each in least.settings if isinstance(each.value, int)}
    return told


def _parameter(parameter: Parameter) -> dict[str, Any]:
    always = {each.region: _plain(each.value) for each in parameter.settings if each.year is None}
    yearly = [
        {"region": each.region, "year": each.year, "value": _plain(each.value)}
        for each in parameter.settings
        if each.year is not None
    ]
    told: dict[str, Any] = {"key": parameter.key, **({"unit": parameter.unit} if parameter.unit else {})}
    told |= {"default": None, "by_region": always, **({"by_year": yearly} if yearly else {})}
    return {**told, "proposal": parameter.proposal}


def _plain(value: Value) -> int | float | str | list[str]:
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value
