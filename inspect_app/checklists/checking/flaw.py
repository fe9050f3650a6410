"""One mistake and its place."""

from dataclasses import dataclass

from inspect_app.core.labels import Sentence


@dataclass(frozen=True)
class Flaw:
    """A mistake in `field` (named as in the definition files) of an item, or of the whole list when `item` is empty.

    `part` is the code of the part it is in. A `gap` is something that is not there yet; reading a file has told of it.
    """

    item: str
    field: str
    sentence: Sentence
    part: str = ""
    gap: bool = False

    def __str__(self) -> str:
        return f"{self.item}：{self.sentence}" if self.item else str(self.sentence)
