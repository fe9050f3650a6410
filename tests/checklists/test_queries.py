"""Legal bases of items as they stand on a day."""

from dataclasses import replace
from datetime import date

import pytest

from inspect_app.checklists.definition import Citation
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.queries import cited, register
from inspect_app.law.definitions import LegalBasis

ITEM = load_library().checklists["C03"].item("C03-05")


def test_a_basis_is_cited_with_its_article() -> None:
    assert [each.text for each in cited(ITEM, date(2026, 6, 15))] == ["《建设工程抗震管理条例》第二十一条"]


def test_a_basis_not_yet_in_force_is_doubtful() -> None:
    before, after = cited(ITEM, date(2021, 8, 31))[0], cited(ITEM, date(2026, 6, 15))[0]
    assert any("施行" in str(doubt) for doubt in before.doubts)
    assert not any("施行" in str(doubt) for doubt in after.doubts)


def test_every_cited_basis_of_every_list_is_known() -> None:
    for checklist in load_library().checklists.values():
        for item in checklist.items:
            assert len(cited(item, date(2026, 6, 15))) == len(item.citations)
    assert all(isinstance(basis, LegalBasis) for basis in register().values())


@pytest.mark.parametrize(
    ("basis", "article", "warning"),
    [
        ("REG-744", "第二十一条", ""),
        ("REG-591", None, "已失效"),
        ("GB-50981-2014", None, "待核对"),
        ("NOR-GBF2024-5", None, ""),
        ("NOR-GBF2024-5", "第五条", "待核对"),
    ],
)
def test_a_citation_carries_a_short_mark(basis: str, article: str | None, warning: str) -> None:
    item = replace(ITEM, citations=(Citation(basis, article),))
    assert [each.warning for each in cited(item, date(2026, 6, 15))] == [warning]


def test_a_basis_that_does_not_bind_yet_is_marked_so() -> None:
    assert [each.warning for each in cited(ITEM, date(2021, 8, 31))] == ["尚未生效"]
