"""The number, the aim, the teams and the must-look areas of a campaign."""

from datetime import date
from decimal import Decimal

import pytest

from inspect_app.campaigns import reasons
from inspect_app.campaigns.kinds import KINDS, UNANNOUNCED
from inspect_app.campaigns.rules import (
    Aim,
    aim_of,
    aim_problems,
    looked_at,
    numbered,
    period_problems,
    team_problems,
    tidy_number,
)
from inspect_app.inspections.kinds import KINDS as VISIT_KINDS


@pytest.mark.parametrize(
    "text",
    ["塔地震指办[2026]12号", "塔地震指办（2026）12号", "塔地震指办【２０２６】12 号", "塔地震指办〔2026〕12号"],
)
def test_the_year_of_a_document_number_gets_official_brackets(text: str) -> None:
    assert tidy_number(text) == "塔地震指办〔2026〕12号"
    assert numbered(tidy_number(text))


@pytest.mark.parametrize(
    "text", ["", "12号", "塔地震指办〔26〕12号", "塔地震指办〔2026〕号", "〔2026〕12号", "塔〔2026〕0号"]
)
def test_an_incomplete_document_number_is_none(text: str) -> None:
    assert not numbered(text)


def test_an_aim_survives_being_kept() -> None:
    aim = Aim(per_county=3, per_township=1, key_objects=True, share=Decimal("0.10"), cross=True, objects=4)
    assert aim_of(aim.to_json()) == aim
    assert aim_of({}) == Aim()


def test_an_aim_out_of_bounds_is_refused_by_field() -> None:
    assert aim_problems(Aim(share=Decimal("1.5"))).keys() == {"share"}
    assert aim_problems(Aim(per_county=-1)).keys() == {"per_county"}
    assert not aim_problems(Aim(per_county=3, share=Decimal(1)))


def test_a_period_runs_forward_and_at_most_a_year() -> None:
    assert period_problems(date(2026, 6, 2), date(2026, 6, 1))
    assert period_problems(date(2026, 1, 1), date(2027, 6, 1))
    assert not period_problems(date(2026, 6, 1), date(2026, 6, 1))


def test_a_team_is_two_people_with_credentials_who_are_in_no_other_team() -> None:
    two = [("甲", "证1"), ("乙", "证2")]
    assert not team_problems([two, [("丙", "证3"), ("丁", "证4")]])
    assert [str(each) for each in team_problems([two[:1]])] == ["第 1 组不足两人。"]
    assert [str(each) for each in team_problems([[("甲", " "), ("乙", "证2")]])] == [
        "甲没有检查证号，请由安全管理员补登。"
    ]
    assert [str(each) for each in team_problems([two, two])] == ["甲编在不止一个组里。", "乙编在不止一个组里。"]


def test_an_area_is_covered_when_a_chosen_list_asks_one_of_its_items() -> None:
    areas = [("supplies", "物资储备", ["C13-01", "C13-02"]), ("hazards", "隐患排查", ["C18-08"])]
    supplies, hazards = looked_at(areas, {"C13-02", "C03-01"})
    assert supplies.covered
    assert supplies.items == ("C13-02",)
    assert not hazards.covered


def test_every_kind_makes_visits_of_a_known_kind() -> None:
    assert {kind.visit_kind for kind in KINDS.values()} <= VISIT_KINDS.keys()
    assert UNANNOUNCED == ("covert_visit",)


def test_reasons_are_kept_as_codes_and_shown_as_labels() -> None:
    assert reasons.labels(reasons.keep(["township", "never", "never"])) == ["乡镇覆盖", "从未检查"]
    assert reasons.labels("") == []
    assert reasons.labels("领导点名") == ["领导点名"]
