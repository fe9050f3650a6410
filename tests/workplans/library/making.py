"""Obligations and places made for a test."""

from collections.abc import Mapping
from datetime import date

from inspect_app.core.workdays import Calendar
from inspect_app.workplans.library.definition import Measure, Obligation, Parameter, Setting, Value
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Condition, Evidence, Kind, Level, Role, Scoring, Topic

PATH = ("654202", "6542", "65")
PLAIN = Calendar({}, None)
# National Day of 2026 falls on a Thursday; the Friday after is free too, and Saturday the 10th is worked
HOLIDAYS = Calendar({date(2026, 10, 1): False, date(2026, 10, 2): False, date(2026, 10, 10): True}, None)


def numbers(**values: Value | None) -> tuple[tuple[str, Parameter], ...]:
    """Parameters by what they stand for, set for 6542; None is one that nobody set."""
    return tuple(
        (role, Parameter(role, settings=() if value is None else (Setting("6542", None, value),)))
        for role, value in values.items()
    )


def obligation(kind: Kind, measure: Measure, *conditions: Condition) -> Obligation:
    """An obligation of counties and prefectures."""
    return Obligation(
        code="TC-99a",
        article="（一）",
        title="试验",
        text="试验用的义务。",
        topic=Topic.DRILL,
        roles={Role.LEAD: ("应急管理局",), Role.COOPERATING: (), Role.RESPONSIBLE: ("@county_governments",)},
        levels=(Level.PREFECTURE, Level.COUNTY),
        conditions=conditions,
        object="各县市",
        kind=kind,
        measure=measure,
        evidence=(Evidence.DOC,),
        scoring=(Scoring.BIN,),
        overlaps=(),
    )


def county(facts: Mapping[Condition, bool] | None = None, level: Level = Level.COUNTY) -> Place:
    """Wusu, of which nothing further is known."""
    return Place(PATH, level, facts or {})
