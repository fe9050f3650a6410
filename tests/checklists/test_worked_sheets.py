"""Whole sheets of the shipped lists worked by hand: three at least for not applicable, veto, fault, rate and number.

A faultless sheet earns every weight, 100 together. Each sheet below says which rows differ: what was answered and the
points it earns, None for a row that does not count. `applies` and `earned` are the sums a reader can follow with a
pencil, and the score is 100 x earned / applies, written out.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.checklists.loading import load_library
from inspect_app.checklists.scoring import Conclusion, score
from tests.checklists.faultless import FAULTLESS, NA, NO, YES, of, parts, value

ON = date(2026, 9, 10)
LISTS = load_library().checklists


@dataclass(frozen=True)
class Worked:
    """A faultless sheet with some rows answered otherwise, and what comes of it."""

    shows: str
    of_list: str
    rows: dict[str, tuple[dict[str, Any], float | None]]
    applies: float
    earned: float
    score: str
    conclusion: Conclusion = Conclusion.QUALIFIED
    vetoed_by: tuple[str, ...] = field(default=())


SHEETS = [
    Worked(
        "NA",  # a single house: no village ledger, no trade, nothing new built, nobody to be retrofitted (0 of 0)
        "C04",
        {
            "C04-01": (NA, None),
            "C04-04": (NO, 0),
            "C04-08": (NA, None),
            "C04-10": (NA, None),
            "C04-11": (of(0, 0), None),
        },
        applies=100 - 10 - 8 - 6 - 6,  # 70
        earned=70 - 10,  # 60
        score="85.714285714286",  # 6000 / 70
    ),
    Worked(
        "NA",  # only tunnels: no bridges of class 4 or 5, no bearings, no piers
        "C05",
        {"C05-04": (NA, None), "C05-05": (NA, None), "C05-06": (NA, None), "C05-09": (NO, 0)},
        applies=100 - 16 - 12 - 10,  # 62
        earned=62 - 10,  # 52
        score="83.870967741935",  # 5200 / 62
    ),
    Worked(
        "NA",  # heat without gas; the drill is missing, half of C07c-08; no vehicle, three tenths of C07c-07
        "C07c",
        {
            "C07c-01": (NA, None),
            "C07c-03": (parts(installed=NA, tested=NA, tested_on=NA), None),
            "C07c-05": (NA, None),
            "C07c-07": (parts(crew=value(12), vehicles=value(0), duty=YES), 3 + 4),
            "C07c-08": (parts(filed=YES, drills=value(0)), 6),
        },
        applies=100 - 16 - 14 - 12,  # 58
        earned=58 - 3 - 6,  # 49
        score="84.48275862069",  # 4900 / 58
    ),
    Worked(
        "NA",  # heat without gas again: 34.8 of 58 would be the pass mark of 60
        "C07c",
        {
            "C07c-01": (NA, None),
            "C07c-02": (NO, 0),
            "C07c-03": (NA, None),
            "C07c-04": (of(4, 5), 9.6),
            "C07c-05": (NA, None),
            "C07c-07": (parts(crew=value(0), vehicles=value(1), duty=NO), 3),
            "C07c-08": (parts(filed=YES, drills=value(2)), 12),
        },
        applies=100 - 16 - 14 - 12,  # 58
        earned=9.6 + 10 + 3 + 12,  # 34.6, short of it by 0.2
        score="59.655172413793",  # 3460 / 58
        conclusion=Conclusion.UNQUALIFIED,
    ),
    Worked(
        "veto",  # a bridge of class 4 open to everybody
        "C05",
        {"C05-03": (value("4"), 0), "C05-04": (NO, 0)},
        applies=100,
        earned=100 - 6 - 16,  # 78
        score="78",
        conclusion=Conclusion.UNQUALIFIED,
        vetoed_by=("C05-04",),
    ),
    Worked(
        "veto",  # a dam of class 3 run as before; not large enough for a seismic network of its own
        "C06",
        {"C06-03": (value("3"), 0), "C06-05": (NO, 0), "C06-10": (NA, None)},
        applies=100 - 6,  # 94
        earned=94 - 4 - 14,  # 76
        score="80.851063829787",  # 7600 / 94
        conclusion=Conclusion.UNQUALIFIED,
        vetoed_by=("C06-05",),
    ),
    Worked(
        "veto",  # on a fault and never evaluated; the assessment of the dangers has run out, half of C08-03
        "C08",
        {
            "C08-01": (NO, 0),
            "C08-02": (NO, 0),
            "C08-03": (parts(registered=YES, valid=NO, assessed_on=value("2021-01-01")), 4),
        },
        applies=100,
        earned=100 - 12 - 12 - 4,  # 72
        score="72",
        conclusion=Conclusion.UNQUALIFIED,
        vetoed_by=("C08-01", "C08-02"),
    ),
    Worked(
        "fault",  # storeys added without leave, people living in a barn: 是 loses, and nothing of it is a veto
        "C04",
        {"C04-09": (YES, 0), "C04-12": (YES, 0)},
        applies=100,
        earned=100 - 8 - 6,  # 86
        score="86",
    ),
    Worked(
        "fault",  # an unsafe house lived in: 是 loses and vetoes; a crack of 12.5 mm was recorded with it
        "C04",
        {"C04-06": (parts(sound=NO, width=value("12.5")), 0), "C04-07": (YES, 0)},
        applies=100,
        earned=100 - 10 - 14,  # 76
        score="76",
        conclusion=Conclusion.UNQUALIFIED,
        vetoed_by=("C04-07",),
    ),
    Worked(
        "fault",  # a school in a class D building, its walls untouched; hospitals and new buildings left out
        "C03",
        {"C03-05": (YES, 0), "C03-06": (NA, None), "C03-07": (NO, 7), "C03-15": (NA, None)},
        applies=100 - 6 - 4,  # 90
        earned=90 - 10,  # 80
        score="88.888888888889",  # 8000 / 90
        conclusion=Conclusion.UNQUALIFIED,
        vetoed_by=("C03-05",),
    ),
    Worked(
        "rate",  # 5 of 8 buildings in their class, 2 of 6 appraised, 6 of 8 in the ledger; two condemned and shut
        "C03",
        {"C03-01": (of(6, 8), 4.5), "C03-02": (of(5, 8), 6.25), "C03-03": (of(2, 6), 3)},
        applies=100,
        earned=100 - 1.5 - 3.75 - 6,  # 88.75
        score="88.75",
    ),
    Worked(
        "rate",  # three quarters of the drills held, two thirds of those assessed, five of eight troubles mended
        "C12",
        {"C12-11": (of(3, 4), 7.5), "C12-13": (of(2, 3), 16 / 3), "C12-14": (of(5, 8), 5)},
        applies=100,
        earned=100 - 2.5 - 8 / 3 - 3,  # 91 5/6
        score="91.833333333333",
    ),
    Worked(
        "rate",  # more drills than planned count as all; no trouble was found, so its rate does not count
        "C12",
        {"C12-11": (of(6, 4), 10), "C12-13": (of(3, 6), 4), "C12-14": (of(0, 0), None)},
        applies=100 - 8,  # 92
        earned=92 - 4,  # 88
        score="95.652173913043",  # 8800 / 92
    ),
    Worked(
        "rate",  # three of four important users have a second supply
        "C07b",
        {"C07b-04": (of(9, 12), 9)},
        applies=100,
        earned=100 - 3,  # 97
        score="97",
    ),
    Worked(
        "number",  # six drills of nine at school, 150 s to leave the house: (240 - 150) / (240 - 120) of 2 points
        "C03",
        {"C03-12": (value(6), 4), "C03-13": (value(150), 1.5)},
        applies=100,
        earned=100 - 2 - 0.5,  # 97.5
        score="97.5",
    ),
    Worked(
        "number",  # a kindergarten held three of four; judged as a school it would have earned 6 x 3 / 9 = 2
        "C03",
        {"C03-12": (value(3) | {"rule": "kindergarten_quarterly"}, 4.5), "C03-13": (value(240), 0)},
        applies=100,
        earned=100 - 1.5 - 2,  # 96.5
        score="96.5",
    ),
    Worked(
        "number",  # one thing of four is lacking: a quarter of 12; no drill: half of 12
        "C07a",
        {
            "C07a-06": (parts(trucks=value(2), sources=value(0), crew=value(15), pipes=value(300)), 3 + 0 + 3 + 3),
            "C07a-07": (parts(filed=YES, drills=value(0)), 6),
        },
        applies=100,
        earned=100 - 3 - 6,  # 91
        score="91",
    ),
    Worked(
        "number",  # six hours where eight are laid down earn nothing; no satellite station: three tenths of 14
        "C07d",
        {
            "C07d-04": (parts(required=value(8), actual=value(6)), 0),
            "C07d-05": (parts(vehicles=value(1), stations=value(0), drones=value(2)), 5.6 + 0 + 4.2),
        },
        applies=100,
        earned=100 - 12 - 4.2,  # 83.8
        score="83.8",
    ),
    Worked(
        "number",  # five rounds of eight, nothing in store, and a book of four bridges of twelve lacking a figure
        "C05",
        {
            "C05-01": (of(8, 12), 16 / 3),
            "C05-08": (parts(required=value(8), done=value(5)), 0),
            "C05-10": (value(0), 0),
        },
        applies=100,
        earned=100 - 8 / 3 - 8 - 8,  # 81 1/3
        score="81.333333333333",
    ),
]


@pytest.mark.parametrize("code", FAULTLESS)
def test_a_faultless_sheet_earns_every_weight(code: str) -> None:
    faultless = FAULTLESS[code]
    sheet = score(LISTS[code], {item: answer for item, (answer, _) in faultless.items()}, ON)
    assert {line.code: line.points for line in sheet.lines} == {item: weight for item, (_, weight) in faultless.items()}
    assert sheet.score == 100
    assert sheet.conclusion is Conclusion.QUALIFIED


@pytest.mark.parametrize("worked", SHEETS, ids=lambda worked: f"{worked.shows}-{worked.of_list}")
def test_a_sheet_scores_as_it_was_worked_by_hand(worked: Worked) -> None:
    rows = {**FAULTLESS[worked.of_list], **worked.rows}
    sheet = score(LISTS[worked.of_list], {item: answer for item, (answer, _) in rows.items()}, ON)
    for line in sheet.lines:
        points = None if line.points is None else float(line.points)
        assert points == (None if rows[line.code][1] is None else pytest.approx(rows[line.code][1])), line.code
    assert sheet.score == Decimal(worked.score)
    assert (sheet.conclusion, sheet.vetoed_by) == (worked.conclusion, worked.vetoed_by)
    assert sheet.unanswered == ()


@pytest.mark.parametrize("worked", SHEETS, ids=lambda worked: f"{worked.shows}-{worked.of_list}")
def test_the_sums_of_a_worked_sheet_agree_with_its_rows(worked: Worked) -> None:
    weights = {item: weight for item, (_, weight) in FAULTLESS[worked.of_list].items()}
    points = {**weights, **{item: earned for item, (_, earned) in worked.rows.items()}}
    assert sum(weights[item] for item, earned in points.items() if earned is not None) == worked.applies
    assert sum(earned for earned in points.values() if earned is not None) == pytest.approx(worked.earned)
    assert float(worked.score) == pytest.approx(100 * worked.earned / worked.applies, abs=1e-9)


def test_each_kind_of_answer_is_shown_by_three_sheets_at_least() -> None:
    shown = [worked.shows for worked in SHEETS]
    assert all(shown.count(kind) >= 3 for kind in ("NA", "veto", "fault", "rate", "number"))
