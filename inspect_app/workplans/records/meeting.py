"""How far records answer what is owed: a count, what it is compared with, and where its rows are. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Met:
    """What records show for something owed: `count` of `whole` (None for a plain count) against `needed` or `share`.

    `met` is None where no number is set to compare with. `endpoint` and `arguments` lead to the rows, `title` says
    which records they are.
    """

    title: str
    count: Decimal
    whole: Decimal | None
    needed: int | None
    share: Decimal | None
    met: bool | None
    endpoint: str
    arguments: Mapping[str, str] = field(default_factory=dict)
