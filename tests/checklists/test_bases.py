"""The register of legal bases beside the items that cite it."""

from datetime import date

import pytest

from inspect_app.checklists.bases import Entry, Standing, entries, standings
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.loading import load_library
from inspect_app.law.definitions import BasisKind, Doubtful, LegalBasis, Register
from tests.checklists.citing import citing

ON = date(2026, 6, 15)
OLD = LegalBasis(
    "OLD", "旧法", BasisKind.LAW, in_force_until=date(2026, 4, 30), superseded_by="NEW", unverified=(Doubtful.DATES,)
)
NEW = LegalBasis("NEW", "新法", BasisKind.LAW, in_force_from=date(2026, 5, 1))
COMING = LegalBasis("COMING", "将来的标准", BasisKind.STANDARD, in_force_from=date(2027, 1, 1))
HEARSAY = LegalBasis("HEARSAY", "听说的标准", BasisKind.STANDARD, unverified=(Doubtful.TITLE, Doubtful.NUMBER))
REGISTER = Register({each.code: each for each in (NEW, HEARSAY, COMING, OLD)})


def found(checklist: Checklist, on: date = ON) -> dict[str, Entry]:
    return {each.basis.code: each for each in entries(REGISTER, [checklist], on)}


def test_a_lapsed_basis_flags_every_item_that_cites_it() -> None:
    entry = found(citing(("OLD", "第一条"), ("NEW", None)))["OLD"]
    assert entry.out_of_force
    assert [each.item.code for each in entry.citing] == ["C03-01", "C03-02"]
    assert entry.successor == NEW


def test_it_is_in_force_to_its_last_day() -> None:
    assert not found(citing(("OLD", None)), date(2026, 4, 30))["OLD"].out_of_force
    assert found(citing(("NEW", None)), date(2026, 4, 30))["NEW"].out_of_force


def test_an_item_that_cites_two_articles_counts_once() -> None:
    (first, _) = found(citing(("NEW", "第一条"), ("NEW", "第三条")))["NEW"].citing
    assert first.articles == ("第一条", "第三条")


def test_what_is_out_of_force_comes_first_and_of_that_what_is_cited() -> None:
    order = [each.basis.code for each in entries(REGISTER, [citing(("OLD", None))], ON)]
    assert order == ["OLD", "COMING", "NEW", "HEARSAY"]


@pytest.mark.parametrize(
    ("basis", "wanted"),
    [
        (OLD, (Standing.LAPSED, Standing.PARTLY)),
        (NEW, (Standing.CHECKED,)),
        (COMING, (Standing.EARLY, Standing.CHECKED)),
        (HEARSAY, (Standing.UNREAD,)),
    ],
)
def test_the_gravest_standing_is_told_first(basis: LegalBasis, wanted: tuple[Standing, ...]) -> None:
    assert standings(basis, ON) == wanted


def test_every_citation_of_every_list_is_found_under_its_basis() -> None:
    library = load_library()
    lists = library.checklists.values()
    cited = {(item.code, each.basis) for each_list in lists for item in each_list.items for each in item.citations}
    told = entries(library.register, lists, ON)
    assert {(each.item.code, entry.basis.code) for entry in told for each in entry.citing} == cited
    assert len(told) == len(library.register)
