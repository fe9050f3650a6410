"""The schemes that come with the system, scored by hand: the default one and three real ones kept as samples."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import Grade, RegionAs, SchemeLevel
from inspect_app.assessments.loading import load_schemes
from inspect_app.assessments.scoring import Fact, score
from inspect_app.assessments.sources import Asked, of_quakes, sources
from inspect_app.assessments.wording import rounded
from inspect_app.core import clock
from inspect_app.quakes.words import ReportKind
from inspect_app.regions.queries import by_code
from tests.assessments.sheets import DEFAULT, points, told
from tests.quakes.factories import INSTANT, ZHANGYE, make_quake, make_report

SCHEMES = load_schemes(facts=sources())
WUSU = RegionAs("654202", ("6542", "65"))
TACHENG = RegionAs("654201", ("6542", "65"))
LIAOCHENG = RegionAs("371502", ("3715", "37"))


def test_every_scheme_uses_facts_that_have_a_source() -> None:
    assert SCHEMES.keys() == {"DEFAULT", "GX2011", "BAOJI", "XINXIANG", "TOWNSHIP"}
    assert {scheme.code for scheme in SCHEMES.values() if not scheme.draft} == {"DEFAULT", "TOWNSHIP"}
    assert SCHEMES["TOWNSHIP"].level is SchemeLevel.TOWNSHIP
    assert all(sources()[fact].by_township for fact in SCHEMES["TOWNSHIP"].facts)


@pytest.mark.parametrize(
    ("code", "fact", "expected"),
    [
        ("M2-04", Fact(34, 37), "5.51"),
        ("M4-03", Fact(114, 120), "2.85"),
        ("M8-02", Fact(1, 2), "1.5"),
        ("M1-01", Fact(2), "2.67"),
        ("M1-04", Fact(0, parts=(("人员变动超过 30 日未更新", 1),)), "0.5"),
        ("M1-05", Fact(3), "1.5"),
        ("M1-06", Fact(Decimal("42.5"), Decimal(50)), "0.85"),
        ("M2-06", Fact(1, 12), "1.67"),
        ("M2-06", Fact(3, 12), "0"),
        ("M3-05", Fact(180, 240), "1.13"),
        ("M3-06", Fact(3), "1.05"),
        ("M4-01", Fact(Decimal("1056.6"), 12), "1.07"),
        ("M4-06", Fact(9), "1.5"),
        ("M6-03", Fact(3), "0.75"),
        ("M6-04", Fact(Decimal("8.5"), 10), "2.55"),
        ("M7-01", Fact(Decimal("166.5"), 2), "3.33"),
        ("M8-04", Fact(0, parts=(("迟报", 1), ("错报", 1))), "0.5"),
        ("M8-04", Fact(0, parts=(("瞒报", 1),)), "0"),
        ("M9-01", Fact(2, 3), "1"),
        ("M9-02", Fact(1), "0.5"),
        ("M9-03", Fact(1), "0.75"),
        ("M4-04", Fact(3, 4), "1.5"),
        ("M4-05", Fact(27, 30), "0.9"),
        ("M8-03", Fact(1, 2), "1"),
        ("M10-01", Fact(6, 7), "0.86"),
        ("M10-02", Fact(1, 8), "0.44"),
        ("M10-03", Fact(1, 2), "0.5"),
        ("M10-04", Fact(1, 4), "0.38"),
    ],
)
def test_a_line_of_the_default_scheme_by_hand(code: str, fact: Fact, expected: str) -> None:
    indicator = next(each for each in DEFAULT.indicators if each.code == code)
    others = {
        each.fact_name: Fact(1, 1, (Decimal(1),))
        for each in DEFAULT.indicators
        if each.code.startswith(code.split("-", maxsplit=1)[0] + "-")
    }
    result = score(DEFAULT, others | {indicator.fact_name: fact, "registers.drills.full_scale": Fact(1)}, WUSU)
    line = result.line(code)
    assert line.points is not None
    assert rounded(line.points) == Decimal(expected)


def test_first_reports_after_12_and_21_minutes_earn_one_and_a_half(session: Session) -> None:
    """Domain reference §6.3.8, from two earthquakes in 张掖, where fifteen minutes are given."""
    for days, minutes in ((0, 12), (9, 21)):
        quake = make_quake(session, occurred_at=INSTANT + timedelta(days=days))
        make_report(session, quake, ReportKind.FIRST, minutes)
    zhangye = by_code(session, ZHANGYE).id
    with clock.set_to(INSTANT + timedelta(days=30)):
        asked = Asked([zhangye], date(2026, 1, 1), date(2026, 12, 31))
        found = {
            name: each[zhangye]
            for name, each in of_quakes.gather(session, ["first_reports", "report_faults"], asked).items()
        }
    result = score(DEFAULT, {"registers.duty_checks.connected": Fact(4, 4), "reports_complete": Fact(2, 2)} | found)
    assert result.line("M8-02").points == Fraction(3, 2)
    assert result.line("M8-04").points == Fraction(3, 2)  # one report was late: 0.5 off


def test_the_three_inclusions_of_one_prefecture_are_four_elsewhere() -> None:
    facts = {"workplans.inclusions": Fact(3)} | {f"manual.M1-0{number}": Fact(0, 0) for number in (6,)}
    assert score(DEFAULT, facts, WUSU).line("M1-01").share == 1
    assert score(DEFAULT, facts, LIAOCHENG).line("M1-01").share == Fraction(3, 4)


def test_key_counties_carry_teams_and_the_others_share_their_marks_out() -> None:
    facts = {
        "registers.rescue_teams.township_strength": Fact(11, 22),
        "registers.rescue_teams.village_strength": Fact(40, 160),
        "registers.trainings.rescue": Fact(4),
        "registers.supplies.attained": Fact(8, 10),
        "registers.supply_points.set_up": Fact(90, 120),
    }
    wusu, tacheng = score(DEFAULT, facts, WUSU), score(DEFAULT, facts, TACHENG)
    assert wusu.points == 1 + Fraction(1, 2) + 1 + Fraction(12, 5) + Fraction(3, 2)
    assert tacheng.points == Fraction(10, 6) * (1 + Fraction(12, 5) + Fraction(3, 2))
    assert told(wusu.full, tacheng.full) == (10, 10)


def test_a_faultless_key_county_reaches_a_hundred() -> None:
    facts = {each.fact_name: _best(each.code) for each in DEFAULT.indicators}
    result = score(DEFAULT, facts | {"registers.drills.full_scale": Fact(1)}, WUSU)
    assert told(result.points, result.full, result.grade, result.converted) == (100, 100, Grade.EXCELLENT, 30)
    assert all(line.lost == 0 for line in result.lines)


def _best(code: str) -> Fact:
    if code in ("M2-06", "M10-02", "M10-04", "M3-06", "M1-04", "M8-04"):
        return Fact(0, 10)
    if code in ("M4-01", "M7-01"):
        return Fact(100, 1)
    return Fact(12, 12)


@pytest.mark.parametrize(
    ("growth", "earned"),
    [(Fact(5, 100), "0"), (Fact(10, 100), "0.5"), (Fact(15, 100), "0.5"), (Fact(20, 100), "0.5"), (Fact(21, 100), "1")],
)
def test_the_growth_of_funds_in_guangxi(growth: Fact, earned: str) -> None:
    facts = {f"manual.A{code}": Fact(1) for code in ("1-01", "2-01", "3-01", "4-01")}
    facts |= {"manual.A2-02": growth, "manual.A4-02": Fact(9, 12), "registers.macro_observers.points_kept": Fact(4, 9)}
    result = score(SCHEMES["GX2011"], facts)
    assert result.line("A2-02").points == Fraction(earned)
    assert result.line("A3-02").points == Fraction(4, 5)
    assert result.line("A4-02").points == Fraction(9, 8)
    assert result.points == 1 + 1 + Fraction(earned) + 1 + Fraction(4, 5) + Fraction(3, 2) + Fraction(9, 8)


def test_points_are_taken_off_fault_by_fault_in_baoji() -> None:
    facts = {
        "manual.C1-01": Fact(18),
        "manual.C2-01": Fact(Decimal("8.5")),
        "manual.C2-02": Fact(5),
        "registers.duty_checks.absences": Fact(2),
        "manual.C3-02": Fact(5),
        "manual.C3-03": Fact(2, parts=(("迟报", 1), ("漏报", 1))),
        "manual.C3-04": Fact(2),
        "manual.C4-01": Fact(3),
    }
    result = score(SCHEMES["BAOJI"], facts)
    assert points(result) == {
        "C1-01": 18,
        "C2-01": Fraction(17, 2),
        "C2-02": 5,
        "C3-01": 3,
        "C3-02": 5,
        "C3-03": 1,
        "C3-04": 0,
        "C4-01": 4,
    }
    assert result.points == Fraction("44.5")
    assert result.grade is Grade.FAIR
    assert str(result.line("C3-03").why) == "发生：迟报 1、漏报 1（次），应扣 4 分，扣完为止，失 4 分。"


@pytest.mark.parametrize(
    ("base", "bonus", "veto", "expected", "grade"),
    [
        (93, 0, 0, 93, Grade.EXCELLENT),
        (90, 0, 0, 90, Grade.EXCELLENT),
        (88, 3, 0, 91, Grade.EXCELLENT),
        (80, 0, 0, 80, Grade.GOOD),
        (60, 0, 0, 60, Grade.FAIR),
        (58, 6, 0, 64, Grade.FAILED),
        (99, 9, 0, 100, Grade.EXCELLENT),
        (93, 0, 1, 0, Grade.FAILED),
    ],
)
def test_a_veto_in_xinxiang_makes_the_whole_score_zero(
    base: int, bonus: int, veto: int, expected: int, grade: Grade
) -> None:
    facts = {"manual.D1-01": Fact(base), "manual.D-B1": Fact(bonus), "manual.D-V1": Fact(veto)}
    result = score(SCHEMES["XINXIANG"], facts)
    assert told(result.points, result.grade) == (expected, grade)


def test_a_township_is_scored_by_what_it_has() -> None:
    facts = {
        "registers.macro_observers.villages_covered": Fact(6, 8),
        "manual.T1-02": Fact(0, 0),
        "registers.stations.terminals_online": Fact(1, 1),
        "closed_on_time": Fact(3, 4),
        "major_cleared": Fact(0, 0),
        "registers.retrofits.rural_done": Fact(1, 2),
    }
    result = score(SCHEMES["TOWNSHIP"], facts)
    assert result.module_points("T1") == Fraction(4, 3) * (Fraction(15, 8) + Fraction(1, 2))
    assert result.module_points("T2") == Fraction(8, 6) * (3 + 1)
    assert result.provisional is False
