"""The library holds what the reference lists: every id, every figure, nothing for places that set nothing."""

from pathlib import Path

import pytest

from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.words import Condition, Kind, Role, Topic
from tests.workplans.library.ids import ASPECTS, FIGURES, KEY_COUNTIES_ALONE, PROPOSALS, TOTALS, ids_of

KNOWN = library().obligations
CODES = (Path(__file__).parent / "codes.txt").read_text("utf-8").splitlines()
ELSEWHERE = ("999999", "9999", "99")


@pytest.mark.parametrize("place", TOTALS)
def test_a_place_has_exactly_the_ids_of_the_reference(place: str) -> None:
    source = next(each for each in library().sources if each.code == place)
    assert [each.code for each in source.obligations] == ids_of(place)
    assert len(source.obligations) == TOTALS[place]


def test_there_are_250() -> None:
    assert len(KNOWN) == sum(TOTALS.values()) == 250


@pytest.mark.parametrize(("code", "count"), ASPECTS.items())
def test_as_many_aspects_are_named_as_the_reference_counts(code: str, count: int) -> None:
    assert len(set(KNOWN[code].measure.aspects)) == count


@pytest.mark.parametrize(("code", "role", "key", "region", "value"), FIGURES)
def test_a_figure_of_a_notice_holds_in_its_region(code: str, role: str, key: str, region: str, value: object) -> None:
    named = KNOWN[code].measure.number(role)
    assert named is not None
    assert (named.key, named.value((region,), 2024)) == (key, value)
    assert not named.proposal


@pytest.mark.parametrize("row", CODES)
def test_evidence_and_scoring_are_those_of_the_reference(row: str) -> None:
    code, evidence, scoring = row.split()
    assert (",".join(KNOWN[code].evidence), ",".join(KNOWN[code].scoring)) == (evidence, scoring)


def test_the_codes_of_the_reference_are_written_down_for_all() -> None:
    assert [row.split()[0] for row in CODES] == [code for place in TOTALS for code in ids_of(place)]


def test_no_figure_holds_everywhere() -> None:
    every = [named for each in KNOWN.values() for _, named in each.measure.numbers]
    assert every
    assert not [named.key for named in every if named.value(ELSEWHERE, 2024) is not None]


def test_the_days_of_tacheng_are_those_of_2024_alone() -> None:
    first, second = (KNOWN[code].measure.number("due_on") for code in ("TC-00a", "TC-00b"))
    assert first is not None
    assert second is not None
    assert [each.value(("654221", "6542", "65"), 2024) for each in (first, second)] == ["06-07", "11-08"]
    assert [each.value(("6542", "65"), 2025) for each in (first, second)] == [None, None]


def test_numbers_that_the_reference_suggests_are_marked() -> None:
    marked = {each.code for each in KNOWN.values() if any(named.proposal for _, named in each.measure.numbers)}
    assert marked == PROPOSALS


def test_key_counties_alone_owe_what_was_asked_of_them() -> None:
    found = {each.code for each in KNOWN.values() if Condition.KEY_COUNTY in each.conditions}
    assert found == KEY_COUNTIES_ALONE


def test_every_kind_and_every_topic_is_used() -> None:
    assert {each.kind for each in KNOWN.values()} == set(Kind)
    assert {each.topic for each in KNOWN.values()} == set(Topic)


def test_the_emergency_bureau_does_not_always_lead() -> None:
    assert KNOWN["TC-14a"].roles[Role.LEAD] == ("消防救援支队",)
    assert KNOWN["TC-17a"].roles[Role.LEAD] == ("住房和城乡建设局",)
    assert KNOWN["TC-16a"].roles[Role.LEAD] == ("应急管理局",)
    assert KNOWN["TC-16a"].roles[Role.COOPERATING] == ("党委宣传部", "党委网信办", "地震局")
    assert KNOWN["TC-04a"].roles[Role.COOPERATING] == ()


def test_what_overlaps_lies_elsewhere_and_says_so_on_both_sides() -> None:
    pairs = {(code, other) for code, each in KNOWN.items() for other in each.overlaps}
    assert len(pairs) > 100
    assert pairs == {(other, code) for code, other in pairs}
    assert not [pair for pair in pairs if pair[0][:2] == pair[1][:2]]
    assert set(KNOWN["LC-02a"].overlaps) == {"ZY-04a", "TC-02a", "SY-02"}


def test_texts_and_titles_are_all_different() -> None:
    assert len({each.text for each in KNOWN.values()}) == 250
    assert len({(each.code[:2], each.title) for each in KNOWN.values()}) == 250


def test_a_notice_is_found_by_the_id_of_an_obligation() -> None:
    source = library().source_of("TC-13c")
    assert source is not None
    assert (source.place, source.number, source.region) == ("塔城地区", "塔地抗震办〔2024〕1号", "6542")
    assert library().source_of("XX-01") is None
