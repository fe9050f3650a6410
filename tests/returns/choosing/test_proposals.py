from datetime import date

import pytest

from inspect_app.returns.choosing.proposals import CERTAIN, propose
from inspect_app.returns.fields import Field
from tests.returns.county import PLACES


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("整改负责同志姓名", ["许敏", "赵强", "王芳"], Field.RESPONSIBLE_PERSON),
        ("查出毛病", ["粮仓爬梯没有护笼，人员易坠落", "配电箱没有盖板且线路裸露"], Field.DESCRIPTION),
        ("哪个乡的", ["东坪镇", "沙镇镇"], Field.TOWNSHIP),
        ("发现的日子", [date(2024, 6, 3), "2024.6.4"], Field.FOUND_ON),
        ("责任归口单位", ["东坪镇人民政府", "县水利局"], Field.RESPONSIBLE_UNIT),
        ("改得怎样了", ["已整改", "未整改", "整改中"], Field.STATUS),
    ],
)
def test_heading_and_content_together_propose_a_meaning(heading: str, cells: list[object], field: Field) -> None:
    proposal = propose(heading, cells, set(), PLACES)
    assert proposal
    assert proposal.field is field
    assert proposal.confidence <= CERTAIN


def test_what_another_column_surely_is_is_not_proposed_again() -> None:
    proposal = propose("查出毛病", ["粮仓爬梯没有护笼，人员易坠落"], {Field.DESCRIPTION, Field.MEASURES}, PLACES)
    assert proposal is None


def test_a_column_that_says_nothing_known_has_no_proposal() -> None:
    assert propose("颜色", ["甲", "乙"], set(), PLACES) is None
    assert propose("颜色", [], set(), PLACES) is None
