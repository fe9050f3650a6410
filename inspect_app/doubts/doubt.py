"""What a doubt is: a sentence with its figures, the rows behind it, and the key under which somebody settles it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.labels import Sentence
from inspect_app.doubts.kinds import Kind
from inspect_app.doubts.limits import Limits


@dataclass(frozen=True)
class Row:
    """One of the rows behind a doubt: a text, and the page where it is looked at and mended."""

    text: str
    endpoint: str
    arguments: tuple[tuple[str, str], ...]
    photo: str = ""


@dataclass(frozen=True)
class Doubt:
    """Something that looks untrue. `on` is the day it concerns, `photo` of a row the uuid of a picture to show."""

    kind: Kind
    county_id: int
    on: date
    sentence: Sentence
    rows: tuple[Row, ...]

    @property
    def subject(self) -> str:
        """The key under which it is settled: with another row it is another doubt."""
        told = "|".join(sorted(f"{row.text}#{row.photo}" for row in self.rows))
        return sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Search:
    """Where doubts are looked for: what this person sees, by the office's limits.

    A doubt concerns something from `since` or later; what it is held against may reach back to `start`.
    """

    session: Session
    actor: Actor
    start: date
    since: date
    today: date
    limits: Limits
