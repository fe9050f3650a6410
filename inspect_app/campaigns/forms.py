"""Forms of a campaign, of a step of its life, of a move on the board, and of a declaration of avoidance."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from inspect_app.accounts.models import User
from inspect_app.campaigns.kinds import PLANNED_LABELS
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Aim, aim_of
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.inspections.forms import ChecksField
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import region_label
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.forms import BaseForm, options

COUNT = [Optional(), NumberRange(0, 1000, _l("数量应在 0–1000 之间。"))]
PERCENT = Decimal(100)


class CampaignForm(BaseForm):
    """Everything of a campaign but its teams."""

    kind = SelectField(_l("方案类型"), validators=[InputRequired(_l("请选择方案类型。"))])
    title = StringField(_l("方案名称"), [InputRequired(_l("请填写方案名称。")), Length(max=100)])
    document_number = StringField(
        _l("文号"),
        [Length(max=60)],
        description=_l("印发前必填，如“塔地震指办〔2026〕12号”；年份的括号会自动改成六角括号。"),
    )
    starts_on = DateField(_l("开始日期"), [InputRequired(_l("请填写开始日期。"))])
    ends_on = DateField(_l("结束日期"), [InputRequired(_l("请填写结束日期。"))])
    lead_unit = StringField(_l("牵头单位"), [Length(max=60)])
    cooperating_units = TextAreaField(_l("配合单位"), [Length(max=600)], description=_l("一行一个，或用顿号隔开。"))
    region_ids = ChecksField(_l("检查哪些地区"), coerce=int)
    key_counties = BooleanField(_l("只查重点县（市、区）"))
    key_objects = BooleanField(_l("只查重点对象"))
    categories = ChecksField(_l("检查哪些类别（不选为全部）"))
    checklist_codes = ChecksField(_l("使用哪些检查表（不选则按对象类别）"))
    per_county = IntegerField(_l("每县（市、区）至少几个对象"), COUNT)
    per_township = IntegerField(_l("每乡镇（街道）至少几个对象"), COUNT)
    uncovered_only = BooleanField(_l("只补本年还没有查到的县、乡镇"))
    share = DecimalField(
        _l("至少查全部对象的百分之几"), [Optional(), NumberRange(0, 100, _l("比例应在 0–100 之间。"))], places=None
    )
    all_key_objects = BooleanField(_l("范围内的重点对象全部检查"))
    cross = BooleanField(_l("交叉检查：检查人员不查本县"))
    objects = IntegerField(_l("联合督查每县抽查几个对象"), COUNT, description=_l("不填则按检查组合的规定。"))
    requirements = TextAreaField(_l("工作要求"), [Length(max=2000)])

    def offer(self, regions: Iterable[Region], lists: Iterable[ChecklistVersion]) -> "CampaignForm":
        """Fill what can be chosen."""
        self.kind.choices = options(PLANNED_LABELS)()
        self.region_ids.choices = options({str(each.id): region_label(each) for each in regions})()
        self.categories.choices = options({code: f"{code} {_(label)}" for code, label in CATEGORIES.items()})()
        self.checklist_codes.choices = options({each.code: f"{each.code} {each.title}" for each in lists})()
        return self

    def fields(self) -> dict[str, Any]:
        """Return what `campaigns.service` takes."""
        plain = ("kind", "title", "document_number", "starts_on", "ends_on", "key_counties", "key_objects")
        found = {name: self[name].data for name in (*plain, "lead_unit", "requirements")}
        found = {name: "" if value is None else value for name, value in found.items()}
        cooperating = (self.cooperating_units.data or "").replace("、", "\n").replace("，", "\n").splitlines()
        found["cooperating_units"] = [name.strip() for name in cooperating if name.strip()]
        for name in ("region_ids", "categories", "checklist_codes"):
            found[name] = self[name].data or []
        return {**found, "aim": self._aim()}

    def _aim(self) -> Aim:
        share = self.share.data
        return Aim(
            per_county=self.per_county.data or 0,
            per_township=self.per_township.data or 0,
            key_objects=bool(self.all_key_objects.data),
            share=share / PERCENT if share else None,
            cross=bool(self.cross.data),
            objects=self.objects.data or 0,
            uncovered_only=bool(self.uncovered_only.data),
        )


def drawn_from(campaign: Campaign) -> dict[str, Any]:
    """Return the data that the form of a campaign is drawn with."""
    plain = ("kind", "title", "document_number", "starts_on", "ends_on", "key_counties", "key_objects", "requirements")
    aim = aim_of(campaign.aim)
    units = {each.position: each.unit.name for each in campaign.units}
    return {
        **{name: getattr(campaign, name) for name in (*plain, "categories", "checklist_codes", "version")},
        "region_ids": [each.region_id for each in campaign.regions],
        "lead_unit": units.get(0, ""),
        "cooperating_units": "\n".join(name for position, name in sorted(units.items()) if position),
        **_drawn_aim(aim),
    }


def _drawn_aim(aim: Aim) -> dict[str, Any]:
    return {
        "per_county": aim.per_county or None,
        "per_township": aim.per_township or None,
        "all_key_objects": aim.key_objects,
        "share": aim.share * PERCENT if aim.share else None,
        "cross": aim.cross,
        "objects": aim.objects or None,
        "uncovered_only": aim.uncovered_only,
    }


class StepForm(BaseForm):
    """What a step of a campaign takes."""

    reason = TextAreaField(_l("原因"), [Length(max=500)])


class MoveForm(BaseForm):
    """Where a visit shall go; no team leaves who goes."""

    on = DateField(_l("日期"), [InputRequired(_l("请选择日期。"))])
    team = IntegerField(_l("检查组"), [Optional()])
    reason = StringField(_l("原因"), [Length(max=500)])


class AvoidanceForm(BaseForm):
    """Who keeps away from which unit or region, and why."""

    user_id = SelectField(_l("检查人员"), coerce=int)
    unit_id = SelectField(_l("回避单位"), coerce=int)
    region_id = SelectField(_l("或回避地区"), coerce=int)
    reason = StringField(_l("原因"), [InputRequired(_l("请写明回避的原因。")), Length(max=200)])

    def offer(self, people: Iterable[User], units: Iterable[Unit], regions: Iterable[Region]) -> "AvoidanceForm":
        """Fill what can be chosen."""
        self.user_id.choices = options({str(user.id): user.name for user in people})()
        self.unit_id.choices = options({"0": _("不填"), **{str(unit.id): unit.name for unit in units}})()
        self.region_id.choices = options({"0": _("不填"), **{str(each.id): region_label(each) for each in regions}})()
        return self


def teams_from(given: Mapping[str, str], people: Sequence[User]) -> list[list[int]]:
    """Read teams from fields `team-<key>` (a number, 0 for none) and `lead-of-<key>`, in the order of their numbers."""
    members: dict[int, list[int]] = {}
    for user in sorted(people, key=lambda each: not given.get(f"lead-of-{each.id}")):
        number = given.get(f"team-{user.id}", "")
        if number.isdigit() and 0 < int(number) <= len(people):
            members.setdefault(int(number), []).append(user.id)
    return [members[number] for number in sorted(members)]
