"""Forms of sign-in, passwords and accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.access.permissions import ROLE_LABELS, Role
from inspect_app.web.forms import BaseForm, options


class SignInForm(BaseForm):
    """Login and password."""

    login = StringField(_l("登录名"), [InputRequired(_l("请输入登录名。")), Length(max=64)])
    password = PasswordField(_l("密码"), [InputRequired(_l("请输入密码。")), Length(max=256)])
    next = HiddenField()


class PasswordForm(BaseForm):
    """Change of one's own password."""

    old = PasswordField(_l("原密码"), [InputRequired(_l("请输入原密码。"))])
    new = PasswordField(_l("新密码"), [InputRequired(_l("请输入新密码。"))])
    again = PasswordField(_l("再次输入新密码"), [InputRequired(_l("请再次输入新密码。"))])


class UserForm(BaseForm):
    """What the security administrator says of an account. Regions are given by code."""

    login = StringField(_l("登录名"), [InputRequired(_l("请输入登录名。")), Length(max=64)])
    name = StringField(_l("姓名"), [InputRequired(_l("请输入姓名。")), Length(max=64)])
    role = SelectField(_l("角色"), choices=options(ROLE_LABELS), default=Role.INSPECTOR.value)
    view_region = StringField(_l("可查看区域（区划代码）"), [Optional(), Length(max=12)])
    capture_region = StringField(_l("可填报区域（区划代码）"), [Optional(), Length(max=12)])
    unit = StringField(
        _l("所属单位"),
        [Optional(), Length(max=80)],
        description=_l("成员单位填报员必填：单位名册中的名称或简称，如“地区教育局”；其他角色可以不填。"),
    )
    credential_number = StringField(_l("执法（检查）证号"), [Optional(), Length(max=40)])
    active = BooleanField(_l("启用"), default=True)
