"""Forms made from the definition of a register, and those of its imports."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, DecimalField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inspect_app.core.labels import mark
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import NamedRegion
from inspect_app.registers.definition import NUMBERS, Column, ColumnType, Register
from inspect_app.registers.importing.cells import number_text
from inspect_app.registers.rules import LONGEST
from inspect_app.web.forms import BaseForm, options
from inspect_app.workbooks.cells import as_text

YES, NO = "yes", "no"
YES_OR_NO = {YES: mark("是"), NO: mark("否")}
DAY = _l("数据截至哪一天。写错了可以再改，每次都会留下记录。")


def _number_or_none(value: str | None) -> int | None:
    return int(value) if value else None


class EntryForm(BaseForm):
    """An entry of a register; `form_for` adds a field for each of its columns."""

    register: Register
    region_id = SelectField(_l("乡镇（街道）"), coerce=_number_or_none, validators=[InputRequired(_l("请选择地区。"))])
    as_of = DateField(_l("数据日期"), [InputRequired(_l("请填写数据日期。"))], description=DAY)

    def offer(self, regions: Iterable[NamedRegion]) -> Self:
        """Fill the lists to choose from; `regions` are those where the person enters data."""
        self.region_id.choices = options(dict(_places(self.register, regions)), blank=mark("请选择"))()
        for column in self.register.columns:
            if column.type == ColumnType.CHOICE:
                self[column.code].choices = options({word: word for word in column.words}, blank=mark("未知"))()
            elif column.type == ColumnType.YES_NO:
                self[column.code].choices = options(YES_OR_NO, blank=mark("未知"))()
        return self

    def values(self) -> dict[str, Any]:
        """Return what was entered as entries keep it; what is empty is absent."""
        given = {column.code: _kept(column, self[column.code].data) for column in self.register.valued}
        return {code: value for code, value in given.items() if value is not None}


def form_for(register: Register) -> type[EntryForm]:
    """Make the form of a register."""
    fields = {column.code: _field(column) for column in register.valued}
    return type("RegisterEntryForm", (EntryForm,), {"register": register, **fields})


def shown_values(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an entry as its form takes them."""
    return {column.code: _entered(column, values.get(column.code)) for column in register.valued}


class EndForm(BaseForm):
    """The day from which an entry is no longer there."""

    ended_on = DateField(_l("从哪一天起不再有"), [InputRequired(_l("请填写日期。"))])


class CountyForm(BaseForm):
    """What is said of a county as of a day."""

    county_id = SelectField(
        _l("县（市、区）"), coerce=_number_or_none, validators=[InputRequired(_l("请选择县（市、区）。"))]
    )
    as_of = DateField(_l("数据日期"), [InputRequired(_l("请填写数据日期。"))])

    def offer(self, counties: Iterable[Region]) -> Self:
        """Fill the list of counties; a single one is chosen already."""
        found = {str(county.id): county.name for county in counties}
        self.county_id.choices = options(found, blank=None if len(found) == 1 else mark("请选择"))()
        return self


class FileForm(CountyForm):
    """A workbook to import, and the day for which it holds."""

    file = FileField(_l("台账文件"), [FileRequired(_l("请选择要上传的文件。"))])


class ZeroForm(CountyForm):
    """A report that there is nothing of this kind."""

    sure = BooleanField(_l("确认没有，按零报告"), [InputRequired(_l("零报告要先勾选确认。"))])


class ImportStepForm(BaseForm):
    """A step on an import; going on without the refused rows has to be chosen on purpose."""

    good_rows_only = BooleanField()


class UndoForm(BaseForm):
    """Why an import is taken back."""

    reason = TextAreaField(_l("撤销理由"), [InputRequired(_l("请写明撤销理由。")), Length(max=200)])


def _field(column: Column) -> Field:
    label = column.title
    needed = [InputRequired(_l("必填，不能为空。"))] if column.required else [Optional()]
    if column.type in (ColumnType.CHOICE, ColumnType.YES_NO):
        return SelectField(label, needed, description=column.advice)
    if column.type == ColumnType.INTEGER:
        return IntegerField(label, needed, description=column.advice)
    if column.type == ColumnType.DECIMAL:
        return DecimalField(label, needed, places=None, description=column.advice)
    if column.type == ColumnType.DATE:
        return DateField(label, needed, description=column.advice)
    return StringField(label, [*needed, Length(max=LONGEST)], description=column.advice)


def _kept(column: Column, entered: Any) -> Any:  # noqa: ANN401 - what a field gives
    if entered is None or entered == "":
        return None
    if column.type == ColumnType.YES_NO:
        return entered == YES
    if column.type in NUMBERS:
        return number_text(Decimal(entered))
    if isinstance(entered, date):
        return entered.isoformat()
    return as_text(str(entered)) or None


def _entered(column: Column, kept: Any) -> Any:  # noqa: ANN401 - what a field takes
    if kept is None:
        return None
    if column.type == ColumnType.YES_NO:
        return YES if kept else NO
    if column.type == ColumnType.INTEGER:
        return int(Decimal(kept))
    if column.type == ColumnType.DECIMAL:
        return Decimal(kept)
    return date.fromisoformat(kept) if column.type == ColumnType.DATE else kept


def _places(register: Register, regions: Iterable[NamedRegion]) -> Iterable[tuple[str, str]]:
    column = register.region_column
    counties: dict[int, str] = {}
    for region in sorted(regions, key=lambda each: each.level is not Level.COUNTY):
        if region.level is Level.COUNTY:
            counties[region.id] = region.name
            if column is None or not column.required:
                yield str(region.id), _("%(county)s（县级）", county=region.name)
        elif region.level is Level.TOWNSHIP and column is not None:
            county = counties.get(region.parent_id or 0, "")
            yield str(region.id), f"{county} {region.name}".strip()
