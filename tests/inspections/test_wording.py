"""The Chinese sentences that a visit leaves behind."""

from dataclasses import replace
from datetime import date

import pytest

from inspect_app.checklists import queries
from inspect_app.checklists.definition import Citation
from inspect_app.checklists.loading import load_library
from inspect_app.inspections import wording

ITEM = load_library().checklists["C03"].item("C03-05")


def told(basis: str, article: str | None = None, on: date = date(2026, 6, 15)) -> str:
    item = replace(ITEM, citations=(Citation(basis, article),))
    return wording.basis(queries.cited(item, on))


@pytest.mark.parametrize(
    ("basis", "article", "text"),
    [
        ("REG-744", "第二十一条", "《建设工程抗震管理条例》第二十一条（2021-09-01 起施行）"),
        ("LAW-XF", "第二十八条", "《中华人民共和国消防法》第二十八条"),
        ("GB-50981-2014", None, "《建筑机电工程抗震设计规范》（待核对）"),
        ("LAW-AQSC", "第四十一条", "《中华人民共和国安全生产法》第四十一条（2021-09-01 起施行，日期待核对）"),
        ("NOR-GBF2024-5", "第五条", "《突发事件应急预案管理办法》第五条（2024-01-31 起施行，待核对）"),
        ("REG-591", "第十九条", "《危险化学品安全管理条例》第十九条（2026-04-30 失效，日期待核对，已失效）"),
    ],
)
def test_a_hazard_says_what_stands_against_its_basis(basis: str, article: str | None, text: str) -> None:
    assert told(basis, article) == text


def test_a_basis_not_yet_in_force_is_marked() -> None:
    assert told("REG-744", on=date(2021, 8, 31)).endswith("（2021-09-01 起施行，尚未生效）")
