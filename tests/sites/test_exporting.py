"""The register as a workbook."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.errors import NotFound
from inspect_app.sites.exporting import export, export_blank, file_name
from inspect_app.sites.queries import SiteFilter
from inspect_app.sites.register_sheet import COLUMNS, LAYOUT
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import SHAWAN, WUSU, make_site, region

pytestmark = pytest.mark.usefixtures("clock")
EXCEL_LIST = 255


def cells(content: BytesIO) -> list[dict[str, object]]:
    """The rows of the sheet by heading."""
    content.seek(0)
    head, *body = openpyxl.load_workbook(content).worksheets[0].iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def test_a_site_is_written_cell_by_cell(session: Session) -> None:
    make_site(
        session, longitude=Decimal("84.7123456"), latitude=Decimal("44.43"), built_year=2005, pga_g=Decimal("0.20"),
        fortification_intensity=8, fortification_category="key", appraised_on=date(2025, 3, 1), key_object=True,
        credit_code="9165400000000000AB"[:18],
    )  # fmt: skip
    out = BytesIO()
    assert export(session, SYSTEM, SiteFilter(), out) == 1
    (row,) = cells(out)
    assert row["编号"] == "DX-654202-C03-0001"
    assert (row["区划代码"], row["县（市、区）"]) == ("654202100", "乌苏市")
    assert row["类别"] == "C03 学校医院养老"
    assert (row["经度"], row["建成年份"], row["设防烈度（度）"]) == (84.7123456, 2005, "8")
    assert (row["设防类别"], row["重点对象"], row["在册"]) == ("重点设防类（乙类）", "是", "是")
    assert (row["责任单位"], row["主管部门"], row["层数"]) == ("晨光小学", None, None)


def test_a_person_exports_what_they_see_and_nothing_else(session: Session) -> None:
    make_site(session)
    make_site(session, SHAWAN, name="邻县小学")
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    out = BytesIO()
    assert export(session, head, SiteFilter(), out) == 1
    assert cells(out)[0]["名称"] == "晨光小学（示例）"
    with pytest.raises(NotFound):
        export(session, head, SiteFilter(region_id=region(session, SHAWAN).id), BytesIO())


def test_an_empty_form_has_every_column_and_lists_below_the_head(session: Session) -> None:
    clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    out = BytesIO()
    export_blank(clerk, out)
    out.seek(0)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [column.heading for column in COLUMNS]
    assert sheet.max_row == 3
    validations = sheet.data_validations.dataValidation
    assert {str(each.sqref) for each in validations} >= {"C4:C503"}


def test_every_list_to_choose_from_is_short_enough_for_excel() -> None:
    assert all(len(",".join(column.choices)) <= EXCEL_LIST for column in LAYOUT.columns)


def test_the_file_is_named_after_its_region(session: Session) -> None:
    wanted = SiteFilter(region_id=region(session, WUSU).id)
    assert file_name(session, SYSTEM, wanted) == "乌苏市检查对象名册_20260615.xlsx"
