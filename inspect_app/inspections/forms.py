"""Forms of a visit: its plan, what a step asks for, and an uploaded proof."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, cast

from flask import Request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from inspect_app.accounts.models import User
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.proofs import Place
from inspect_app.sites.models import Site
from inspect_app.web.forms import BaseForm, options


class ChecksField(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TeamForm(BaseForm):
    """Who goes; the one who leads is on the team without being ticked."""

    lead = SelectField(_l("带队人员"), coerce=int)
    inspector_ids = ChecksField(_l("检查人员（至少两名，自查可一名）"), coerce=int)

    def offer_people(self, people: Iterable[User], only_self_checks: Collection[int] = ()) -> None:
        """Fill who can be chosen; of those in `only_self_checks` it is said."""
        named = {str(user.id): _called(user, only_self_check=user.id in only_self_checks) for user in people}
        self.lead.choices = self.inspector_ids.choices = options(named)()

    def team(self) -> list[int]:
        """Return the inspectors, the leading one first; leading is being on the team."""
        others = [key for key in self.inspector_ids.data or [] if key != self.lead.data]
        return [self.lead.data, *others]


def _called(user: User, *, only_self_check: bool) -> str:
    number = user.credential_number or _("无检查证号")
    return f"{user.name}（{number}，{_('仅限自查')}）" if only_self_check else f"{user.name}（{number}）"


class PlanForm(TeamForm):
    """Who goes where, when, why and with which lists."""

    kind = SelectField(_l("检查方式"), validators=[InputRequired(_l("请选择检查方式。"))])
    planned_on = DateField(_l("计划日期"), [InputRequired(_l("请填写计划日期。"))])
    checklist_codes = ChecksField(_l("检查表"))

    def offer(self, lists: Iterable[ChecklistVersion]) -> None:
        """Fill the kinds and lists that can be chosen."""
        self.kind.choices = options(KINDS)()
        self.checklist_codes.choices = options({each.code: f"{each.code} {each.title}" for each in lists})()


class JourneyForm(TeamForm):
    """Who goes on a journey, when, why and to which other objects."""

    kind = SelectField(_l("检查方式"), validators=[InputRequired(_l("请选择检查方式。"))])
    planned_on = DateField(_l("计划日期"), [InputRequired(_l("请填写计划日期。"))])
    objects = ChecksField(_l("抽查对象"))

    def offer(self, sites: Iterable[Site]) -> None:
        """Fill the kinds and objects that can be chosen."""
        self.kind.choices = options(KINDS)()
        named = {each.reference: f"{each.name}（{each.category} · {each.region.name}）" for each in sites}
        self.objects.choices = options(named)()


class ReassignForm(TeamForm):
    """Who takes over, and why."""

    reason = TextAreaField(_l("调整原因（可不填）"), [Length(max=500)])


class SubmitForm(BaseForm):
    """What the record of a visit needs beside the answers."""

    site_person = StringField(
        _l("被检单位现场负责人"),
        [Length(max=60)],
        description=_l("拒绝签字的写“拒签”，并在检查小结中写明情况和见证人。"),
    )
    summary = TextAreaField(_l("检查小结"), [Length(max=2000)])


class StepForm(BaseForm):
    """What the other steps take: a reason, an opinion that may be left out, or another day."""

    reason = TextAreaField(_l("原因"), [Length(max=500)])
    opinion = TextAreaField(_l("审核意见"), [Length(max=500)])
    planned_on = DateField(_l("新的计划日期"), [Optional()])


@dataclass(frozen=True)
class Upload:
    """A file as its sender describes it; nothing is taken as received before the bytes agree."""

    item: str
    stream: BinaryIO
    name: str
    size: int
    sha256: str
    paper: bool
    place: Place | None


def read_upload(request: Request) -> Upload:
    """Read the upload of one file; raises Invalid when the file or what must be said of it is missing."""
    form, file = request.form, request.files.get("file")
    digest = form.get("sha256", "").strip().lower()
    missing: dict[str, Sequence[str]] = {}
    if file is None:
        missing["file"] = [mark("没有收到文件，上传可能中断了，请重新上传。")]
    if not form.get("size", "").isdigit():
        missing["size"] = [mark("没有说明文件长度，无法核对。")]
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004 - hex digits of SHA-256
        missing["sha256"] = [mark("没有说明文件的 SHA-256，无法核对。")]
    if missing or file is None:
        raise Invalid(missing)
    return Upload(
        item=form.get("item", ""),
        stream=cast("BinaryIO", file.stream),
        name=file.filename or "",
        size=int(form["size"]),
        sha256=digest,
        paper=form.get("paper") == "1",
        place=_place(form.get("longitude"), form.get("latitude")),
    )


def _place(longitude: str | None, latitude: str | None) -> Place | None:
    try:
        east, north = Decimal(longitude or "x"), Decimal(latitude or "x")
    except InvalidOperation:
        return None
    sensible = east.is_finite() and north.is_finite() and abs(east) <= 180 and abs(north) <= 90  # noqa: PLR2004 - degrees
    return Place(east, north) if sensible else None


def read_answer(data: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON as it came
    """Read the body of an answer: value, note, immediate_measure, version, asked; what else it holds is ignored."""
    if not isinstance(data, dict):
        raise Invalid({"": [mark("答案的格式不对。")]})
    version = data.get("version", 0)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise Invalid({"version": [mark("答案的版本不对，请刷新页面。")]})
    kept = {name: data.get(name) for name in ("value", "note", "immediate_measure")}
    return {**kept, "version": version, "asked": str(data.get("asked") or "")}
