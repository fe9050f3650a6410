from datetime import date
from pathlib import Path

import pytest

from inspect_app.core.errors import DefinitionProblems
from inspect_app.law.definitions import BasisKind, Doubtful, LegalBasis, Register, load_register

BASES = Path(__file__).parents[2] / "checklists" / "bases.toml"


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(BASES)


def test_a_replaced_regulation_is_in_force_to_its_last_day(register: Register) -> None:
    old, new = register["REG-591"], register["LAW-WHP"]
    assert old.in_force(date(2026, 4, 30))
    assert not new.in_force(date(2026, 4, 30))
    assert not old.in_force(date(2026, 5, 1))
    assert new.in_force(date(2026, 5, 1))
    assert old.lapsed(date(2026, 5, 1))


def test_a_lapsed_basis_names_its_successor(register: Register) -> None:
    assert register.doubts("REG-591", date(2026, 4, 30)) == ()
    (doubt,) = register.doubts("REG-591", date(2026, 5, 1))
    assert "危险化学品安全法" in str(doubt)


def test_a_basis_not_yet_in_force_is_doubted(register: Register) -> None:
    (doubt,) = register.doubts("REG-744", date(2021, 8, 31))
    assert "尚未生效" in str(doubt)
    assert register.doubts("REG-744", date(2021, 9, 1), with_article=True) == ()


def test_what_comes_from_memory_is_unverified(register: Register) -> None:
    assert not register["GB-50981-2014"].verified
    assert register["LAW-FZJZ"].verified
    assert register.doubts("GB-50981-2014", date(2026, 1, 1))


def test_an_unverified_article_is_doubted_only_when_it_is_cited(register: Register) -> None:
    on = date(2026, 1, 1)
    assert register.doubts("NOR-GBF2024-5", on) == ()
    assert len(register.doubts("NOR-GBF2024-5", on, with_article=True)) == 1


def test_an_unknown_beginning_counts_as_begun() -> None:
    basis = LegalBasis("X", "某规定", BasisKind.RULE)
    assert basis.in_force(date(1900, 1, 1))
    assert basis.verified


def test_a_citation_is_written_as_in_a_document(register: Register) -> None:
    assert register["REG-744"].cite("第二十一条") == "《建设工程抗震管理条例》第二十一条"
    assert register["REG-744"].cite() == "《建设工程抗震管理条例》"


def test_all_mistakes_of_the_register_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bases.toml"
    path.write_text(
        """
        [[bases]]
        code = "A"
        title = "甲"
        kind = "law"
        superseded_by = "C"
        [[bases]]
        code = "A"
        title = "乙"
        kind = "song"
        in_force_from = 2024-01-01
        in_force_until = 2023-01-01
        colour = "red"
        [[bases]]
        code = "B"
        title = "丙"
        kind = "law"
        superseded_by = "C"
        """,
        "utf-8",
    )
    with pytest.raises(DefinitionProblems) as refused:
        load_register(path)
    text = "\n".join(refused.value.problems)
    for part in ("kind 应为", "失效日期早于", "不认识的字段 colour", "编号重复", "C 不在登记册中", "没有写失效日期"):
        assert part in text


def test_only_dates_or_numbers_in_doubt_leave_the_text_verified() -> None:
    assert LegalBasis("X", "某法", BasisKind.LAW, unverified=(Doubtful.DATES,)).verified
