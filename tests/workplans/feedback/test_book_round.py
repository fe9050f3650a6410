"""Whatever was reported: a workbook that goes out and comes back untouched reports nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspect_app.regions.models import Region
from inspect_app.workplans.feedback.books.planning import make_plan
from inspect_app.workplans.feedback.books.reading import read_book
from inspect_app.workplans.feedback.books.service import held_of
from inspect_app.workplans.feedback.books.sheet import Book, write_book
from inspect_app.workplans.feedback.said import Said
from inspect_app.workplans.models import WorkDue, WorkPlan, WorkTask
from inspect_app.workplans.words import Part

DAY = date(2026, 6, 15)
WORDS = st.one_of(st.text(max_size=60), st.text("=-+@无/一二 \t\r\n０３x_0041", max_size=12))
COUNTS = st.none() | st.decimals(0, 1_000_000, places=4, allow_nan=False) | st.integers(0, 10**9).map(Decimal)
REPORTS = st.builds(
    lambda summary, proof, done, whole: Said(summary.strip(), {"done": done, "whole": whole}, (), proof),
    WORDS, WORDS, COUNTS, COUNTS,
)  # fmt: skip


def due_of(number: int, said: Said, plan: WorkPlan) -> WorkDue:
    """Make something that was reported with these words, in no database."""
    task = WorkTask(position=number, number=str(number), title="任务")
    return WorkDue(
        id=number, reference=f"YB-6542-2026-{number:05d}", plan=plan, task=task, part=Part.LEAD, state="reported",
        region=Region(name="乌苏市"), due_on=DAY, dated=True, summary=said.summary, figures=said.kept(), version=2,
        excused=False, reported_at=None, needed=None, at_most=None, share=None, per=None,
    )  # fmt: skip


@pytest.mark.usefixtures("clock")
@settings(max_examples=25, deadline=None)
@given(st.lists(REPORTS, min_size=1, max_size=12))
@example([Said("第一行\r\n第二行"), Said("无"), Said("=1+1"), Said("_x0041_"), Said("\x0b竖"), Said("0012")])
def test_a_book_that_nobody_touched_reports_nothing(reports: list[Said]) -> None:
    plan = WorkPlan(reference="YD-6542-2026-01", year=2026, state="published", title="要点")
    dues = [due_of(number, said, plan) for number, said in enumerate(reports, 1)]
    out = BytesIO()
    write_book(out, Book(plan, "乌苏市", dues))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(out.getvalue())
        read = read_book(path, DAY)
    found = make_plan(read, [held_of(due) for due in dues], ())
    assert (found.new, found.changed, found.refused, found.foreign) == ([], [], [], [])
    assert len(found.unchanged) == len(dues)
