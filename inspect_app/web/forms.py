"""The base of every form: messages in the page's language, the version it was drawn with, problems of services."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from inspect_app.core.errors import DomainError, Invalid, Stale, StepRefused
from inspect_app.web.language import said


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form with a hidden `version`: pass `version=thing.version` when drawing, compare when it comes back."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def refuse_if_stale(self, current: int) -> None:
        """Raise Stale when the page was drawn before the thing changed, or does not say when it was drawn.

        What was sent counts: a body without any field would otherwise pass with the version put in for drawing.
        """
        if not self.version.raw_data or self.version.data != current:
            raise Stale

    def show(self, error: DomainError) -> None:
        """Put the sentences of a service's refusal beside their fields, and the rest above the form."""
        problems = error.problems if isinstance(error, Invalid) else {"": reasons_of(error)}
        for name, sentences in problems.items():
            told = [said(sentence) for sentence in sentences]
            if name in self:
                self[name].errors = [*self[name].errors, *told]
            else:
                self.form_errors.extend(told)


def reasons_of(error: DomainError) -> Sequence[str | DomainError]:
    """Return the sentences of an error one by one."""
    return error.missing if isinstance(error, StepRefused) else [error]


def options(labels: Mapping[str, str], *, blank: str | None = None) -> Callable[[], list[SelectChoice]]:
    """Return the `choices` of a select field: values and marked labels, translated when drawn; `blank` comes first."""
    empty = {} if blank is None else {"": blank}
    return lambda: [SelectChoice(str(value), gettext(label)) for value, label in {**empty, **labels}.items()]


class ConfirmField(SubmitField):
    """A submit button that asks back first: `question` is shown before the form goes out (where scripts run)."""

    def __init__(self, label: Any = None, *, question: Any = "", **kwargs: Any) -> None:  # noqa: ANN401 - lazy or plain
        super().__init__(label, **kwargs)
        self.question = question

    def __call__(self, **kwargs: object) -> Any:  # noqa: ANN401 - markup
        """Draw the button with its question."""
        return super().__call__(**{"data-confirm": str(self.question), **kwargs})
