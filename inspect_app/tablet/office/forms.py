"""What the pages about tablets ask for."""

from wtforms import StringField
from wtforms.validators import Length

from inspect_app.web.forms import BaseForm


class ChoiceForm(BaseForm):
    """Which of several was chosen."""

    chosen = StringField(validators=[Length(max=60)])
