"""A form in XLSForm read as a checklist, with a report of what became of everything in it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from inspect_app.checklists.checking.questions import recorded
from inspect_app.checklists.definition import Checklist, Item, Section
from inspect_app.checklists.questions import Day, Number, YesNo
from inspect_app.checklists.workbook.xlsform.choices import read_choices
from inspect_app.checklists.workbook.xlsform.report import Entry, Report, XlsForm
from inspect_app.checklists.workbook.xlsform.survey import DAYS, Survey
from inspect_app.checklists.workbook.xlsform.tables import (
    CHOICES,
    SETTINGS,
    SURVEY,
    FormRow,
    FormTable,
    Language,
    table_of,
)
from inspect_app.core.frozen import plain
from inspect_app.core.labels import mark, say
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.model import Sheet

NOT_CODE = re.compile(r"[^A-Za-z0-9]+")
LONGEST_CODE = 20
NAMELESS = "FORM-1"
PASS_MARK, FULL, CENT = Decimal(60), Decimal(100), Decimal("0.01")
READ = ("form_title", "form_id", "default_language")


def read_xlsform(sheets: Mapping[str, Sheet]) -> XlsForm:
    """Read the sheets of a form by their names. It is never refused: what cannot be read is in the report."""
    named = {name.strip().lower(): sheet for name, sheet in sheets.items()}
    report = Report()
    settings = table_of(SETTINGS, named.get(SETTINGS))
    first = settings.rows[0] if settings.rows else FormRow(SETTINGS, 1, {})
    _settle(settings, first, report)
    language = Language(first.get("default_language"))
    title = first.get("form_title") or first.get("form_id")
    code = _code(first.get("form_id"))
    choices = read_choices(table_of(CHOICES, named.get(CHOICES)), language, report)
    sections = Survey(code, title or code, choices, language, report).read(table_of(SURVEY, named.get(SURVEY)))
    _other_sheets(sheets, report)
    checklist = Checklist(code, 1, title, "", "", PASS_MARK, _weighed(sections))
    _assume(checklist, report)
    return XlsForm(checklist, report)


def _code(form_id: str) -> str:
    plain_id = NOT_CODE.sub("-", unicodedata.normalize("NFKC", form_id)).strip("-").upper()
    return plain_id[:LONGEST_CODE].strip("-") or NAMELESS


def _settle(settings: FormTable, first: FormRow, report: Report) -> None:
    for name, text in first.cells.items():
        if name == "version":
            report.not_carried.append(first.entry(name, mark("版本号“%(text)s”没有导入，系统另行编号。"), text=text))
        elif name not in READ:
            report.not_carried.append(first.entry(name, mark("系统没有这一设置，“%(text)s”没有导入。"), text=text))
    report.not_carried += [row.entry("—", mark("只读取设置的第一行。")) for row in settings.rows[1:]]


def _other_sheets(sheets: Mapping[str, Sheet], report: Report) -> None:
    for name, sheet in sheets.items():
        filled = any(as_text(cell) for row in sheet.rows for cell in row)
        if name.strip().lower() not in (SURVEY, CHOICES, SETTINGS) and filled:
            report.not_carried.append(Entry(name, 1, "—", say(mark("整张工作表没有导入。"))))


def _weighed(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give all items that can be judged the same weight, and the last of them what is left over."""
    judged = [item.code for section in sections for item in section.items if _scored(item)]
    if not judged:
        return sections
    each = (FULL / len(judged)).quantize(CENT, ROUND_DOWN)
    weights = dict.fromkeys(judged, each) | {judged[-1]: FULL - each * (len(judged) - 1)}
    return tuple(
        replace(
            section, items=tuple(replace(item, weight=weights.get(item.code, item.weight)) for item in section.items)
        )
        for section in sections
    )


def _scored(item: Item) -> bool:
    return not all(recorded(part.question) for part in item.parts)


def _assume(checklist: Checklist, report: Report) -> None:
    """Say what the form leaves open and was filled in all the same."""
    kinds = {kind: [item.code for item in checklist.items if _is(item, kind)] for kind in (YesNo, Number, Day)}
    scored = [item for item in checklist.items if _scored(item)]
    tell = report.assumed.append
    tell(say(mark("编号取自表单编号：%(code)s。"), code=checklist.code))
    tell(say(mark("不合格都记为一般隐患，期限都是 %(days)s 日，请逐项复核。"), days=DAYS))
    tell(say(mark("合格线为 %(mark)s 分。"), mark=plain(checklist.pass_mark)))
    if scored:
        shown = plain(scored[0].weight)
        tell(say(mark("%(count)s 个可评分的检查项分值相同，各 %(weight)s 分。"), count=len(scored), weight=shown))
    if len(scored) < len(checklist.items):
        count = len(checklist.items) - len(scored)
        tell(say(mark("%(count)s 个检查项没有评分规则，只作记录，分值为 0。"), count=count))
    if kinds[YesNo]:
        tell(say(mark("是否题都以“否”为不合格，请复核：%(codes)s。"), codes="、".join(kinds[YesNo])))
    if kinds[Number]:
        tell(
            say(
                mark("数值题没有单位，没有下限的不接受负数，小数最多两位，请复核：%(codes)s。"),
                codes="、".join(kinds[Number]),
            )
        )
    if kinds[Day]:
        tell(say(mark("日期题只接受检查当日及以前的日期：%(codes)s。"), codes="、".join(kinds[Day])))
    tell(say(mark("表单里没有法律依据、检查对象类别、查谁和主检，请补写。")))


def _is(item: Item, kind: type) -> bool:
    return any(isinstance(part.question, kind) for part in item.parts)
