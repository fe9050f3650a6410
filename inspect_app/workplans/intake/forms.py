"""Forms of a notice and of the pieces of its review; a piece carries the stamp of what the page showed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from inspect_app.core.errors import Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.web.forms import BaseForm, options
from inspect_app.workplans.intake.heads import Day, Head
from inspect_app.workplans.intake.stating import Stated
from inspect_app.workplans.intake.tasks import Named
from inspect_app.workplans.intake.telling import LIMIT_LABELS
from inspect_app.workplans.intake.units import Choice
from inspect_app.workplans.library.words import (
    KIND_LABELS,
    LEVEL_LABELS,
    OF_LABELS,
    PERIOD_LABELS,
    TOPIC_LABELS,
    TRIGGER_LABELS,
    Kind,
    Level,
    Of,
    Period,
    Trigger,
)
from inspect_app.workplans.words import PART_LABELS, VERDICT_LABELS, Part, Verdict

EARLIEST, LATEST = 2000, 2100
NO_DAY = mark("日期“%(text)s”认不出来，请写成 2026-06-05 这样。")
BY_ISSUER = mark("按发文机关判断")
OWED_AT = {level: LEVEL_LABELS[level] for level in (Level.PREFECTURE, Level.COUNTY)}


def _key(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def _options(labels: Mapping[Any, str], blank: str | None = None) -> Callable[[], list[Any]]:
    return options({str(value): label for value, label in labels.items()}, blank=blank)


class NoticeForm(BaseForm):
    """A notice as a file or as pasted text; place and year are read from it unless they are given."""

    file = FileField(_l("通知文件"), description=_l(".docx、.txt 或 .html，20 MB 以内。PDF 请复制全文粘贴到下面。"))
    text = TextAreaField(_l("或粘贴通知全文"), [Length(max=400_000)])
    region_id = SelectField(_l("哪个地区的工作要点"), coerce=_key, validators=[Optional()])
    year = IntegerField(
        _l("年度"),
        [Optional(), NumberRange(EARLIEST, LATEST, _l("年度应在 2000–2100 之间。"))],
        description=_l("不填则从通知中读取。"),
    )

    def offer(self, regions: Sequence[Region]) -> Self:
        """Fill the list of places to choose from."""
        self.region_id.choices = options({str(each.id): each.name for each in regions}, blank=BY_ISSUER)()
        return self


class PieceForm(BaseForm):
    """A piece of the review; once the plan is published, a change needs its reason."""

    reason = StringField(_l("更正理由"), [Length(max=200)])

    def checked(self) -> Self:
        """Return the form once it holds; Invalid with its sentences otherwise, Stale when it carries no stamp."""
        if not self.validate():
            raise Invalid({name: [str(text) for text in told] for name, told in self.errors.items() if name})
        if not self.version.raw_data or self.version.data is None:
            raise Stale
        return self

    @property
    def stamp(self) -> int:
        """Return the stamp of the piece as the page showed it."""
        return int(self.version.data or 0)

    @property
    def why(self) -> str:
        """Return the reason, empty while none is needed."""
        return str(self.reason.data or "")


class HeadForm(PieceForm):
    """Whose paper it is."""

    title = StringField(_l("标题"), [InputRequired(_l("请填写标题。")), Length(max=200)])
    number = StringField(_l("文号"), [Length(max=60)])
    year = IntegerField(
        _l("年度"), [InputRequired(_l("请填写年度。")), NumberRange(EARLIEST, LATEST, _l("年度应在 2000–2100 之间。"))]
    )
    dated = DateField(_l("成文日期"), [Optional()])
    region_id = IntegerField(_l("地区"), [Optional()])

    def head(self) -> Head:
        """Return what was entered."""
        title, number = str(self.title.data or "").strip(), str(self.number.data or "").strip()
        return Head(title, number, int(self.year.data or 0), self.dated.data)


class DatesForm(PieceForm):
    """The reporting dates: rows of number, title and day; a row without a day is left out."""

    def days(self) -> list[Day]:
        """Return the rows; Invalid names a day that is none."""
        rows = zip(*(request.form.getlist(name) for name in ("number", "title", "due_on")), strict=False)
        return [Day(_key(number) or 0, title.strip(), _day(text)) for number, title, text in rows if text.strip()]


class MembersForm(PieceForm):
    """The departments that 成员单位 means, and the name of one more."""

    who = StringField(_l("添加单位"), [Length(max=60)])
    new = BooleanField(_l("登记为新单位"))

    def units(self) -> list[int]:
        """Return the keys of the ticked units in their order."""
        return [key for text in request.form.getlist("unit") if (key := _key(text)) is not None]


class TaskForm(PieceForm):
    """What a task is called and what it is about; its words when it is added by hand."""

    number = StringField(_l("编号"), [InputRequired(_l("请填写编号。")), Length(max=20)])
    title = StringField(_l("任务"), [InputRequired(_l("请填写任务名称。")), Length(max=100)])
    topic = SelectField(_l("主题"), choices=_options(TOPIC_LABELS, blank=mark("未定")), validators=[Optional()])
    text = TextAreaField(_l("任务原文"), [Length(max=10_000)])

    def named(self) -> Named:
        """Return how the task is called."""
        number, title = str(self.number.data or "").strip(), str(self.title.data or "").strip()
        return Named(number, title, self.topic.data or None)


class CheckForm(PieceForm):
    """Whether a task was compared with the notice; that something is no task."""

    checked_now = BooleanField(_l("已核对"))


class UnitForm(PieceForm):
    """A unit of a task, a name wherever it is written, or a unit for tasks without one."""

    unit = IntegerField(validators=[Optional()])
    written = StringField(validators=[Length(max=200)])
    part = SelectField(_l("角色"), choices=_options(PART_LABELS), default=Part.RESPONSIBLE.value)
    who = StringField(_l("单位或单位组"), [Length(max=60)])
    new = BooleanField(_l("登记为新单位"))
    everywhere = BooleanField(_l("文中其他同名处一并认定"))
    remember = BooleanField(_l("记住这个叫法"))
    remove = BooleanField()
    all = BooleanField()

    def choice(self) -> Choice:
        """Return who was chosen."""
        ticks = {name: bool(self[name].data) for name in ("new", "everywhere", "remember")}
        return Choice(str(self.who.data or ""), Part(self.part.data), **ticks)


class DemandForm(PieceForm):
    """A requirement: what becomes of it, and how it is stated when the fields were sent along."""

    key = IntegerField(validators=[Optional()])
    task = IntegerField(validators=[Optional()])
    quote = StringField(_l("原文"), [Length(max=500)])
    verdict = SelectField(choices=_options(VERDICT_LABELS), default=Verdict.TAKEN.value)
    stated = BooleanField()
    title = StringField(_l("做什么"), [Length(max=200)])
    kind = SelectField(_l("类型"), choices=_options(KIND_LABELS), default=Kind.STANDING.value)
    figure = DecimalField(_l("数量"), [Optional()], places=None)
    most = DecimalField(_l("上限"), [Optional()], places=None)
    unit = StringField(_l("单位"), [Length(max=20)])
    due_on = DateField(_l("最迟日期"), [Optional()])
    period = SelectField(_l("周期"), choices=_options(PERIOD_LABELS, blank=mark("不选")), validators=[Optional()])
    of = SelectField(_l("按什么计算"), choices=_options(OF_LABELS, blank=mark("不选")), validators=[Optional()])
    trigger = SelectField(
        _l("由什么引起"), choices=_options(TRIGGER_LABELS, blank=mark("不选")), validators=[Optional()]
    )
    limit_unit = SelectField(_l("时限"), choices=_options(LIMIT_LABELS), default="immediately")
    levels = SelectMultipleField(_l("由谁承担"), choices=_options(OWED_AT))

    def said(self) -> Stated | None:
        """Return how the requirement is stated, None when only the verdict was sent."""
        if not self.stated.data:
            return None
        given: dict[str, Any] = {name: self[name].data for name in ("figure", "most", "due_on")}
        return Stated(
            title=str(self.title.data or "").strip(),
            kind=Kind(self.kind.data),
            unit=str(self.unit.data or "").strip(),
            period=Period(self.period.data) if self.period.data else None,
            of=Of(self.of.data) if self.of.data else None,
            trigger=Trigger(self.trigger.data) if self.trigger.data else None,
            limit_unit=str(self.limit_unit.data or "") if self.kind.data == Kind.RESPONSE.value else "",
            levels=tuple(Level(each) for each in self.levels.data or ()),
            **given,
        )


class AdoptForm(PieceForm):
    """An obligation of the library that a task takes over."""

    code = StringField(validators=[InputRequired(_l("请选择要采用的义务。")), Length(max=20)])


class EndForm(BaseForm):
    """A step of the life of a plan, with its reason where one is needed."""

    reason = TextAreaField(_l("理由"), [Length(max=500)])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid({"dates": [_(NO_DAY, text=text.strip()[:20])]}) from None
