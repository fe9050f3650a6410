"""A checklist written as a workbook that people change in Excel or WPS and send back."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import BinaryIO

from inspect_app.checklists.definition import Checklist, Item, Part, Section
from inspect_app.checklists.questions import Day, Number, OneOf, Rate, Rule, SomeOf, Text, YesNo
from inspect_app.checklists.relevance import part_of
from inspect_app.checklists.workbook import instructions, phrases
from inspect_app.checklists.workbook.columns import BASES, BASICS, COLUMNS, ITEMS, LINES, Basic, Column, Key
from inspect_app.checklists.workbook.words import (
    BAD_ANSWERS,
    CONDITION_WORDS,
    DEADLINES,
    EVIDENCES,
    FIRSTS,
    NO,
    SEVERITIES,
    TYPES,
    UNITS,
    YES,
)
from inspect_app.law.definitions import BASIS_KIND_LABELS, Register
from inspect_app.workbooks.sheets import FormColumn, FormSheet, Value, compose_form

SPARE = 100
FROZEN = 3
Values = Mapping[Key, Value]


def export(checklist: Checklist, register: Register, on: date) -> bytes:
    """Return the list as an .xlsx; `on` is the day on which the bases are said to be in force or lapsed."""
    out = BytesIO()
    write(out, checklist, register, on)
    return out.getvalue()


def write(out: BinaryIO, checklist: Checklist, register: Register, on: date) -> None:
    """Write the list as an .xlsx."""
    compose_form(out, f"{checklist.code} {checklist.title}".strip(), sheets_of(checklist, register, on))


def sheets_of(checklist: Checklist, register: Register, on: date) -> list[FormSheet]:
    """Return the sheets: instructions, basic data, items, bases."""
    source = f"'{BASES}'!$A$2:$A${len(register) + 1}"
    columns = [_form_column(column, source) for column in COLUMNS]
    rows = [[row.get(column.key) for column in COLUMNS] for row in rows_of(checklist)]
    return [
        instructions.sheet(),
        _basics(checklist),
        FormSheet(ITEMS, columns, rows, SPARE, FROZEN),
        _bases(register, on),
    ]


def _form_column(column: Column, source: str) -> FormColumn:
    return FormColumn(
        column.heading,
        column.width,
        column.advice,
        column.choices,
        source if column.key is Key.BASES else "",
        column.strict,
        column.tint,
    )


def _basics(checklist: Checklist) -> FormSheet:
    values: dict[Basic, Value] = {
        Basic.CODE: checklist.code,
        Basic.VERSION: checklist.version,
        Basic.TITLE: checklist.title,
        Basic.CHECKED: checklist.checked,
        Basic.CHECKERS: checklist.checkers,
        Basic.PASS_MARK: checklist.pass_mark,
        Basic.OBJECTS: "、".join(checklist.objects) or None,
    }
    columns = [FormColumn("项目", 12), FormColumn("内容", 60), FormColumn("说明", 60)]
    return FormSheet(BASICS, columns, [[line.heading, values[key], line.advice] for key, line in LINES.items()])


def _bases(register: Register, on: date) -> FormSheet:
    headings = {"代码": 20, "名称": 56, "文号": 26, "种类": 14, "说明": 44}
    rows: list[list[Value]] = [
        [
            basis.code,
            basis.title,
            basis.number,
            BASIS_KIND_LABELS[basis.kind],
            "".join(str(doubt) for doubt in register.doubts(basis.code, on)) or None,
        ]
        for basis in register.values()
    ]
    return FormSheet(BASES, [FormColumn(heading, width) for heading, width in headings.items()], rows, frozen=1)


def rows_of(checklist: Checklist) -> Iterator[Values]:
    """Give one row a question: the first row of an item holds the item, each row a part of it."""
    for section in checklist.sections:
        for item in section.items:
            for place, part in enumerate(item.parts):
                own = _item(checklist, section, item) if place == 0 else {Key.CODE: item.code}
                yield {**own, **_part(part), **_question(part)}


def _item(checklist: Checklist, section: Section, item: Item) -> dict[Key, Value]:
    return {
        Key.CODE: item.code,
        Key.SECTION: section.title,
        Key.SECTION_CODE: section.code,
        Key.TEXT: item.text,
        Key.GUIDANCE: item.guidance,
        Key.WEIGHT: item.weight,
        Key.SEVERITY: SEVERITIES.word(item.severity),
        Key.VETO: _flag(value=item.veto),
        Key.DEADLINE: DEADLINES.word(item.deadline.kind),
        Key.DAYS: item.deadline.days,
        Key.FIRST: FIRSTS.word(item.deadline.first) if item.deadline.first else None,
        Key.EVIDENCE: "、".join(EVIDENCES.word(each) for each in item.evidence) or None,
        Key.BASES: phrases.write_citations(item.citations) or None,
        Key.REQUIRED: None if item.required else NO,
        Key.LOCKED: _flag(value=item.locked),
        Key.RELEVANT: _conditions(checklist, item),
    }


def _conditions(checklist: Checklist, item: Item) -> str | None:
    items = {each.code: each for each in checklist.items}
    lines = []
    for condition in item.relevant:
        part = part_of(condition, items)
        free = part is None or not isinstance(part.question, OneOf | SomeOf)
        lines.append(phrases.write_condition(condition, CONDITION_WORDS if free else {}))
    return "\n".join(lines) or None


def _part(part: Part) -> dict[Key, Value]:
    values: dict[Key, Value] = {
        Key.TYPE: TYPES.word(part.question.kind),
        Key.NA: _flag(value=part.na_allowed),
        Key.GATE: _flag(value=part.gate),
        Key.PART_VETO: _flag(value=part.veto),
    }
    if part.code or part.label or part.share != 1:
        values |= {Key.PART: part.code, Key.LABEL: part.label, Key.SHARE: part.share}
    return values


def _question(part: Part) -> dict[Key, Value]:  # noqa: PLR0911 - one for each kind of question
    match part.question:
        case YesNo(bad_answer=bad):
            return {Key.BAD_ANSWER: BAD_ANSWERS.labels.get(bad)}
        case Number() as number:
            return {**_number(number), **_ruled(number.rules)}
        case Rate() as rate:
            return {**_rate(rate), **_ruled(rate.rules)}
        case Day(unit=unit, rules=rules):
            return {Key.UNIT: UNITS.word(unit), **_ruled(rules)}
        case OneOf(options=options, passing=passing):
            return {Key.OPTIONS: phrases.write_options(options), Key.PASSING: "、".join(passing) or None}
        case SomeOf(options=options, rules=rules):
            return {Key.OPTIONS: phrases.write_options(options), **_ruled(rules)}
        case Text(max_length=length):
            return {Key.MAX_LENGTH: length}


def _number(number: Number) -> dict[Key, Value]:
    compared = f"{phrases.LOW} {number.at_least_part}" if number.at_least_part else None
    return {
        Key.UNIT: number.unit,
        Key.DECIMALS: number.decimals or None,
        Key.MINIMUM: number.minimum,
        Key.MAXIMUM: number.maximum,
        Key.COMPARED: f"{phrases.EQUAL} {number.equals_part}" if number.equals_part else compared,
    }


def _rate(rate: Rate) -> dict[Key, Value]:
    return {
        Key.NUMERATOR: rate.numerator,
        Key.DENOMINATOR: rate.denominator,
        Key.DECIMALS: rate.decimals or None,
        Key.MAY_EXCEED: _flag(value=rate.may_exceed),
    }


def _ruled(rules: tuple[Rule, ...]) -> dict[Key, Value]:
    if len(rules) == 1 and not rules[0].code and not rules[0].label:
        rule = rules[0]
        bounds: dict[Key, Value] = {Key.AT_LEAST: rule.at_least, Key.AT_MOST: rule.at_most, Key.ZERO_AT: rule.zero_at}
        return {**bounds, Key.PARTIAL: None if rule.partial else NO}
    return {Key.RULES: phrases.write_rules(rules) or None}


def _flag(*, value: bool) -> str | None:
    return YES if value else None
