"""What is said of a doubt that somebody looked into."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from inspect_app.doubts.service import LONGEST, SHORTEST
from inspect_app.web.forms import BaseForm


class NoteForm(BaseForm):
    """The finding in words."""

    text = TextAreaField(
        _l("核实情况"),
        [InputRequired(_l("请写明核实的情况。")), Length(SHORTEST, LONGEST, _l("请写明核实的情况，4 至 500 字。"))],
        description=_l(
            "写明谁、怎样核实的，结论是什么。认定后保存在审计记录中，不能修改；有关记录变化后会重新列为疑点。"
        ),
    )
