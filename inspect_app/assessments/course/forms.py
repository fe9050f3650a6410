"""What people fill in on the pages of the year's course; the figures asked for follow the rule of each item."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DecimalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from inspect_app.assessments.course.appealing import OUTCOMES
from inspect_app.assessments.course.items import Item
from inspect_app.assessments.course.opening import Dates
from inspect_app.assessments.course.reviewing import DECISIONS, takes_points
from inspect_app.assessments.course.rules import DIFFERENCE_POINTS, LONGEST, SHORTEST
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.web.forms import BaseForm, options

F = TypeVar("F", bound="FiguresForm")


def _reason(label: Any, hint: Any = "") -> TextAreaField:  # noqa: ANN401 - lazy texts
    needed = _l("请写明理由，4 至 1000 字。")
    return TextAreaField(label, [InputRequired(needed), Length(SHORTEST, LONGEST, needed)], description=hint)


def _day(field: DateField) -> date:
    return cast("date", field.data)


class FiguresForm(BaseForm):
    """Figures of an item; the fields are added for the item by `figures_form`."""

    item: Item | None = None

    def texts(self) -> dict[str, str]:
        """Return what was entered, by the names of `item.asked`."""
        asked = self.item.asked if self.item else ()
        return {name: self[f"figure{place}"].data or "" for place, (name, _label) in enumerate(asked)}

    def show(self, error: DomainError) -> None:
        """Put what is wrong with a figure beside its field."""
        if isinstance(error, Invalid) and self.item is not None:
            fields = {name: f"figure{place}" for place, (name, _label) in enumerate(self.item.asked)}
            error = Invalid({fields.get(name, name): said for name, said in error.problems.items()}, error.message)
        super().show(error)


def figures_form(kind: type[F], item: Item, data: Mapping[str, str] | None = None, **more: Any) -> F:  # noqa: ANN401
    """Return a form with a field for each figure of an item: as it was sent, or showing `data` by `item.asked`."""
    named = [_(label) if item.unit in ("", "分") else f"{_(label)}（{item.unit}）" for _name, label in item.asked]
    fields = {f"figure{place}": StringField(label) for place, label in enumerate(named)}
    made = type(kind.__name__, (kind,), {**fields, "item": item})
    if data is None:
        return cast("F", made())
    shown = {f"figure{place}": data.get(name, "") for place, (name, _label) in enumerate(item.asked)}
    return cast("F", made(formdata=None, data={**shown, **more}))


class ReportForm(FiguresForm):
    """A county's own figures of a line."""

    note = TextAreaField(
        _l("说明"),
        [Length(max=1000, message=_l("说明最多 1000 字。"))],
        description=_l("数据从哪里来；与机算值不同的，写明为什么。"),
    )


class ProposeForm(FiguresForm):
    """A change of figures, with its reason."""

    reason = _reason(_l("改动理由"), _l("写明依据。改动由第二人复核后才生效，机算值始终保留。"))


class PointsForm(BaseForm):
    """A change of points of a computed line, with its reason."""

    points = StringField(_l("改为多少分"), description=_l("不涉及的留空。"))
    reason = _reason(_l("改动理由"), _l("写明依据。改动由第二人复核后才生效，机算值始终保留。"))

    def texts(self) -> dict[str, str]:
        """Return what was entered."""
        return {"points": self.points.data or ""}


def propose_form(
    item: Item, data: Mapping[str, str] | None = None, version: int | None = None
) -> ProposeForm | PointsForm:
    """Return the form for a change of an item: as it was sent, or showing `data`."""
    if not takes_points(item):
        return figures_form(ProposeForm, item, data, version=version)
    return PointsForm() if data is None else PointsForm(formdata=None, data={"version": version})


class DecideForm(BaseForm):
    """What the assessor decides without changing anything."""

    decision = RadioField(_l("处理"), choices=options(DECISIONS), validators=[InputRequired(_l("请选择处理方式。"))])
    reason = TextAreaField(
        _l("理由"), [Length(max=LONGEST)], description=_l("不采纳的写明理由，县里会看到；由数据计算的，机算值有效。")
    )


class ReasonForm(BaseForm):
    """Nothing but a reason."""

    reason = _reason(_l("理由"))


class AppealForm(BaseForm):
    """An appeal."""

    reason = _reason(_l("申诉理由"), _l("写明哪个数字不对、应是多少、凭什么；佐证另行上传。"))


class AnswerForm(BaseForm):
    """An answer to an appeal."""

    outcome = RadioField(
        _l("结论"), choices=options(OUTCOMES), validators=[InputRequired(_l("请选择答复结论。"))],
        description=_l("申诉成立的，先在“提出改动”中改分，再答复。"),
    )  # fmt: skip
    answer = _reason(_l("答复"), _l("县里会看到这段话。"))


class ProofForm(BaseForm):
    """A file that proves a line."""

    file = FileField(
        _l("佐证材料"),
        [FileRequired(_l("请选择要上传的文件。"))],
        description=_l("照片、PDF、Word 或 Excel，每个不超过 25 MB。"),
    )


class StepForm(BaseForm):
    """A step with its reason where it asks for one."""

    reason = TextAreaField(_l("原因"), [Length(max=LONGEST)])


class DatesForm(BaseForm):
    """The days of an assessment."""

    self_report_by = DateField(_l("自评截止"), [InputRequired(_l("请选择日期。"))])
    freeze_on = DateField(
        _l("数据冻结日"), [InputRequired(_l("请选择日期。"))], description=_l("当日 24:00 以后的变动只走更正。")
    )
    appeal_by = DateField(_l("申诉截止"), [InputRequired(_l("请选择日期。"))])

    def dates(self) -> Dates:
        """Return what was entered."""
        return Dates(_day(self.self_report_by), _day(self.freeze_on), _day(self.appeal_by))


class OpenForm(DatesForm):
    """A new assessment."""

    region = SelectField(_l("考核地区"))
    scheme = SelectField(_l("考核方案"))
    period = StringField(_l("年度"), [InputRequired(_l("请填写年度。"))])
    difference_points = DecimalField(
        _l("差异标黄（分）"),
        [InputRequired(_l("请填写分值。")), NumberRange(0, 100, _l("应在 0 到 100 分之间。"))],
        places=None,
        default=DIFFERENCE_POINTS,
        description=_l("自评与机算相差超过这个分值的标黄，逐项处理。"),
    )

    def limit(self) -> Decimal:
        """Return how far a self-report may lie from the computed points."""
        return round(Decimal(self.difference_points.data or 0), 2)


class CorrectForm(BaseForm):
    """What a correction says, and its days."""

    reason = _reason(_l("更正理由"), _l("写明哪里有误、怎样发现；发布更正须由另一人办理。"))
    freeze_on = DateField(
        _l("数据冻结日"), [InputRequired(_l("请选择日期。"))], description=_l("更正按这一天的数据重新计算。")
    )
    appeal_by = DateField(_l("申诉截止"), [InputRequired(_l("请选择日期。"))])

    def dates(self) -> Dates:
        """Return what was entered; a correction has no self-report of its own."""
        return Dates(_day(self.freeze_on), _day(self.freeze_on), _day(self.appeal_by))
