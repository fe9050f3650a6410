from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from inspect_app.assessments.course import queries, reporting
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.models import LineEntry
from inspect_app.assessments.queries import scheme_of as known_scheme
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, StepRefused
from tests.assessments.course import (
    WUSU,
    Year,
    dates,
    fill_in,
    open_year,
    owed,
    points,
    small_scheme,
)


def test_the_whole_default_scheme_goes_through_and_thaws_as_it_was(year: Year) -> None:
    default = known_scheme("DEFAULT")
    other = open_year(year.session, year.users, scheme=default)
    assert scheme_of(other.assessment) == default
    assert scheme_of(other.assessment).content_hash == default.content_hash
    assert [line.code for line in other.sheet().lines][: len(default.indicators)] == [
        each.code for each in default.indicators
    ]


def test_every_sheet_shows_what_the_data_give_before_anybody_says_anything(year: Year) -> None:
    line = year.line("A-1")
    assert line.computed is not None
    assert (line.computed["numerator"], line.computed["denominator"]) == (4, 14)
    assert points(line) == "3.43"  # the marks of what waits go to the two lines that count: 12 x 4 / 14
    assert year.line("A-3").standing == "pending"
    assert line.reported is None


def test_a_second_assessment_of_the_same_year_is_refused(year: Year) -> None:
    with pytest.raises(Conflict, match="KP-6542-2026-01"):
        open_year(year.session, year.users)


def test_drafts_and_wrong_dates_open_nothing(year: Year) -> None:
    with pytest.raises(Invalid) as refused:
        open_year(
            year.session, year.users, dates(clock.today(), 9, 4, 3), replace(small_scheme(), code="D", draft=True)
        )
    assert set(refused.value.problems) == {"scheme", "freeze_on", "appeal_by"}


def test_a_county_reports_its_own_figures_beside_the_computed_ones(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "A-1", "另有三项录入滞后", numerator="7", denominator="14")
    line = year.line("A-1")
    assert line.reported == {"numerator": 7, "denominator": 14}
    assert line.computed is not None
    assert (line.computed["numerator"], line.computed["denominator"]) == (4, 14)
    assert line.reported_points == Decimal("6.000000")
    assert points(line) == "3.43"
    assert not line.differs
    said = year.session.scalars(select(LineEntry.action).where(LineEntry.line_id == line.id)).all()
    assert said == ["report"]


def test_a_difference_of_more_than_three_points_is_marked(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "A-1", numerator="8", denominator="14")
    assert year.line("A-1").differs
    assert not year.line("A-2").differs
    year.report("clerk", "A-1", numerator="7", denominator="14")
    assert not year.line("A-1").differs


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"numerator": "9", "denominator": "8"}, "numerator"),
        ({"numerator": "", "denominator": "8"}, "numerator"),
        ({"numerator": "x", "denominator": "-1"}, "denominator"),
    ],
)
def test_figures_that_cannot_be_are_named_and_nothing_is_kept(year: Year, texts: dict[str, str], field: str) -> None:
    year.step("assessor", "begin")
    with pytest.raises(Invalid) as refused:
        year.report("clerk", "A-1", **texts)
    assert field in refused.value.problems
    assert year.line("A-1").reported is None


def test_a_county_speaks_for_itself_alone_and_only_while_it_is_asked(year: Year) -> None:
    with pytest.raises(Conflict):
        year.report("clerk", "A-3", numerator="1")
    year.step("assessor", "begin")
    for stranger in ("neighbour", "assessor", "leader", "officer"):
        with pytest.raises(Forbidden):
            year.report(stranger, "A-3", numerator="1")
    with pytest.raises(Forbidden):
        year.report("clerk", "D-1", numerator="1")
    with pytest.raises(NotFound):
        queries.sheet_of(year.session, year.actor("neighbour"), year.assessment, WUSU)


def test_an_older_page_overwrites_nothing(year: Year) -> None:
    year.step("assessor", "begin")
    version = year.line("A-3").version
    year.report("clerk", "A-3", numerator="1")
    with pytest.raises(Stale), transaction():
        reporting.report(year.session, year.actor("head"), year.line("A-3"), {"numerator": "0"}, "", version)
    assert year.line("A-3").reported == {"numerator": 1, "denominator": 0}


def test_a_self_report_is_not_sent_before_everything_owed_is_filled_in(year: Year) -> None:
    year.step("assessor", "begin")
    with pytest.raises(StepRefused) as refused:
        year.send("clerk")
    assert len(refused.value.missing) == len(owed(year)) == 2
    fill_in(year)
    assert year.sheet().sent_at is not None


def test_a_marked_difference_needs_a_word_before_it_is_sent(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "A-1", numerator="14", denominator="14")
    year.report("clerk", "A-3", numerator="1")
    year.report("clerk", "A-4", 迟="0", 瞒="0")
    with pytest.raises(StepRefused, match="A-1"):
        year.send("clerk")
    year.report("clerk", "A-1", "录入滞后", numerator="14", denominator="14")
    year.send("clerk")
    assert year.sheet().sent_by_name == year.users["clerk"].name
