"""Text cut for showing: nothing is lost, nothing is doubled, and every mark covers the words it speaks of."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.workplans.intake.marking import Mark, Tone, cut, stretches
from inspect_app.workplans.words import Verdict
from tests.workplans.intake.notices import PLACES, received

marks = st.lists(
    st.builds(
        lambda start, length, tone: Mark(start, start + length, tone, f"x-{start}"),
        st.integers(0, 40), st.integers(1, 12), st.sampled_from(Tone),
    ),
    max_size=12,
)  # fmt: skip


@given(text=st.text(alphabet="一二三，。\n<&", max_size=50), found=marks)
def test_pieces_together_are_the_text(text: str, found: list[Mark]) -> None:
    assert "".join(piece.text for piece in cut(text, 0, len(text), found)) == text


@given(found=marks)
def test_of_marks_that_overlap_one_is_shown_and_each_covers_its_words(found: list[Mark]) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(60))
    shown = [piece for piece in cut(text, 0, 60, found) if piece.tone]
    assert all(any(text[mark.start : mark.end] == piece.text for mark in found) for piece in shown)
    assert bool(shown) == bool(found)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", PLACES)
def test_the_stretches_of_a_notice_are_the_notice(session: Session, name: str) -> None:
    with transaction():
        plan = received(session, name)
        shown = "".join(piece.text for stretch in stretches(plan) for piece in stretch.pieces)
        assert "".join(shown.split()) == "".join(plan.text.split())
        assert [stretch.task for stretch in stretches(plan) if stretch.task] == plan.tasks


@pytest.mark.usefixtures("clock")
def test_units_days_and_requirements_are_marked_where_they_stand(session: Session) -> None:
    with transaction():
        plan = received(session)
        pieces = [piece for stretch in stretches(plan) for piece in stretch.pieces if piece.tone]
        days = [piece.text for piece in pieces if piece.tone is Tone.DAY]
        asked = [piece.text for piece in pieces if piece.tone is Tone.ASKED]
        assert days == ["2024年6月7日", "11月8日前"]
        assert asked == [demand.quote for demand in plan.obligations]
        assert {piece.target for piece in pieces if piece.text == "地区地震局"} >= {f"unit-{plan.tasks[0].units[0].id}"}


def test_a_decision_shows_in_the_text() -> None:
    tones = {}
    for verdict in Verdict:
        plan: Any = SimpleNamespace(
            text="每年至少组织1次", year=2026, dates=[],
            tasks=[SimpleNamespace(id=1, start=0, end=8, units=[], text="", checked=False)],
            obligations=[SimpleNamespace(id=7, task_id=1, start=0, quote="每年至少组织1次", verdict=verdict)],
        )  # fmt: skip
        tones[verdict] = stretches(plan)[0].pieces[0].tone
    assert tones == {Verdict.PROPOSED: Tone.ASKED, Verdict.TAKEN: Tone.TAKEN, Verdict.DROPPED: Tone.DROPPED}
