"""The form for a file from a tablet."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from inspect_app.web.forms import BaseForm


class BagForm(BaseForm):
    """A bag, as it was copied off the tablet."""

    file = FileField(_l("平板存出的文件（.jcbag）"), [FileRequired(_l("请选择从平板复制来的 .jcbag 文件。"))])
