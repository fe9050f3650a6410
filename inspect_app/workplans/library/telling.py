"""Obligations as JSON and as lines of text."""

from decimal import Decimal
from typing import Any

from inspect_app.workplans.library.definition import Measure, Obligation, Parameter, Source, Value
from inspect_app.workplans.library.spans import MONTHS
from inspect_app.workplans.library.words import (
    GROUP_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
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
