"""The form of a draw."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.drawing import Rules
from inspect_app.campaigns.draws import LONGEST_SEED
from inspect_app.core import clock
from inspect_app.core.frozen import plain
from inspect_app.web.forms import BaseForm

HUNDRED = 100


class DrawForm(BaseForm):
    """The rules that people choose for a draw, its seed, and the reason for drawing again."""

    percent = DecimalField(
        _l("抽取比例（%）"),
        [InputRequired(_l("请填写抽取比例。")), NumberRange(Decimal("0.1"), HUNDRED, _l("比例应在 0.1 至 100 之间。"))],
        description=_l("按范围内在册对象总数计算，不足一个的进一。"),
        places=None,
    )
    per_county = IntegerField(
        _l("每县至少（个）"),
        [InputRequired(_l("请填写，可以是 0。")), NumberRange(0, 1000, _l("应在 0 至 1000 之间。"))],
    )
    backlog_days = IntegerField(
        _l("超过多少天没有检查的必查"),
        [Optional(), NumberRange(0, 3660, _l("应在 0 至 3660 天之间。"))],
        description=_l("从未检查过的也算。不填则没有这一条。"),
    )
    failing_below = DecimalField(
        _l("上次得分低于多少的必查"),
        [Optional(), NumberRange(0, HUNDRED, _l("应在 0 至 100 之间。"))],
        places=None,
    )
    whole_backlog = BooleanField(_l("必查的全部列入，即使超过抽取比例"))
    seed = StringField(
        _l("随机种子"),
        [Length(max=LONGEST_SEED, message=_l("随机种子不能超过 64 个字符。"))],
        description=_l("可用事先约定、谁也不能左右的文字，如某日公布的彩票号码；不填由系统生成。种子随结果公布。"),
    )
    reason = TextAreaField(_l("重抽原因"), [Length(max=500)])

    def rules(self) -> Rules:
        """Return the rules as of today; what is not asked for is the office's proposal."""
        limits = draw_limits()
        share = (self.percent.data or Decimal(0)) / HUNDRED
        proposed = limits.rules(clock.today(), share, self.per_county.data or 0)
        return Rules(
            **{
                **proposed.__dict__,
                "backlog_days": self.backlog_days.data,
                "failing_below": self.failing_below.data,
                "whole_backlog": bool(self.whole_backlog.data),
            }
        )


def proposal() -> dict[str, object]:
    """Return what the form shows at first."""
    limits = draw_limits()
    return {
        "percent": Decimal(plain(limits.share * HUNDRED)),
        "per_county": limits.per_county,
        "backlog_days": limits.backlog_days,
        "failing_below": limits.failing_below,
    }
