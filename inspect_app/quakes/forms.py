"""What is asked for about earthquakes and anomalies."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspect_app.core import clock as time
from inspect_app.core.labels import mark
from inspect_app.quakes.models import Quake
from inspect_app.quakes.reporting import Wish
from inspect_app.quakes.words import (
    BECOMES_LABELS,
    FAULT_LABELS,
    FIGURES,
    FINDING_LABELS,
    REPORT_LABELS,
    SIDE_LABELS,
    Becomes,
    ReportKind,
    Side,
)
from inspect_app.web.forms import BaseForm, options

CHOOSE = mark("请选择")
LOCAL_TIME = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]


def _whole(name: str) -> IntegerField:
    label, unit = FIGURES[name]
    return IntegerField(_l("%(figure)s（%(unit)s）", figure=_l(label), unit=_l(unit)), [Optional()])


class CentreForm(BaseForm):
    """Where an earthquake was and how strong."""

    magnitude = DecimalField(_l("震级"), [InputRequired(_l("请填写震级，例如 3.4。"))], places=None)
    place = StringField(_l("参考位置"), [InputRequired(_l("请写明地震发生在哪里。")), Length(max=200)])
    longitude = DecimalField(_l("经度"), [InputRequired(_l("请填写经度，十进制度，例如 84.7。"))], places=None)
    latitude = DecimalField(_l("纬度"), [InputRequired(_l("请填写纬度，十进制度，例如 44.4。"))], places=None)
    depth_km = DecimalField(_l("震源深度（千米）"), [Optional()], places=None)

    def values(self) -> dict[str, Any]:
        """Return what was filled in."""
        names = ("magnitude", "place", "longitude", "latitude", "depth_km")
        return {name: self[name].data for name in names}


class RecordForm(CentreForm):
    """A new earthquake."""

    occurred_at = DateTimeLocalField(_l("发震时刻"), [InputRequired(_l("请填写发震时刻。"))], format=LOCAL_TIME)
    county = SelectField(_l("震中所在县（市、区）"), validate_choice=False)
    source = StringField(_l("参数来源"), [InputRequired(_l("请写明参数来自哪里。")), Length(max=100)])
    exercise = BooleanField(_l("这是演练，不计入任何统计"))

    def instant(self) -> datetime:
        """Return the instant of the earthquake; people write local time."""
        return (self.occurred_at.data or time.local(time.now())).replace(tzinfo=time.LOCAL)


class CorrectForm(CentreForm):
    """What was told wrongly at first."""

    reason = StringField(_l("更正的原因"), [InputRequired(_l("请填写原因。")), Length(max=200)])


class ReportForm(BaseForm):
    """A report; whoever makes it never types the time."""

    kind = SelectField(
        _l("报送种类"), [InputRequired(_l("请选择报送种类。"))],
        choices=options({kind: label for kind, label in REPORT_LABELS.items() if kind is not ReportKind.REVIEW}),
    )  # fmt: skip
    clock = IntegerField(widget=HiddenInput(), validators=[Optional()])
    side = RadioField(_l("谁的数字"), choices=options(SIDE_LABELS), default=Side.SEISMIC.value)
    text = TextAreaField(_l("内容"), [InputRequired(_l("请写内容。")), Length(max=5000)])
    deaths = _whole("deaths")
    missing = _whole("missing")
    injured = _whole("injured")
    relocated = _whole("relocated")
    houses_collapsed = _whole("houses_collapsed")
    houses_damaged = _whole("houses_damaged")
    roads_cut = _whole("roads_cut")
    power_cut = _whole("power_cut")
    secondary = _whole("secondary")

    def wish(self) -> Wish:
        """Return what was filled in; a figure left empty is not known."""
        side = Side(self.side.data) if self.side.data else Side.SEISMIC
        figures = {name: self[name].data for name in FIGURES}
        return Wish(ReportKind(self.kind.data), self.text.data or "", self.clock.data, side, figures)


class DeliveryForm(BaseForm):
    """That a receiver has a report, or acknowledged it."""

    receiver = StringField(validators=[InputRequired()])
    acknowledged = BooleanField()


class ReasonForm(BaseForm):
    """Why."""

    reason = TextAreaField(_l("原因"), [InputRequired(_l("请填写原因。")), Length(max=500)])


class FaultForm(ReasonForm):
    """A forbidden way of reporting that an officer names."""

    kind = SelectField(
        _l("违规报送"), [InputRequired(_l("请选择是哪一种。"))], choices=options(FAULT_LABELS, blank=CHOOSE)
    )
    region = SelectField(_l("哪个地区"), validate_choice=False)


class MeasureForm(BaseForm):
    """Something that the review found to be mended."""

    text = TextAreaField(_l("整改措施"), [InputRequired(_l("请写明要改什么。")), Length(max=500)])
    unit_name = StringField(_l("责任单位"), [InputRequired(_l("请写明由哪个单位负责。")), Length(max=100)])
    due_on = DateField(_l("完成期限"), [Optional()])
    becomes = RadioField(_l("怎样跟踪"), choices=options(BECOMES_LABELS), default=Becomes.HAZARD.value)
    county = SelectField(_l("登记在哪个县（市、区）"), validate_choice=False)


class ReviewForm(BaseForm):
    """The conclusion of the review."""

    conclusion = TextAreaField(_l("复盘结论"), [InputRequired(_l("请写明结论。")), Length(max=2000)])
    nothing_found = BooleanField(_l("没有发现需要整改的问题"))


class SightingForm(BaseForm):
    """Something unusual."""

    what = TextAreaField(_l("是什么异常"), [InputRequired(_l("请写明是什么异常。")), Length(max=1000)])
    region = SelectField(_l("地区"), validate_choice=False)
    place = StringField(_l("具体地点"), [InputRequired(_l("请写明在哪里。")), Length(max=200)])
    observer = StringField(_l("报告人或观测员"), [Optional(), Length(max=60)])
    longitude = DecimalField(_l("经度"), [Optional()], places=None)
    latitude = DecimalField(_l("纬度"), [Optional()], places=None)


class VerifyForm(BaseForm):
    """What the verification came to."""

    finding = RadioField(_l("核实结论"), [InputRequired(_l("请选择核实结论。"))], choices=options(FINDING_LABELS))
    result = TextAreaField(_l("核实情况"), [InputRequired(_l("请写明谁、怎样核实、看到什么。")), Length(max=1000)])


def first_words(quake: Quake) -> str:
    """Draft the first report from what was told of an earthquake."""
    depth = str(_l("，震源深度 %(depth)s 千米", depth=quake.depth_km)) if quake.depth_km is not None else ""
    drill = str(_l("【演练】")) if quake.exercise else ""
    return drill + str(
        _l(
            "据%(source)s测定，%(at)s 在%(place)s（北纬 %(latitude)s°，东经 %(longitude)s°）发生 %(magnitude)s 级地震"
            "%(depth)s。震感和灾情正在核实。",
            source=quake.source, at=f"{time.local(quake.occurred_at):%Y-%m-%d %H:%M:%S}", place=quake.place,
            latitude=_plain(quake.latitude), longitude=_plain(quake.longitude), magnitude=quake.magnitude, depth=depth,
        )
    )  # fmt: skip


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
