"""Obligations written down and read back are the same, and what was read from notices makes sound definitions."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspect_app.core.workdays import Calendar
from inspect_app.regions.models import Kind as RegionKind
from inspect_app.regions.models import Level as Rung
from inspect_app.regions.models import Region, Unit
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.dues import dues
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Condition, Kind, Level, Of, Role, Trigger
from inspect_app.workplans.models import TaskUnit, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.notices.bytes import text_of_file
from inspect_app.workplans.notices.model import Kind as Read
from inspect_app.workplans.notices.model import Requirement
from inspect_app.workplans.notices.reading import read_notice
from inspect_app.workplans.owing.definitions import as_obligation, mistakes, proposed
from inspect_app.workplans.owing.figures import each_of
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.words import Part, Verdict

FIXTURES = sorted(
    path for path in (Path(__file__).parents[1] / "notices" / "fixtures").iterdir() if path.suffix != ".json"
)
WUSU = Place(("654202", "6542", "65"), Level.COUNTY, {Condition.HAS_VILLAGES: True})
PLAIN = Calendar({}, None)


def plan(text: str = "", level: Rung = Rung.PREFECTURE) -> WorkPlan:
    region = Region(
        code="6542" if level is Rung.PREFECTURE else "654202", name="某地", level=level, kind=RegionKind.CIVIL
    )
    return WorkPlan(region=region, year=2026, title="工作要点", text=text)


def task(*units: tuple[Part, str], topic: str | None = None) -> WorkTask:
    found = WorkTask(number="（三）", title="开展演练", text="", topic=topic)
    found.units = [
        TaskUnit(part=part, written=name, group=name if name.startswith("@") else None, position=number)
        for number, (part, name) in enumerate(units)
    ]
    return found


def row(definition: dict[str, Any], of: WorkTask | None = None) -> WorkObligation:
    return WorkObligation(code="W1", verdict=Verdict.PROPOSED, definition=definition, task=of)


def read(kind: Read, value: float | str, unit: str, **more: Any) -> Requirement:  # noqa: ANN401 - any field
    quote = more.pop("quote", "试验要求")
    return Requirement(quote, more.pop("start", 0), kind, value, unit, 0.9, **more)


def made(requirement: Requirement, text: str = "", level: Rung = Rung.PREFECTURE) -> Obligation:
    of = task((Part.RESPONSIBLE, "@county_governments"), topic="DRILL")
    return as_obligation(row(proposed(requirement, of, plan(text, level)), of))


@pytest.mark.parametrize("code", list(library().obligations))
def test_what_is_written_down_is_read_back(code: str) -> None:
    known = library().obligations[code]
    kept = WorkObligation(code=code, verdict=Verdict.TAKEN, definition=as_definition(known))
    assert as_obligation(kept) == known


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_everything_read_from_a_notice_makes_a_sound_proposal(path: Path) -> None:
    notice = read_notice(text_of_file(path))
    of = task((Part.RESPONSIBLE, "@county_governments"))
    for where, requirements in [(of, each.requirements) for each in notice.tasks] + [(None, notice.requirements)]:
        for each in requirements:
            found = row(proposed(each, where, plan(notice.text)), where)
            assert mistakes(found) == [], each
            assert as_obligation(found).measure.counted == each.quote


def test_a_day_is_due_on_that_day_of_that_year() -> None:
    found = made(read(Read.ONCE_BY_DATE, "2026-09-30", "日期", due_on=date(2026, 9, 30)))
    assert [each.due_on for each in dues(found, WUSU, 2026, PLAIN).instances] == [date(2026, 9, 30)]
    assert dues(found, WUSU, 2027, PLAIN).why_none is not None


def test_a_range_a_year_asks_for_the_lower_end() -> None:
    found = made(read(Read.TIMES_A_PERIOD, "1-2", "次/年", least=1, most=2))
    assert [(each.needed, each.at_most) for each in dues(found, WUSU, 2026, PLAIN).instances] == [(1, 2)]


def test_a_day_of_each_month_falls_due_twelve_times() -> None:
    found = made(read(Read.TIMES_A_PERIOD, 1, "次/月", day=5))
    days = [each.due_on for each in dues(found, WUSU, 2026, PLAIN).instances]
    assert days == [date(2026, month, 5) for month in range(1, 13)]


def test_a_head_count_of_villages_is_owed_by_counties_alone() -> None:
    found = made(read(Read.THRESHOLD, 1, "名", per="每个村（社区）"))
    assert (found.kind, found.measure.per, found.levels) == (Kind.THRESHOLD, Of.VILLAGES, (Level.COUNTY,))
    assert found.conditions == (Condition.HAS_VILLAGES,)
    assert [each.needed for each in dues(found, WUSU, 2026, PLAIN).instances] == [1]


def test_a_share_is_a_part_of_one() -> None:
    found = made(read(Read.SHARE_COVERED, 95, "%"))
    assert [each.share for each in dues(found, WUSU, 2026, PLAIN).instances] == [Decimal("0.95")]
    whole = made(read(Read.SHARE_COVERED, 100, "%", per="每个乡镇"))
    assert (whole.measure.of, whole.levels) == (Of.TOWNSHIPS, (Level.COUNTY,))


def test_an_answer_is_set_off_by_what_the_sentence_names() -> None:
    text = "地震发生后15分钟内上报"
    found = made(read(Read.RESPONSE_WITHIN, 15, "分钟", quote="15分钟内", start=5), text)
    assert (found.kind, found.measure.trigger) == (Kind.RESPONSE, Trigger.QUAKE)
    anomaly = made(read(Read.RESPONSE_WITHIN, "same_day", "当日", quote="不过夜", start=4), "异常核实不过夜")
    assert anomaly.measure.trigger is Trigger.ANOMALY


def test_an_answer_to_nobody_knows_what_becomes_a_standing_duty_with_its_figure() -> None:
    found = made(read(Read.RESPONSE_WITHIN, 2, "小时", quote="2小时内", start=2), "要求2小时内完成")
    assert found.kind is Kind.STANDING
    assert [(key, each.unit) for key, each in found.measure.numbers] == [("figure", "小时")]


def test_a_county_asks_its_own_departments() -> None:
    found = made(read(Read.TIMES_A_PERIOD, 2, "次/年"), level=Rung.COUNTY)
    assert found.levels == (Level.COUNTY,)


def test_units_of_the_task_are_named_and_a_letter_asks_everybody() -> None:
    of = task((Part.LEAD, "应急管理局"), (Part.COOPERATING, "地震局"))
    found = as_obligation(row(proposed(read(Read.STANDING, 24, "小时"), of, plan()), of))
    assert (found.roles[Role.LEAD], found.roles[Role.COOPERATING]) == (("应急管理局",), ("地震局",))
    assert found.actor is Role.LEAD
    letter = as_obligation(row(proposed(read(Read.STANDING, 24, "小时"), None, plan())))
    assert letter.roles[Role.RESPONSIBLE] == ("@county_governments", "@members")


def test_the_name_of_the_register_wins_over_the_word_of_the_notice() -> None:
    of = task((Part.LEAD, "应急局"))
    of.units[0].unit = Unit(name="应急管理局", region_id=1)
    assert proposed(read(Read.STANDING, 24, "小时"), of, plan())["lead"] == ["应急管理局"]


@pytest.mark.parametrize(
    ("per", "of"),
    [
        ("每个行政村", Of.VILLAGES),
        ("每个乡镇", Of.TOWNSHIPS),
        ("每所中小学校", Of.SCHOOLS),
        ("每个网格", None),
        ("", None),
    ],
)
def test_what_is_counted_for_each_is_told_by_words(per: str, of: Of | None) -> None:
    assert each_of(per) is of
