"""What is asked for when an emergency is opened, adjusted, ended, and when inspectors are sent out."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from inspect_app.core.labels import mark
from inspect_app.emergencies.intensity import roman
from inspect_app.emergencies.loading import attenuation, definition
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.service import Wish, usual
from inspect_app.web.forms import BaseForm, options

DEGREES = {str(each): f"{roman(each)}（{each} 度）" for each in range(4, 11)}
BY_COUNTY, CHOSEN = "county", "chosen"
WAYS = {BY_COUNTY: mark("由各地的检查员两人一组自动编组"), CHOSEN: mark("自己编组（在下面的名单里选）")}


class SettingsForm(BaseForm):
    """From which intensity on, in which direction, until when."""

    least_intensity = SelectField(_l("从估计烈度几度起算"), choices=lambda: list(DEGREES.items()))
    relation = SelectField(_l("烈度衰减关系"), description=_l("不选就按震中所在地区。"))
    axis = IntegerField(
        _l("长轴方向（度）"), [Optional(), NumberRange(0, 179, _l("长轴方向应在 0 到 179 度之间。"))],
        description=_l("断层走向：正北为 0，正东为 90。不知道就留空，一律按长轴估计，宁多勿漏。"),
    )  # fmt: skip
    pause_until = DateField(_l("整改时限停止计时至"), [InputRequired(_l("请填写日期。"))])

    def offer(self) -> "SettingsForm":
        """Fill what can be chosen."""
        titles = {each.code: each.title for each in attenuation().relations}
        self.relation.choices = options(titles, blank=mark("按震中所在地区"))()
        return self

    def given(self) -> Wish:
        """Return what was chosen."""
        until = self.pause_until.data or usual().pause_until
        return Wish(int(self.least_intensity.data), until, self.axis.data, self.relation.data or "")


class OpenForm(SettingsForm):
    """The earthquake besides."""

    quake = SelectField(_l("地震"), validate_choice=False)


class ReasonForm(BaseForm):
    """Why, or what came of it."""

    reason = TextAreaField(_l("结论或原因"), [InputRequired(_l("请填写结论或原因。")), Length(max=500)])


class CheckForm(BaseForm):
    """How many sites, which of them, and by whom."""

    most = IntegerField(_l("最多核查几个对象"), [InputRequired(_l("请填写数量。"))])
    only_hazards = BooleanField(_l("只查有未结隐患的对象"))
    teams = RadioField(_l("检查组"), choices=options(WAYS), default=BY_COUNTY)


def settings_of(emergency: Emergency) -> SettingsForm:
    """Draw the form with what stands."""
    names = ("relation", "axis", "pause_until", "version")
    known = {name: getattr(emergency, name) for name in names}
    return SettingsForm(formdata=None, data={**known, "least_intensity": str(emergency.least_intensity)}).offer()


def proposed() -> dict[str, object]:
    """Return what a new emergency begins with."""
    wish = usual()
    return {"least_intensity": str(wish.least_intensity), "pause_until": wish.pause_until}


def check_proposed() -> dict[str, object]:
    """Return what a new order to check begins with."""
    return {"most": min(50, definition().most_sites)}
