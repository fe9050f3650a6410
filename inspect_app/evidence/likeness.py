"""A fingerprint of what a photo shows, which stays nearly the same when the photo is shrunk or saved again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from PIL import Image, ImageOps

SIDE = 16
BITS = SIDE * SIDE
CONTRAST = 3
PLAIN = 12
ALIKE = 10
BANDS = [sum(1 << (row * SIDE + (row + band) % SIDE) for row in range(SIDE)) for band in range(SIDE)]


def likeness(image: Image.Image) -> str | None:
    """Return 64 hex digits: is each cell of a 16 x 16 grid darker than its right neighbour. None for a plain picture.

    A picture without structure (a wall, the inside of a pocket) is like every other one, which says nothing.
    """
    gray = ImageOps.exif_transpose(image).convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    cells = gray.tobytes()
    rows = [cells[start : start + SIDE + 1] for start in range(0, len(cells), SIDE + 1)]
    bits = [row[place + 1] - row[place] >= CONTRAST for row in rows for place in range(SIDE)]
    if sum(bits) < PLAIN:
        return None
    return f"{int(''.join('01'[bit] for bit in bits), 2):0{BITS // 4}x}"


def distance(one: str, other: str) -> int:
    """Count the cells in which two fingerprints differ, 0 to 256."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(fingerprints: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Give each pair of keys whose fingerprints differ in at most ALIKE cells, the smaller key first.

    Two that differ in fewer cells than there are bands have one band in common, so only those are compared. A band runs
    diagonally through all rows and columns, so that a plain sky or wall does not make thousands share one.
    """
    known = sorted(fingerprints)
    shelves: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for key, written in known:
        value = int(written, 16)
        met: set[int] = set()
        for band in BANDS:
            shelf = shelves[band, value & band]
            met.update(other for other, bits in shelf if (bits ^ value).bit_count() <= ALIKE)
            shelf.append((key, value))
        yield from ((other, key) for other in sorted(met))
