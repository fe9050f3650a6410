"""The forms of a list as a whole: begun, derived, its head, its sections, its steps."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.forms.choosing import ChecksField
from inspect_app.core.labels import mark
from inspect_app.regions.queries import NamedRegion
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.forms import BaseForm, options

LONGEST_CODE = 20
BY_THE_SYSTEM = mark("系统自带（全国通用）")


def _owner(value: str | None) -> int | None:
    return int(value) if value else None


class HeadForm(BaseForm):
    """What stands at the head of a list."""

    title = StringField(_l("名称"), [InputRequired(_l("请填写名称。")), Length(max=80)])
    checked = StringField(_l("查谁（被检查单位）"), [InputRequired(_l("请填写查谁。")), Length(max=80)])
    checkers = StringField(_l("主检（检查部门）"), [InputRequired(_l("请填写由谁主检。")), Length(max=80)])
    pass_mark = DecimalField(
        _l("合格线（分）"),
        [InputRequired(_l("请填写合格线。")), NumberRange(0, 100, _l("合格线应在 0 至 100 之间。"))],
        places=None,
    )
    objects = ChecksField(_l("适用的检查对象类别"))

    def offer(self) -> "HeadForm":
        """Fill the categories to choose from."""
        self.objects.choices = options({code: f"{code} {_(label)}" for code, label in CATEGORIES.items()})()
        return self

    def head(self) -> dict[str, Any]:
        """Return the fields of a Checklist by name."""
        told = {name: (self[name].data or "").strip() for name in ("title", "checked", "checkers")}
        return {**told, "pass_mark": self.pass_mark.data, "objects": tuple(self.objects.data or ())}


def head_of(checklist: Checklist) -> dict[str, Any]:
    """Return what a HeadForm is drawn with."""
    names = ("title", "checked", "checkers", "pass_mark")
    return {**{name: getattr(checklist, name) for name in names}, "objects": list(checklist.objects)}


class NewListForm(HeadForm):
    """A list begun from nothing."""

    owner = SelectField(_l("归属"), coerce=_owner)
    code = StringField(
        _l("编号"),
        [InputRequired(_l("请填写编号。")), Length(max=LONGEST_CODE)],
        description=_l("字母、数字和短横线，最多 20 个，例如 WS-01；检查项编号由它加序号组成"),
    )


class DeriveForm(BaseForm):
    """A region's own version of a higher body's list."""

    owner = SelectField(_l("归属"), coerce=_owner)
    title = StringField(_l("名称"), [Length(max=80)], description=_l("不填则为原名称加地区名"))


def offer_owners(form: Any, offices: Iterable[NamedRegion], *, system: bool) -> None:  # noqa: ANN401 - with an owner
    """Fill the regions to choose from; `system` adds what belongs to none."""
    regions = {str(region.id): region.name for region in offices}
    form.owner.choices = options(regions, blank=BY_THE_SYSTEM if system else None)()


class SectionForm(BaseForm):
    """The title of a section."""

    title = StringField(_l("分节标题"), [InputRequired(_l("请填写分节标题。")), Length(max=60)])


class StepForm(BaseForm):
    """A step of a version, with its reason where it needs one."""

    reason = StringField(_l("原因"), [Length(max=300)])
