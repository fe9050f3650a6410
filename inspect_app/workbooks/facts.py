"""What a look at the parts of a file finds on a sheet beside its values, with zero-based places."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

Place = tuple[int, int]
LONGEST_COMMENT = 1_000
MOST_COMMENTS = 20_000


@dataclass(slots=True)
class SheetFacts:
    """`errors` are cells whose value is an error, or was never stored (""); `merges` top, left, bottom and right.

    `fills` gives the colour that most filled cells of a row have, `struck` the rows with a text struck out, `comments`
    what is said beside a cell, `pictures` how many pictures begin in a row, `replaced` what cells with a picture say.
    `texts` are cells known to hold a text, whether or not the reader finds it.
    """

    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    fills: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    pictures: dict[int, int] = field(default_factory=dict)
    replaced: dict[Place, str] = field(default_factory=dict)
    texts: set[Place] = field(default_factory=set)

    def packed(self) -> dict[str, Any]:
        """The facts as they go through the pipe."""
        return asdict(self)

    @classmethod
    def unpacked(cls, values: dict[str, Any]) -> Self:
        """The facts that `packed` wrote."""
        return cls(**values)

    def add_picture(self, row: int) -> None:
        """Count a picture that begins in a row."""
        self.pictures[row] = self.pictures.get(row, 0) + 1
