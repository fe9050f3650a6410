"""Marks a Chinese label for translation without translating it, so that pure modules can hold labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString


def mark(text: LiteralString) -> str:
    """Return `text` unchanged; the message extractor collects it, and pages translate it when shown."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A marked `%(name)s` template with its parameters apart, as in DomainError; `str()` gives it in Chinese."""

    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def say(message: str, **params: object) -> Sentence:
    """Build a sentence from a marked message: `say(mark("得分 %(points)s。"), points=3)`."""
    return Sentence(message, params)
