"""Cells of a register as offices write them."""

from collections.abc import Hashable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.sites.fields import BLANK
from inspect_app.sites.importing.columns import SYNONYMS
from inspect_app.sites.importing.coordinates import are_swapped
from inspect_app.sites.importing.readings import Reading
from inspect_app.sites.importing.values import APPROXIMATE, LOST_DIGITS, readers
from inspect_app.workbooks.dates import DateContext
from inspect_app.workbooks.listheads import OTHER

READERS = readers(DateContext(date(2026, 6, 15)))


def read(field: str, cell: Hashable) -> Reading:
    return READERS[field](field, cell)


def test_every_column_has_a_reader_and_every_field_a_column() -> None:
    assert READERS.keys() == SYNONYMS.keys() - {OTHER}
    assert BLANK.keys() <= READERS.keys()


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("built_year", "２００５", 2005),
        ("built_year", 2005.0, 2005),
        ("built_year", "2005年建成", 2005),
        ("built_year", "2005.9", 2005),
        ("built_year", datetime(2005, 9, 1), 2005),  # noqa: DTZ001 - a cell has no zone
        ("floors", "3层", 3),
        ("floors", "六", 6),
        ("floors", "地上5层，地下1层", 5),
        ("floors", "5/地下2层", 5),
        ("floors", "十二层", 12),
        ("remaining_service_years", "30年", 30),
        ("area_m2", "800㎡", Decimal("800.00")),
        ("area_m2", "1,200.5 平方米", Decimal("1200.50")),
        ("area_m2", "0.08万平方米", Decimal("800.00")),
        ("area_m2", 1234.5, Decimal("1234.50")),
        ("pga_g", "0.15g", Decimal("0.15")),
        ("fortification_category", "乙类", "key"),
        ("fortification_category", "重点设防类(乙类)", "key"),
        ("fortification_category", "标准设防", "standard"),
        ("appraisal_result", "需加固", "retrofit"),
        ("category", "C03 学校医院养老", "C03"),
        ("category", "c07A", "C07a"),
        ("category", "水库", "C06"),
        ("key_object", "√", True),
        ("active", "停用", False),
        ("coordinate_system", "国家2000坐标系", "CGCS2000"),
        ("coordinate_system", "wgs84", "WGS-84"),
        ("credit_code", " 91654202ma00000000 ", "91654202MA00000000"),
        ("contact_person", "许敏 13900000000", "许敏"),
        ("structure", "砖混/框架", "砖混/框架"),
        ("responsible_unit", "教 育 局", "教育局"),
        ("appraised_on", "2024年9月1日", date(2024, 9, 1)),
        ("longitude", "E84°42′36″", Decimal("84.7100000")),
        ("latitude", "44.43", Decimal("44.4300000")),
        ("reference", "ＤＸ-654202-C03-0001", "DX-654202-C03-0001"),
    ],
)
def test_a_plain_cell_is_read(field: str, cell: Hashable, value: object) -> None:
    assert read(field, cell) == Reading({field: value})


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("built_year", "约2005年", 2005),
        ("built_year", "2005年前后", 2005),
        ("built_year", "2005年左右", 2005),
        ("area_m2", "约800㎡", Decimal("800.00")),
        ("floors", "约5层", 5),
    ],
)
def test_an_approximate_number_is_taken_and_told(field: str, cell: str, value: object) -> None:
    assert read(field, cell) == Reading({field: value}, remark=APPROXIMATE)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("7", {"fortification_intensity": 7}),
        ("7度(0.15g)", {"fortification_intensity": 7, "pga_g": Decimal("0.15")}),
        ("８度（０.２０ｇ）", {"fortification_intensity": 8, "pga_g": Decimal("0.20")}),
        ("七度", {"fortification_intensity": 7}),
        ("Ⅷ度", {"fortification_intensity": 8}),
        ("0.20g", {"pga_g": Decimal("0.20")}),
    ],
)
def test_an_intensity_may_carry_its_acceleration(cell: str, values: dict[str, Any]) -> None:
    assert read("fortification_intensity", cell).values == values


@pytest.mark.parametrize("cell", ["84.71,44.43", "84.71，44.43", "E84.71/N44.43", "东经84.71、北纬44.43"])
def test_both_coordinates_may_stand_in_one_cell(cell: str) -> None:
    assert read("coordinates", cell).values == {"longitude": Decimal("84.71"), "latitude": Decimal("44.43")}


def test_coordinates_the_wrong_way_round_are_noticed() -> None:
    assert are_swapped(Decimal("44.43"), Decimal("84.71"))
    assert not are_swapped(Decimal("84.71"), Decimal("44.43"))
    assert not are_swapped(Decimal("44.43"), Decimal("44.43"))


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("built_year", "80年代"),
        ("built_year", "2003-2005"),
        ("built_year", "很早"),
        ("floors", "3-5层"),
        ("floors", "多层"),
        ("area_m2", "八百"),
        ("area_m2", "800-900"),
        ("pga_g", "很大"),
        ("fortification_intensity", "高"),
        ("fortification_intensity", "度"),
        ("fortification_category", "戊类"),
        ("appraisal_result", "见报告"),
        ("category", "C03x"),
        ("category", "建筑"),
        ("key_object", "也许"),
        ("coordinate_system", "西安80"),
        ("coordinates", "84.71"),
        ("longitude", "东边"),
        ("appraised_on", "2024年"),
        ("appraised_on", "9月1日"),
    ],
)
def test_what_is_not_plain_is_refused_and_not_guessed(field: str, cell: str) -> None:
    reading = read(field, cell)
    assert reading.problem
    assert not reading.values


def test_a_credit_code_kept_as_a_number_is_refused() -> None:
    assert read("credit_code", 6.5e17).problem == LOST_DIGITS


@pytest.mark.parametrize("field", ["structure", "responsible_unit", "contact_person", "appraised_on"])
def test_a_stroke_says_nothing(field: str) -> None:
    assert read(field, "/") == Reading()
