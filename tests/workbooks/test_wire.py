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


@given(st.lists(st.sampled_from(["", "无", "整改中", date(2024, 6, 7), datetime(2024, 6, 7)])))  # noqa: DTZ001
def test_what_repeats_comes_out_with_its_types(column: list[object]) -> None:
    received = wire.unpack(wire.pack(column))
    assert list(map(repr, received)) == list(map(repr, column))


def test_numbers_that_are_equal_stay_what_they_were() -> None:
    column = [1, True, 1.0, 0, False, 0.0] * 3
    assert list(map(repr, wire.unpack(wire.pack(column)))) == list(map(repr, column))


def test_cells_that_say_the_same_are_one_object_and_travel_once() -> None:
    column = [f"第{number % 3}责任单位" for number in range(300)]
    packed = wire.packed("block", wire.pack(column))
    assert len(packed) < len(wire.packed("block", column)) / 3
    ((_, received),) = wire.receive(BytesIO(packed))
    assert len({id(cell) for cell in wire.unpack(received)}) == 3  # type: ignore[arg-type]


def test_a_pipe_that_ends_inside_a_frame_is_noticed() -> None:
    with pytest.raises(EOFError):
        list(wire.receive(BytesIO(wire.packed("end")[:-1])))
