"""Runs of clean visits, and counties that are silent among neighbours."""

import pytest

from inspect_app.doubts.rules import clean_runs, is_silent


def test_a_run_ends_with_a_failed_item_and_short_ones_do_not_count() -> None:
    visits = [(number, number not in {3, 9}) for number in range(14)]
    assert list(clean_runs(visits, 4)) == [[4, 5, 6, 7, 8], [10, 11, 12, 13]]
    assert list(clean_runs(visits, 6)) == []


@pytest.mark.parametrize(
    ("own", "neighbours", "silent"),
    [
        (0, [5, 3, 0], True),
        (0, [5, 0, 0], False),
        (1, [9, 9, 9], False),
        (0, [], False),
    ],
)
def test_silence_counts_only_among_neighbours_who_found_something(
    own: int, neighbours: list[int], *, silent: bool
) -> None:
    assert is_silent(own, neighbours, 3) is silent
