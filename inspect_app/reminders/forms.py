"""How a person wants to be reminded."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from inspect_app.reminders.service import LONGEST
from inspect_app.web.forms import BaseForm


class ChoiceForm(BaseForm):
    """Mail and webhook; the page shows those that the settings open."""

    by_mail = BooleanField(_l("每个工作日把提醒发到我的邮箱"))
    mail_address = StringField(
        _l("邮箱地址"),
        [Optional(), Length(max=LONGEST, message=_l("邮箱地址太长。"))],
        description=_l("请填写单位邮箱。邮件中只有编号、日期和链接，不含姓名和地点。"),
    )
    by_webhook = BooleanField(_l("每个工作日把提醒发到单位的消息平台"))
