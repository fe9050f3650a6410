"""The form of a site's card, and of the decision about two that look like one."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, DecimalField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.core.labels import mark
from inspect_app.regions.levels import Level
from inspect_app.regions.queries import NamedRegion
from inspect_app.sites.fields import BLANK
from inspect_app.sites.rules import (
    APPRAISAL_RESULTS,
    CATEGORIES,
    COORDINATE_SYSTEMS,
    FIELD_LABELS,
    FORTIFICATION_CATEGORIES,
    INTENSITIES,
)
from inspect_app.web.forms import BaseForm, options

KEEP_BOTH = "keep"


def _label(name: str) -> Any:  # noqa: ANN401 - a lazy text
    return _l(FIELD_LABELS[name])


def _or_none(value: str | None) -> str | None:
    return value or None


def _number_or_none(value: str | None) -> int | None:
    return int(value) if value else None


class SiteForm(BaseForm):
    """Everything on the card; what is unknown stays empty."""

    name = StringField(_label("name"), [InputRequired(_l("请填写名称。")), Length(max=120)])
    category = SelectField(_label("category"), validators=[InputRequired(_l("请选择类别。"))])
    region_id = SelectField(_label("region_id"), coerce=_number_or_none, validators=[InputRequired(_l("请选择地区。"))])
    address = StringField(_label("address"), [Length(max=200)])
    longitude = DecimalField(_label("longitude"), [Optional()], places=None)
    latitude = DecimalField(_label("latitude"), [Optional()], places=None)
    coordinate_system = SelectField(
        _label("coordinate_system"), choices=options({name: name for name in COORDINATE_SYSTEMS})
    )
    credit_code = StringField(_label("credit_code"), [Length(max=18)])
    responsible_unit = StringField(_label("responsible_unit"), [Length(max=120)])
    supervising_unit = StringField(_label("supervising_unit"), [Length(max=120)])
    contact_person = StringField(_label("contact_person"), [Length(max=60)])
    key_object = BooleanField(_label("key_object"))
    built_year = IntegerField(_label("built_year"), [Optional()])
    structure = StringField(_label("structure"), [Length(max=60)])
    floors = IntegerField(_label("floors"), [Optional()])
    area_m2 = DecimalField(_l("建筑面积（平方米）"), [Optional()], places=None)
    fortification_category = SelectField(_label("fortification_category"), coerce=_or_none)
    fortification_intensity = SelectField(_l("设防烈度（度）"), coerce=_number_or_none)
    pga_g = DecimalField(_l("地震动峰值加速度（g）"), [Optional()], places=None)
    appraised_on = DateField(_label("appraised_on"), [Optional()])
    appraisal_result = SelectField(_label("appraisal_result"), coerce=_or_none)
    retrofitted_on = DateField(_label("retrofitted_on"), [Optional()])
    remaining_service_years = IntegerField(_l("后续使用年限（年）"), [Optional()])
    active = BooleanField(_l("在册（取消即停用，不再安排检查）"), default=True)
    register_anyway = BooleanField(_l("不是上面列出的对象，仍要登记"))

    def offer(self, regions: Iterable[NamedRegion]) -> "SiteForm":
        """Fill the lists to choose from; `regions` are those where the person enters data."""
        ask, unknown = mark("请选择"), mark("未知")
        codes = {code: f"{code} {_(label)}" for code, label in CATEGORIES.items()}
        self.category.choices = options(codes, blank=ask)()
        self.region_id.choices = options(dict(_places(regions)), blank=ask)()
        self.fortification_category.choices = options(FORTIFICATION_CATEGORIES, blank=unknown)()
        self.fortification_intensity.choices = options({str(n): str(n) for n in INTENSITIES}, blank=unknown)()
        self.appraisal_result.choices = options(APPRAISAL_RESULTS, blank=unknown)()
        return self

    def card(self) -> Any:  # noqa: ANN401 - SiteFields, whose keys are the names of the fields
        """Return the card as `sites.service` takes it: only fields of this form, by name."""
        return {name: self[name].data for name in ("region_id", *BLANK)}


class DecisionForm(BaseForm):
    """What becomes of a pair: `decision` is "keep", or the reference of the one to retire."""

    site = StringField(validators=[InputRequired(_l("没有说明是哪两个检查对象，请回到列表重试。"))])
    other = StringField(validators=[InputRequired(_l("没有说明是哪两个检查对象，请回到列表重试。"))])
    other_version = IntegerField(validators=[Optional()])
    decision = StringField(validators=[InputRequired(_l("请选择保留两个，或停用其中一个。"))])
    reason = StringField(_l("理由"), [InputRequired(_l("请写明理由，例如核实的经过。")), Length(max=200)])


class RegisterForm(BaseForm):
    """A register to import."""

    file = FileField(_l("名册文件"), [FileRequired(_l("请选择要上传的名册文件。"))])


class RegisterStepForm(BaseForm):
    """A step on a register that was sent; both choices have to be made on purpose."""

    good_rows_only = BooleanField()
    doubles_too = BooleanField()


def _places(regions: Iterable[NamedRegion]) -> Iterable[tuple[str, str]]:
    counties: dict[int, str] = {}
    for region in sorted(regions, key=lambda each: each.level is not Level.COUNTY):
        if region.level is Level.COUNTY:
            counties[region.id] = region.name
            yield str(region.id), region.name
        elif region.level is Level.TOWNSHIP:
            county = counties.get(region.parent_id or 0, "")
            yield str(region.id), f"{county} {region.name}".strip()
