"""The filter line of the trail."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from inspect_app.audit.labels import SUBJECTS
from inspect_app.audit.queries import EntryFilter


class FilterForm(FlaskForm):  # type: ignore[misc]
    """A GET form: what does not parse is told beside its field and left out of the filter."""

    class Meta:
        csrf = False

    person = StringField(_l("人员"), [Optional(), Length(max=50)])
    kind = SelectField(_l("对象"), default="")
    action = StringField(_l("事项代码"), [Optional(), Length(max=50)])
    reference = StringField(_l("编号"), [Optional(), Length(max=60)])
    since = DateField(_l("自"), [Optional()])
    until = DateField(_l("至"), [Optional()])

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms passes them on
        super().__init__(formdata=request.args, **kwargs)
        self.kind.choices = [("", _l("全部")), *((kind, _l(label)) for kind, label in SUBJECTS.items())]

    def chosen(self) -> EntryFilter:
        """Return the filter from the fields that are right."""
        self.validate()
        right = {name: field.data for name, field in self._fields.items() if field.data and not field.errors}
        return EntryFilter(**{name: tidy(value) for name, value in right.items()})


def tidy(value: object) -> Any:  # noqa: ANN401 - a field's value
    """Drop blanks around a text."""
    return value.strip() if isinstance(value, str) else value


def given(args: Mapping[str, str]) -> dict[str, Any]:
    """Return the filled-in arguments of the filter, for links that keep it."""
    return {field.name: args[field.name] for field in fields(EntryFilter) if args.get(field.name)}
