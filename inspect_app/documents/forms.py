"""The form of a document, drawn from the fields of its kind; forms of signatures and of the steps."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspect_app.documents.definition import DocumentField, FieldKind, KindDefinition
from inspect_app.documents.fields import CITED, LONGEST_TEXT
from inspect_app.web.forms import BaseForm

BETWEEN = re.compile(r"\s*[｜|\t]\s*")
LONGEST_STROKES, LONGEST_ROWS = 60_000, 200_000


class DocumentForm(BaseForm):
    """The fields of one kind; `given()` returns them as `documents.fields.cleaned` takes them."""

    kind_definition: KindDefinition

    def given(self) -> dict[str, Any]:
        """Return what was filled in, rows read from their lines."""
        found: dict[str, Any] = {}
        for field in self.kind_definition.fields:
            value = self[field.code].data
            found[field.code] = rows_from(value or "", field.columns) if field.kind is FieldKind.ROWS else value
        found[CITED] = rows_from(self[CITED].data or "", BASIS_COLUMNS, between=re.compile(r"\s+"))
        return found


BASIS_COLUMNS = (DocumentField("basis", ""), DocumentField("article", ""))


def document_form(kind: KindDefinition, data: Mapping[str, Any], version: int | None = None) -> DocumentForm:
    """Draw the form of a kind with what is known."""
    fields: dict[str, Any] = {field.code: _field(field) for field in kind.fields}
    fields[CITED] = TextAreaField(
        _l("另外引用的依据"),
        [Length(max=LONGEST_TEXT)],
        description=_l("一行一条：依据编号，空格，条款，如“REG-744 第二十一条”；编号见“依据登记册”。"),
    )
    fields["kind_definition"] = kind
    drawn = {field.code: _drawn(field, data.get(field.code)) for field in kind.fields}
    cited = lines_of(data.get(CITED) or [], BASIS_COLUMNS, between=" ")
    made: DocumentForm = type("KindForm", (DocumentForm,), fields)(data={**drawn, CITED: cited, "version": version})
    return made


def rows_from(
    text: str, columns: tuple[DocumentField, ...], between: re.Pattern[str] = BETWEEN
) -> list[dict[str, str]]:
    """Read rows from lines; what stands beyond the last column belongs to it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = [between.split(line, maxsplit=len(columns) - 1) for line in lines]
    return [
        {column.code: value for column, value in zip(columns, row + [""] * len(columns), strict=False)} for row in parts
    ]


def lines_of(rows: list[Mapping[str, str]], columns: tuple[DocumentField, ...], between: str = "｜") -> str:
    """Write rows as lines, as the form shows them."""
    return "\n".join(between.join(row.get(column.code, "") for column in columns).rstrip(between) for row in rows)


def _field(field: DocumentField) -> Any:  # noqa: ANN401 - a field of WTForms
    match field.kind:
        case FieldKind.DATE:
            return DateField(field.label, [Optional()])
        case FieldKind.LINE:
            return StringField(field.label, [Length(max=500)], render_kw=_shut(field))
        case FieldKind.TEXT:
            return TextAreaField(field.label, [Length(max=LONGEST_TEXT)], render_kw=_shut(field))
        case _:
            return TextAreaField(field.label, [Length(max=LONGEST_ROWS)], description=_told(field))


def _shut(field: DocumentField) -> dict[str, bool]:
    return {"readonly": True} if field.fixed else {}


def _told(field: DocumentField) -> str:
    columns = "｜".join(column.label for column in field.columns)
    days = any(column.kind is FieldKind.DATE for column in field.columns)
    told = _("一行一条：%(columns)s", columns=columns)
    if fixed := "、".join(column.label for column in field.columns if column.fixed):
        told = f"{told}{_('；%(columns)s由系统统计，不能改动或增删行', columns=fixed)}"
    return f"{told}{_('；日期写成 2026-06-15')}" if days else str(told)


def _drawn(field: DocumentField, value: Any) -> Any:  # noqa: ANN401 - JSON
    if field.kind is FieldKind.ROWS:
        return lines_of(value or [], field.columns)
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value) if value else None
    return value or ""


class SignForm(BaseForm):
    """One signature."""

    role = SelectField(_l("签名人"))
    name = StringField(_l("姓名"), [InputRequired(_l("请写明签名人姓名。")), Length(max=40)])
    credential = StringField(_l("检查证号"), [Length(max=40)])
    strokes = StringField(_l("签名"), [Length(max=LONGEST_STROKES)], widget=HiddenInput())
    refused = BooleanField(_l("拒绝签字"))
    witness = StringField(_l("见证人"), [Length(max=80)], description=_l("拒绝签字时必填：姓名和单位。"))


class StepForm(BaseForm):
    """What a step of a document takes."""

    reason = TextAreaField(_l("作废原因"), [Length(max=500)])
