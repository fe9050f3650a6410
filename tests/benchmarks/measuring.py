"""Measuring ours against a reference in turn (A B A B ...), and saying the result as one JSON object."""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from operator import truediv
from typing import NamedTuple

RUNS = 5
KILOBYTES = 1024 if sys.platform != "darwin" else 1
Work = Callable[[], object]


@dataclass(frozen=True)
class Result:
    """One budget: median seconds of ours and of the reference by the clock, their ratio, and whether it was held.

    `ratio_cpu` is the same ratio of processor seconds, children included: on a machine that others use it is the one
    to believe. `peak_mb` is the memory this process had needed after ours ran once, before the reference ever did.
    """

    name: str
    ours_s: float
    reference_s: float
    ratio: float
    goal: float
    peak_mb: float
    held: bool
    ours_cpu_s: float
    reference_cpu_s: float
    ratio_cpu: float
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the result as it is printed."""
        return asdict(self)


class Spent(NamedTuple):
    """What one piece of work took: seconds by the clock and of the processor."""

    clock: float
    processor: float


def spent(work: Work) -> Spent:
    """Time one call; work that is done elsewhere tells itself what it took."""
    began, worked = time.perf_counter(), _processor_seconds()
    told = work()
    if isinstance(told, Spent):
        return told
    return Spent(time.perf_counter() - began, _processor_seconds() - worked)


def compare(
    name: str,
    ours: Work,
    reference: Work,
    goal: float,
    note: str = "",
    relation: Callable[[float, float], float] = truediv,
) -> Result:
    """Run both once to warm up, then five times in turn; the ratio is the median of the pairs' ratios."""
    ours()
    peak = peak_mb()
    reference()
    pairs = [(spent(ours), spent(reference)) for _ in range(RUNS)]
    ratio, ratio_cpu = (
        statistics.median(relation(mine[at], theirs[at]) for mine, theirs in pairs) for at in range(len(Spent._fields))
    )
    clock, processor = (
        [round(statistics.median(pair[side][at] for pair in pairs), 3) for side in range(2)]
        for at in range(len(Spent._fields))
    )
    return Result(
        name=name,
        ours_s=clock[0],
        reference_s=clock[1],
        ratio=round(ratio, 2),
        goal=goal,
        peak_mb=round(peak, 1),
        held=ratio <= goal,
        ours_cpu_s=processor[0],
        reference_cpu_s=processor[1],
        ratio_cpu=round(ratio_cpu, 2),
        note=note,
    )


def peak_mb() -> float:
    """Return the most memory this process ever needed."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES / 1024 / 1024


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
