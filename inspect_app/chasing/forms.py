"""What is asked for when chasing."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.chasing.definition import LEVEL_LABELS
from inspect_app.chasing.listings import FOLLOW_UPS, LONGEST_REASON, SHORTEST_REASON, Wish
from inspect_app.chasing.rungs import LONGEST_NOTE
from inspect_app.chasing.samples import LONGEST_SEED
from inspect_app.core.labels import mark
from inspect_app.web.forms import BaseForm, options

CHOOSE = mark("请选择")


def _reason(label: str) -> TextAreaField:
    told = _l("请写明理由，4 至 500 字。")
    return TextAreaField(label, [InputRequired(told), Length(SHORTEST_REASON, LONGEST_REASON, told)])


class RungForm(BaseForm):
    """A remark that goes with a rung."""

    note = StringField(_l("说明"), [Optional(), Length(max=LONGEST_NOTE)])


class ListingForm(BaseForm):
    """How a hazard is listed."""

    level = SelectField(
        _l("挂牌层级"), [InputRequired(_l("请选择挂牌层级。"))], choices=options(LEVEL_LABELS, blank=CHOOSE)
    )
    reason = _reason(_l("挂牌理由"))
    due_on = DateField(_l("挂牌整改期限"), [InputRequired(_l("请填写挂牌整改期限。"))])
    listed_on = DateField(
        _l("挂牌日期"), [Optional()], description=_l("不填为今天；补登以前的挂牌通知时，填通知的日期。")
    )

    def wish(self) -> Wish:
        """Return what was filled in."""
        return Wish(self.level.data or "", self.reason.data or "", self.due_on.data, self.listed_on.data)


class ManyForm(ListingForm):
    """A rung for many hazards: a remark, and how to list for a rung that lists."""

    reference = SelectMultipleField(choices=[], validate_choice=False)
    note = StringField(_l("说明"), [Optional(), Length(max=LONGEST_NOTE)])


class FollowUpForm(BaseForm):
    """That a listing was reported or published."""

    what = SelectField(_l("事项"), [InputRequired()], choices=options(FOLLOW_UPS))
    on = DateField(_l("日期"), [InputRequired(_l("请填写日期。"))])
    where = StringField(_l("公布在哪里"), [Optional(), Length(max=200)])


class ReasonForm(BaseForm):
    """A reason."""

    reason = _reason(_l("理由"))


class SampleForm(BaseForm):
    """From what to draw."""

    region = SelectField(_l("范围"), [InputRequired(_l("请选择范围。"))])
    start = DateField(_l("销号日期自"), [InputRequired(_l("请填写日期。"))])
    end = DateField(_l("至"), [InputRequired(_l("请填写日期。"))])
    seed = StringField(
        _l("随机种子"),
        [Optional(), Length(max=LONGEST_SEED)],
        description=_l("不填由系统生成。种子和抽样库一并存档，任何人都可以复演。"),
    )
