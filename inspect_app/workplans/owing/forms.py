"""Forms for taking an obligation of the library into a plan, and for the numbers it has there."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.core.labels import mark
from inspect_app.web.forms import BaseForm, options
from inspect_app.workplans.models import WorkObligation
from inspect_app.workplans.owing.definitions import RECORDS, topic_of
from inspect_app.workplans.owing.numbers import LABELS
from inspect_app.workplans.records.loading import fulfilment

NONE = mark("不由台账判断")


class AdoptForm(BaseForm):
    """Where an obligation goes: "reference" of a plan as a whole, or "reference/position" of a task in it."""

    place = StringField(_l("采用到"), [InputRequired(_l("请选择采用到哪份工作要点。"))])
    reason = StringField(_l("理由"), [Length(max=200)])

    def target(self) -> tuple[str, int | None]:
        """Return the reference of the plan, and the position of the task when one is chosen."""
        reference, _slash, position = str(self.place.data or "").partition("/")
        return reference, int(position) if position.isascii() and position.isdigit() else None


class NumbersForm(BaseForm):
    """The numbers of one obligation, in fields `number-at_least` and so on, and the record that answers it."""

    record = SelectField(_l("由哪个台账指标判断"), validators=[Optional()])
    reason = StringField(_l("更正理由"), [Length(max=200)])

    @classmethod
    def about(cls, row: WorkObligation, **kwargs: Any) -> Self:  # noqa: ANN401 - as any form takes
        """Make the form of an obligation, offering the records of its topic."""
        form = cls(prefix=f"o{row.id}-", data={"record": str(row.definition.get(RECORDS, ""))}, **kwargs)
        known = fulfilment()
        offered = {each.code: each.title for each in known.offered(topic_of(row))}
        chosen = known.record(str(row.definition.get(RECORDS, "")))
        own = {} if chosen is None else {chosen.code: chosen.title}
        form.record.choices = options(own | offered, blank=NONE)()
        return form

    def numbers(self) -> Mapping[str, str]:
        """Return what was written, by what it stands for; a field that was not sent is absent."""
        names = {role: f"{self._prefix}number-{role}" for role in LABELS}
        return {role: request.form[name] for role, name in names.items() if name in request.form}
