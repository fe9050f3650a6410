"""Forms of feedback: a report, a step with its reason, a workbook that comes back."""

from decimal import Decimal
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, DecimalField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from inspect_app.web.forms import BaseForm
from inspect_app.workplans.feedback.said import LONGEST, LONGEST_PROOF, Said
from inspect_app.workplans.feedback.service import aspects_of
from inspect_app.workplans.models import WorkDue


class TickField(SelectMultipleField):
    """Several aspects to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReportForm(BaseForm):
    """How far something owed is: figures where they are known, aspects, words, and files that prove it."""

    done = DecimalField(_l("已完成数"), [Optional()], places=None, description=_l("不知道的留空，不要填 0。"))
    whole = DecimalField(_l("总数"), [Optional()], places=None, description=_l("一共有多少；不适用的留空。"))
    aspects = TickField(_l("已做到的方面"), choices=[])
    summary = TextAreaField(
        _l("完成情况"),
        [InputRequired(_l("请填写完成情况：做了什么、成效、存在的问题和下一步。")), Length(max=LONGEST)],
    )
    proof = StringField(
        _l("佐证材料说明"),
        [Optional(), Length(max=LONGEST_PROOF)],
        description=_l("有哪些材料、存放在哪里；可以不填。"),
    )
    files = MultipleFileField(_l("佐证材料"))

    @classmethod
    def about(cls, due: WorkDue) -> Self:
        """Draw the form with what was reported last."""
        figures = due.figures
        form = cls(data={
            "version": due.version, "summary": due.summary, "aspects": figures.get("aspects", []),
            "proof": figures.get("proof", ""),
            **{name: Decimal(figures[name]) for name in ("done", "whole") if name in figures},
        })  # fmt: skip
        form.aspects.choices = [(each, each) for each in aspects_of(due)]
        unit = due.obligation.definition.get("unit", "") if due.obligation else ""
        if unit:
            form.done.label.text = _("已完成数（%(unit)s）", unit=unit)
        return form

    def said(self) -> Said:
        """Return the report as the service takes it."""
        figures = {"done": self.done.data, "whole": self.whole.data}
        return Said(self.summary.data or "", figures, tuple(self.aspects.data or ()), self.proof.data or "")

    def uploads(self) -> list[FileStorage]:
        """Return the files that were chosen."""
        given: list[Any] = self.files.data or []
        return [each for each in given if isinstance(each, FileStorage) and each.filename]


class ReasonForm(BaseForm):
    """Why a report is sent back, no longer counts as late, or is not asked for."""

    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由。")), Length(max=500)])


class WorkbookForm(BaseForm):
    """A workbook that was filled in."""

    file = FileField(_l("填好的报送表"), [FileRequired(_l("请选择要上传的文件。"))])


class ApplyForm(BaseForm):
    """Reporting what a workbook says; going on without the refused rows has to be chosen on purpose."""

    good_rows_only = BooleanField()


class UndoForm(BaseForm):
    """Why an import is taken back."""

    reason = TextAreaField(_l("撤销理由"), [InputRequired(_l("请写明撤销理由。")), Length(max=200)])
