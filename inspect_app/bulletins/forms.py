"""What is asked for when a bulletin is begun, worded and corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from inspect_app.bulletins.definition import SectionKind
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.service import LONGEST
from inspect_app.web.forms import BaseForm

MONTHS = 12


class BeginForm(BaseForm):
    """Which template, and which month or campaign; the service says which of them it wants."""

    template = StringField(widget=HiddenInput())
    month = SelectField(_l("月份"), validate_choice=False)
    campaign = SelectField(_l("督导方案"), validate_choice=False)

    def first_day(self) -> date | None:
        """Return the first day of the month chosen; None when none was, or what was sent is no month."""
        try:
            return date.fromisoformat(f"{self.month.data}-01")
        except ValueError:
            return None


class ReasonForm(BaseForm):
    """Why."""

    reason = TextAreaField(_l("原因"), [InputRequired(_l("请填写原因。")), Length(max=500)])


class WordingForm(BaseForm):
    """The texts of a bulletin; `given()` returns them by their keys."""

    names: Mapping[str, str]

    def given(self) -> dict[str, str]:
        """Return what was written."""
        return {key: self[name].data or "" for key, name in self.names.items()}


def wording_form(bulletin: Bulletin) -> WordingForm:
    """Draw a field for every text of a bulletin, called by its section and, for those named, by the county."""
    names = {key: key.replace("/", "__") for key in bulletin.texts}
    fields: dict[str, Any] = {"names": names}
    for key, name in names.items():
        fields[name] = TextAreaField(_label(bulletin, key), [Length(max=LONGEST)])
    known = {names[key]: text for key, text in bulletin.texts.items()}
    made: WordingForm = type("BulletinForm", (WordingForm,), fields)(data={**known, "version": bulletin.version})
    return made


def month_choices(today: date) -> list[tuple[str, str]]:
    """List the months that a bulletin may tell of, the one that has just ended first."""
    number = today.year * 12 + today.month - 1
    months = [divmod(number - back, 12) for back in (*range(1, MONTHS + 1), 0)]
    return [
        (f"{year}-{month + 1:02}", _("%(year)s 年 %(month)s 月", year=year, month=month + 1)) for year, month in months
    ]


def _label(bulletin: Bulletin, key: str) -> str:
    code, _slash, region = key.partition("/")
    section = next(each for each in bulletin.outline if each["code"] == code)
    name = next((row["name"] for row in section["rows"] if row["region"] == region), "")
    if name:
        return name
    return str(_("开头") if section["kind"] == SectionKind.NAMED else _("正文"))
