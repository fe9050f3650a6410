"""What a reader answers."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Reading(NamedTuple):
    """What a cell says: `values` by field of the card, or a `problem`; `remark` when the reading is worth telling."""

    values: Mapping[str, Any] = {}
    problem: str = ""
    remark: str = ""
