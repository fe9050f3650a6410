"""Putting things in a row as near as possible to where each would like to be."""

from collections.abc import Sequence


def spread(wishes: Sequence[float], sizes: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return centres for things of these sizes, in this order, at least `gap` apart, between `low` and `high`.

    Of all such rows it is the one with the least squared distance from the wishes (pooling neighbours that push each
    other). A row too long for its room begins at `low`.
    """
    offsets, used = [], 0.0
    for size in sizes:
        offsets.append(used + size / 2)
        used += size + gap
    slack = max(high - low - (used - gap), 0.0)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append((wish - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, count), (before, number) = pools.pop(), pools.pop()
            pools.append(((mean * count + before * number) / (count + number), count + number))
    shifts = [min(max(mean, low), low + slack) for mean, count in pools for _ in range(count)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]
