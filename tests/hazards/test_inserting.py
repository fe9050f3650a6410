from datetime import date
from typing import Any, cast

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.hazards.inserting import PORTION, insert_columns
from inspect_app.hazards.models import HazardCount
from inspect_app.regions.queries import by_code

COUNT = cast("Table", HazardCount.__table__)
DUE = date(2026, 7, 1)


def inserted(session: Session, **columns: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any column
    county = by_code(session, "654202").id
    with transaction():
        insert_columns(session, COUNT, columns, {"county_id": county, "due_on": DUE, "on_time": 0})
    return [tuple(row) for row in session.execute(select(COUNT.c.grade, COUNT.c.state, COUNT.c.count))]


def test_texts_come_back_as_they_were_however_they_would_read_as_sql(session: Session) -> None:
    texts = ["'; DROP TABLE hazard; --", "NULL", "''", "%s ? :name", "a\\\tb\n", "\\N", "中文"]
    assert {state for _, state, _ in inserted(session, grade=[""] * 7, state=texts, count=[1] * 7)} == set(texts)


@pytest.mark.parametrize("text", ["NULL", "0", "'", ""])
def test_a_text_that_all_rows_share_stays_that_text(session: Session, text: str) -> None:
    assert inserted(session, grade=[text] * 2, state=["a", "b"], count=[0, 0]) == [(text, "a", 0), (text, "b", 0)]


def test_rows_beyond_one_portion_are_all_there(session: Session) -> None:
    number = PORTION + 3
    rows = inserted(session, grade=["general"] * number, state=list(map(str, range(number))), count=list(range(number)))
    assert sorted(count for _, _, count in rows) == list(range(number))
