"""Headings as counties write them."""

import pytest

from inspect_app.returns.columns import KNOWN, match_heading, match_path
from inspect_app.returns.fields import Field
from inspect_app.returns.synonyms import SYNONYMS


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("乡镇（街道）", Field.TOWNSHIP),
        ("企业（单位）名称", Field.SITE),
        ("序 号", Field.SEQUENCE),
        ("存在的\n问题隐患", Field.DESCRIPTION),
        ("①整改措施", Field.MEASURES),
        ("3.整改时限*", Field.DUE_ON),
        ("责任单位（被检对象）", Field.RESPONSIBLE_UNIT),
        ("完成时限", Field.DUE_ON),
        ("完成时间", Field.DONE_ON),
        ("备注", Field.OTHER),
        ("隐患编号", Field.REFERENCE),
    ],
)
def test_a_heading_is_known_however_it_is_dressed(heading: str, field: Field) -> None:
    match = match_heading(heading)
    assert match
    assert (match.field, match.sure) == (field, True)


def test_one_wrong_letter_is_forgiven_and_told() -> None:
    match = match_heading("整改实限")
    assert match
    assert (match.field, match.sure) == (Field.DUE_ON, False)


@pytest.mark.parametrize("heading", ["", "完成时艰", "负责", "气温", "2024年6月", "配电箱无盖板，周围堆放可燃物"])
def test_what_could_mean_two_things_or_nothing_means_nothing(heading: str) -> None:
    assert match_heading(heading) is None


def test_a_group_heading_completes_a_short_one() -> None:
    match = match_path(("检查情况", "时间"))
    assert match
    assert match.field is Field.FOUND_ON
    match = match_path(("整改落实情况", "责任人"))
    assert match
    assert match.field is Field.RESPONSIBLE_PERSON


def test_a_value_below_a_heading_is_no_misspelt_heading() -> None:
    assert match_path(("隐患描述", "无")) is None


def test_no_name_stands_for_two_fields() -> None:
    names = [name for names in SYNONYMS.values() for name in names.split()]
    assert len(names) == len(set(names)) == len(KNOWN)
