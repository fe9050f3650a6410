"""What is asked for when a restricted paper is kept."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.opinions.kinds import KIND_LABELS, Kind
from inspect_app.opinions.models import Opinion
from inspect_app.opinions.rules import LONGEST_TEXT, LONGEST_TITLE, Paper, receivers_in
from inspect_app.web.forms import BaseForm, options

DAY = {"placeholder": "2026-06-15"}


class PaperForm(BaseForm):
    """A restricted paper as it is written."""

    kind = SelectField(_l("种类"), choices=options(KIND_LABELS), default=Kind.MONTHLY.value)
    held_on = DateField(_l("会商或形成日期"), [InputRequired(_l("请填写会商或形成意见的日期。"))])
    covers_from = DateField(_l("针对时段（从）"), [Optional()])
    covers_until = DateField(_l("针对时段（到）"), [Optional()])
    title = StringField(_l("标题"), [InputRequired(_l("请填写标题。")), Length(max=LONGEST_TITLE)])
    text = TextAreaField(
        _l("正文"), [InputRequired(_l("请填写正文；全文在附件里的，写明“见附件”。")), Length(max=LONGEST_TEXT)]
    )
    receivers = TextAreaField(_l("通报对象（每行一个）"), [Optional(), Length(max=2000)])

    def given(self) -> Paper:
        """Return what was written."""
        return Paper(
            Kind(self.kind.data),
            self.held_on.data,
            self.title.data or "",
            self.text.data or "",
            self.covers_from.data,
            self.covers_until.data,
            receivers_in(self.receivers.data or ""),
        )


def form_of(opinion: Opinion) -> PaperForm:
    """Draw the form with what stands in a paper."""
    names = ("held_on", "covers_from", "covers_until", "title", "text", "version")
    known = {name: getattr(opinion, name) for name in names}
    return PaperForm(
        formdata=None, data={**known, "kind": opinion.kind.value, "receivers": "\n".join(opinion.receivers)}
    )
