"""What goes into the pipe comes out of it."""

from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.workbooks import wire

CELLS = st.one_of(st.text(), st.integers(-(2**70), 2**70), st.booleans(), st.floats(allow_nan=False), st.dates())


@given(st.lists(CELLS))
def test_a_column_survives_the_pipe(column: list[object]) -> None:
    ((what, packed),) = wire.receive(BytesIO(wire.packed("block", wire.pack(column))))
    assert what == "block"
    assert wire.unpack(packed) == column  # type: ignore[arg-type]


def test_moments_keep_their_time_and_times_become_texts() -> None:
    moment = datetime(2024, 6, 7, 8, 30)  # noqa: DTZ001
    column = [moment, date(2024, 6, 7), time(8, 30), "x"]
    assert wire.unpack(wire.pack(column)) == [moment, date(2024, 6, 7), "08:30:00", "x"]


def test_a_pipe_that_ends_inside_a_frame_is_noticed() -> None:
    with pytest.raises(EOFError):
        list(wire.receive(BytesIO(wire.packed("end")[:-1])))
