"""The form of one question: what is asked, and when the answer is good."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from inspect_app.checklists.forms.choosing import values
from inspect_app.checklists.questions import ANSWER_TYPE_LABELS, DateUnit
from inspect_app.checklists.workbook import phrases
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.web.forms import options
from inspect_app.web.language import said

T = TypeVar("T")
BAD_ANSWERS = {"no": mark("答“否”不合格"), "yes": mark("答“是”不合格")}
UNITS = {DateUnit.MONTHS: mark("月"), DateUnit.DAYS: mark("天")}


class PartForm(FlaskForm):  # type: ignore[misc]
    """Every field of every type of answer; which of them count follows from the type. Numbers are read as phrases."""

    class Meta:
        csrf = False

    code = StringField(_l("分问编号"), [Length(max=30)])
    label = StringField(_l("分问名称"), [Length(max=60)])
    share = StringField(_l("比重"), description=_l("各分问合计为 1；只作记录、供比较的填 0"))
    gate = BooleanField(_l("前提题：不合格时其余各问不用答，整项不得分"))
    veto = BooleanField(_l("这一问不合格即否决整张表"))
    na_allowed = BooleanField(_l("可以答“不涉及”"))
    kind = SelectField(_l("答案类型"), choices=values(ANSWER_TYPE_LABELS))
    bad_answer = SelectField(_l("哪个回答不合格"), choices=options(BAD_ANSWERS))
    unit = StringField(_l("单位"), [Length(max=12)])
    decimals = StringField(_l("小数位数"), description=_l("不填为整数"))
    minimum = StringField(_l("能填的最小数"), description=_l("不填为 0"))
    maximum = StringField(_l("能填的最大数"))
    numerator = StringField(_l("分子是什么"), [Length(max=40)])
    denominator = StringField(_l("分母是什么"), [Length(max=40)])
    may_exceed = BooleanField(_l("分子可以大于分母"))
    date_unit = SelectField(_l("距检查日按什么计"), choices=values(UNITS))
    choices = TextAreaField(_l("选项"), description=_l("每行一个，写“代码=名称”；只写名称时自动编代码"))
    passing = StringField(_l("哪些选项合格"), description=_l("写代码或名称，用顿号分开；不写则只作记录"))
    max_length = StringField(_l("最多多少字"), description=_l("不填为 500"))
    at_least = StringField(_l("不低于"), description=_l("比率写百分数，如 95%；多选写至少几项"))
    at_most = StringField(_l("不超过"), description=_l("日期写距检查日不超过多少月（天）"))
    zero_at = StringField(_l("零分点"), description=_l("达不到时按比例得分，到这个数为零分"))
    all_or_nothing = BooleanField(_l("达不到就不得分，不按比例折算"))
    rules = TextAreaField(
        _l("有几种口径时"), description=_l("每行一种，写“代码=名称 | 不低于 9”；写了这里就不写上面三个")
    )
    compared = StringField(_l("与另一问比较"), description=_l("写“不低于 分问编号”或“等于 分问编号”"))

    def words(self, name: str) -> str:
        """Return what was written into a field, without blanks around it."""
        return (self[name].data or "").strip()

    def number(self, name: str) -> Decimal | None:
        """Return a number, with % taken as hundredths; None when there is none, or one that cannot be read."""
        return self.phrase(name, phrases.number)

    def count(self, name: str, otherwise: int) -> int:
        """Return a whole number."""
        number = self.number(name)
        if number is None:
            return otherwise
        if number != int(number):
            self.note(name, say(mark("请填写整数。")))
        return int(number)

    def phrase(self, name: str, read: Callable[[str], T]) -> T | None:
        """Read a field that may be blank; what cannot be read is told beside it."""
        if not self.words(name):
            return None
        try:
            return read(self.words(name))
        except phrases.PhraseError as error:
            self.note(name, error.sentence)
            return None

    def note(self, name: str, sentence: Sentence) -> None:
        """Tell a mistake beside a field."""
        self[name].errors = [*self[name].errors, said(sentence)]
