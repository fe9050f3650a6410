"""Small schemes to score by hand."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import Indicator, Module, Rate, Rule, Scheme, Weights
from inspect_app.assessments.loading import load_schemes
from inspect_app.assessments.scoring import Score

DEFAULT = load_schemes()["DEFAULT"]
SUPERVISION = replace(
    DEFAULT,
    modules=tuple(module for module in DEFAULT.modules if module.code == "M2"),
    deductions=(),
    bonuses=(),
    vetoes=(),
    excellent_quota=None,
)


def line(code: str, full: int | str, rule: Rule | None = None) -> Indicator:
    """One indicator whose fact has its own code; a plain rate when no rule is given."""
    return Indicator(code, code, Decimal(full), "项", code, rule or Rate())


def module_of(code: str, *indicators: Indicator) -> Module:
    """A module that carries what its indicators add up to."""
    return Module(code, code, sum((each.full for each in indicators), Decimal(0)), indicators)


def scheme_of(*modules: Module) -> Scheme:
    """A scheme with the grades of the default one and nothing outside its modules."""
    return Scheme("X", 1, "X", Weights.EQUAL, DEFAULT.grades, modules)


def points(result: Score) -> Mapping[str, Fraction | None]:
    """Points by code of the indicator."""
    return {line.indicator.code: line.points for line in result.lines}


def told(*values: object) -> tuple[object, ...]:
    """Several results side by side, so that one comparison shows them all."""
    return values
