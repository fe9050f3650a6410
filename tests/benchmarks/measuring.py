"""Measuring ours against a reference in turn (A B A B ...), and saying the result as one JSON object."""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

RUNS = 5
KILOBYTES = 1024 if sys.platform != "darwin" else 1


@dataclass(frozen=True)
class Result:
    """One budget: median seconds of ours and of the reference, their ratio, the goal, peak memory of this process."""

    name: str
    ours_s: float
    reference_s: float
    ratio: float
    goal: float
    peak_mb: float
    held: bool
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the result as it is printed."""
        return asdict(self)


def seconds(work: Callable[[], object]) -> float:
    """Time one call by the wall clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(
    name: str, ours: Callable[[], object], reference: Callable[[], object], goal: float, note: str = ""
) -> Result:
    """Run both once to warm up, then five times in turn; the ratio is the median of the pairs' ratios."""
    ours()
    reference()
    pairs = [(seconds(ours), seconds(reference)) for _ in range(RUNS)]
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    return Result(
        name=name,
        ours_s=round(statistics.median(mine for mine, _ in pairs), 3),
        reference_s=round(statistics.median(theirs for _, theirs in pairs), 3),
        ratio=round(ratio, 2),
        goal=goal,
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES / 1024 / 1024, 1),
        held=ratio <= goal,
        note=note,
    )
