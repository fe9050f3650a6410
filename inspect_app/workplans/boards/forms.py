"""What is asked for when urging."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.web.forms import BaseForm
from inspect_app.workplans.boards.urging import LONGEST_NOTE


class UrgingForm(BaseForm):
    """What to urge, until when to answer, and a remark for all letters."""

    pick = SelectMultipleField(choices=[], validate_choice=False)
    due_on = DateField(_l("补报期限"), [InputRequired(_l("请填写补报期限。"))])
    note = StringField(_l("说明（写进每份函）"), [Optional(), Length(max=LONGEST_NOTE)])
