"""Forms drawn from the table of facts and columns: one field a kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from inspect_app.accounts.models import User
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Step
from inspect_app.hazards.inputs import COLUMNS, INPUTS, LONGEST_TEXT, Input, Kind
from inspect_app.hazards.lifecycle import asked_of, optional_facts, required_of
from inspect_app.hazards.many import brings
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import ACCEPTANCE_PAPERS, GRADE_LABELS, MEASURE_LABELS, VACATED
from inspect_app.regions.levels import Level
from inspect_app.regions.queries import NamedRegion
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.forms import BaseForm

YES, NO = "yes", "no"


class TickField(SelectMultipleField):
    """Several people to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GeneratedForm(BaseForm):
    """A form whose fields were made from a table."""

    def given(self, names: Iterable[str]) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        return {name: _meant(self[name]) for name in names if name in self}


class PhotoForm(BaseForm):
    """One photo or document."""

    file = FileField(_l("照片或材料"), [InputRequired(_l("请选择要上传的文件。"))])


def step_form(step: Step, hazard: Hazard, people: Sequence[User], **kwargs: Any) -> GeneratedForm:  # noqa: ANN401 - of the form
    """Build the form of a step for a hazard: what it needs, then what it may take."""
    known = {name: INPUTS[name] for name in asked_of(step, hazard)}
    return _build(known, required_of(step, hazard), people)(**kwargs)


def many_form(step: Step, people: Sequence[User], **kwargs: Any) -> GeneratedForm:  # noqa: ANN401 - of the form
    """Build the form of a step for many hazards, named in `wishes`; what each may bring itself can be left empty."""
    known = {name: INPUTS[name] for name in (*step.needs, *optional_facts(step.action))}
    needed = frozenset(name for name in step.needs if not brings(name))
    return _build(known, needed, people, {"wishes": HiddenField()})(**kwargs)


def column_form(names: Iterable[str], required: frozenset[str], **kwargs: Any) -> GeneratedForm:  # noqa: ANN401 - of the form
    """Build the form for columns of a hazard."""
    return _build({name: COLUMNS[name] for name in names}, required, ())(**kwargs)


def correction_form(names: Iterable[str], **kwargs: Any) -> GeneratedForm:  # noqa: ANN401 - of the form
    """Build the form that corrects columns of an ended record and asks why."""
    inputs = {**{name: COLUMNS[name] for name in names}, "reason": INPUTS["reason"]}
    return _build(inputs, frozenset({"reason"}), ())(**kwargs)


def register_form(names: Iterable[str], places: Sequence[NamedRegion], **kwargs: Any) -> GeneratedForm:  # noqa: ANN401 - of the form
    """Build the form for a finding by hand: where, what kind of object, then columns."""
    categories = {"": _("其他"), **{code: f"{code} {_(label)}" for code, label in CATEGORIES.items()}}
    needed = InputRequired(_("请选择地区。"))
    fields = {
        "region": SelectField(_l("地区"), [needed], choices={"": _("请选择"), **place_choices(places)}),
        "category": SelectField(_l("对象类别"), [Optional()], choices=categories),
    }
    columns = {name: COLUMNS[name] for name in names}
    return _build(columns, frozenset({"description"}), (), fields)(**kwargs)


def place_choices(places: Iterable[NamedRegion]) -> dict[str, str]:
    """Name each county, then each township with its county before it, by code."""
    known = list(places)
    names = {place.id: place.name for place in known}
    counties = {place.code: place.name for place in known if place.level == Level.COUNTY}
    townships = {
        place.code: f"{names.get(place.parent_id or 0, '')} {place.name}".strip()
        for place in known
        if place.level == Level.TOWNSHIP
    }
    return counties | townships


def _build(
    inputs: Mapping[str, Input],
    required: frozenset[str],
    people: Sequence[User],
    more: Mapping[str, Any] | None = None,
) -> type[GeneratedForm]:
    fields = {name: _field(each, people, needed=name in required) for name, each in inputs.items()}
    return type("Generated", (GeneratedForm,), {**(more or {}), **fields})


def _field(each: Input, people: Sequence[User], *, needed: bool) -> Any:  # noqa: ANN401 - an unbound field
    label = _(each.label)
    must = InputRequired(_("请填写：%(label)s。", label=label)) if needed else Optional()
    told = {"label": label, "validators": [must], "description": each.hint}
    if each.kind in (Kind.LINE, Kind.TEXT):
        told["validators"] = [must, Length(max=LONGEST_TEXT)]
    if each.kind in (Kind.PEOPLE, Kind.PERSON):
        told |= {"choices": {str(person.id): person.name for person in people}, "coerce": int}
    if each.kind in OPTIONS:
        told["choices"] = {value: _(name) for value, name in OPTIONS[each.kind].items()}
    if each.kind in (Kind.MONEY, Kind.DEGREES):
        told["places"] = None
    return FIELDS[each.kind](**told)


UNCHOSEN = {"": mark("请选择")}
OPTIONS: Mapping[Kind, Mapping[str, str]] = {
    Kind.YES_NO: {YES: mark("是"), NO: mark("否")},
    Kind.GRADE: {**UNCHOSEN, **{str(value): label for value, label in GRADE_LABELS.items()}},
    Kind.MEASURE: {**UNCHOSEN, **{str(value): label for value, label in MEASURE_LABELS.items()}},
    Kind.PAPER: {**UNCHOSEN, **ACCEPTANCE_PAPERS},
    Kind.VACATED: {**UNCHOSEN, **VACATED},
}
FIELDS: Mapping[Kind, type[Field]] = {
    Kind.LINE: StringField,
    Kind.TEXT: TextAreaField,
    Kind.DAY: DateField,
    Kind.MONEY: DecimalField,
    Kind.DEGREES: DecimalField,
    Kind.YES_NO: RadioField,
    Kind.GRADE: SelectField,
    Kind.MEASURE: SelectField,
    Kind.PAPER: SelectField,
    Kind.VACATED: SelectField,
    Kind.PEOPLE: TickField,
    Kind.PERSON: SelectField,
}


def _meant(field: Field) -> Any:  # noqa: ANN401 - a fact
    if isinstance(field, RadioField):
        return None if field.data in (None, "None", "") else field.data == YES
    return field.data
