"""The shape of what `reports/bulletins/*.toml` says of bulletins (通报)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.core.definitions import content_hash
from inspect_app.core.labels import mark


class Occasion(StrEnum):
    """What a bulletin is written after."""

    MONTH = "month"
    CAMPAIGN = "campaign"


class Followed(StrEnum):
    """Which findings are followed up: those of the year so far, of the period, or of a campaign."""

    YEAR = "year"
    PERIOD = "period"
    CAMPAIGN = "campaign"


class SectionKind(StrEnum):
    """A text; a table of counties; an introduction with one line for each county that a rule names."""

    TEXT = "text"
    RANKING = "ranking"
    NAMED = "named"


OCCASION_LABELS = {Occasion.MONTH: mark("月度通报"), Occasion.CAMPAIGN: mark("专项检查后通报")}


@dataclass(frozen=True)
class Bound:
    """A figure of a county and between what it must lie (both included; None: no bound). Unknown fulfils none."""

    figure: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True)
class Section:
    """A part of a bulletin; its code is that of the field of the document which takes it.

    RANKING orders counties by the figure `by` and shows `columns`; NAMED names at most the first `most` places by `by`
    among the counties that fulfil all `bounds`, each with `line`; where there is none the text is `none`.
    """

    code: str
    heading: str
    kind: SectionKind
    text: str = ""
    by: str = ""
    highest_first: bool = True
    columns: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    most: int = 0
    line: str = ""
    none: str = ""


@dataclass(frozen=True)
class Template:
    """A kind of bulletin. `matter` goes into its title; figures older than `fresh_days` must be taken again."""

    code: str
    version: int
    title: str
    matter: str
    occasion: Occasion
    followed: Followed
    document: str
    fresh_days: int
    sections: tuple[Section, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of all it says."""
        return content_hash(self)

    def section(self, code: str) -> Section | None:
        """Find a section by its code."""
        return next((each for each in self.sections if each.code == code), None)
