"""The forms of a return: sending a file, and taking a step."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.regions.models import Region
from inspect_app.web.forms import BaseForm


class UploadForm(BaseForm):
    """A file of one county for one report date; without a period it is about the one that the date speaks for."""

    county = SelectField(_l("报送县（市、区）"), coerce=int, validators=[InputRequired(_l("请选择县（市、区）。"))])
    report_on = DateField(_l("报送日期"), [InputRequired(_l("请填写报送日期，如 2026-06-15。"))])
    period = SelectField(_l("所属期"), validators=[Optional()])
    file = FileField(_l("隐患台账文件"), [FileRequired(_l("请选择要上传的台账文件。"))])

    def offer(self, counties: Iterable[Region], periods: Iterable[str], today: date) -> "UploadForm":
        """Fill the lists of counties and periods and propose today; a clerk's own county is the only choice."""
        self.period.choices = [(period, period) for period in periods]
        self.county.choices = [(county.id, county.name) for county in counties]
        self.report_on.data = self.report_on.data or (None if self.is_submitted() else today)
        return self


class StepForm(BaseForm):
    """A step on a return; `accept_good_rows` is the explicit choice to go on without the refused rows."""

    accept_good_rows = BooleanField()


class UndoForm(BaseForm):
    """Why an applied return is undone."""

    reason = TextAreaField(_l("撤销的理由"), validators=[InputRequired(_l("请写明撤销的理由。")), Length(max=500)])


class ZeroForm(BaseForm):
    """A zero report; `sure` is asked where the county has open hazards."""

    sure = BooleanField(_l("我已核对：本期确实没有新发现的隐患"))
