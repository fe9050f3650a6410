"""The forms of an import: sending a file, and confirming what was seen."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length, Optional, Regexp

from inspect_app.web.forms import BaseForm

LONGEST_CODE = 20


class SendForm(BaseForm):
    """A file, and the code that the list shall have instead of its own."""

    file = FileField(_l("检查表文件"), [FileRequired(_l("请选择要上传的检查表文件。"))])
    code = StringField(
        _l("改用编号"),
        [
            Optional(),
            Length(max=LONGEST_CODE, message=_l("编号最多 20 个字符。")),
            Regexp(r"^[A-Za-z0-9-]+$", message=_l("编号只能用字母、数字和短横线。")),
        ],
        filters=[lambda text: text.strip() if text else text],
    )


class ConfirmForm(BaseForm):
    """The hidden version of the draft that was compared."""
