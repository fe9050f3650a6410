"""How much a workbook may ask of the machine before it is refused."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; a county's month of work stays two orders of magnitude below all of them.

    `part_ratio` counts only for parts that unpack to more than `ratio_from_bytes`: small parts of a
    spreadsheet may well be packed a hundred to one. `cells` counts the filled rectangle of all sheets,
    `answer_bytes` what the reading process hands over.
    `seconds` on the clock are several times those of the processor: on a busy machine a sound file takes longer.
    """

    file_bytes: int = 50 * MIB
    unpacked_bytes: int = 256 * MIB
    ratio_from_bytes: int = 8 * MIB
    part_ratio: int = 150
    entries: int = 2_000
    depth: int = 256
    sheets: int = 256
    rows: int = 250_000
    cells: int = 4_000_000
    text_chars: int = 1_000_000
    processor_seconds: int = 8
    seconds: float = 25.0
    memory_bytes: int = 1024 * MIB
    answer_bytes: int = 160 * MIB


DEFAULT = Limits()
