"""Pure decisions: which visits in a row are clean, whether neighbours found much."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def clean_runs(visits: Iterable[tuple[T, bool]], least: int) -> Iterator[Sequence[T]]:
    """Give each unbroken run of at least `least` visits whose flag (nothing failed) is set."""
    run: list[T] = []
    for visit, clean in visits:
        if clean:
            run.append(visit)
            continue
        if len(run) >= least:
            yield run
        run = []
    if len(run) >= least:
        yield run


def is_silent(own: int, neighbours: Sequence[int], wanted: int) -> bool:
    """Tell whether a county found nothing while half of its neighbours found at least `wanted`; unknown alone."""
    return own == 0 and bool(neighbours) and median(neighbours) >= wanted
