"""What a bulletin says: the counties that its rules name, the wording with its figures, and whether it adds up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inspect_app.bulletins.definition import Section, SectionKind, Template
from inspect_app.bulletins.measures import FOUND, GROUPS, MEASURES
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.bulletins.rules import Balance, balance, filled, first_places, fulfils, pieces, ranked, share
from inspect_app.bulletins.words import AS_OF, CAMPAIGN, COUNTY, FIGURES, PERIOD, REGION, SPAN, UNKNOWN, shown
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.documents.definition import day_text

if TYPE_CHECKING:
    from inspect_app.regions.models import Region

Outline = list[dict[str, Any]]
Texts = dict[str, str]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `figure` is the number of the figure that it shows, None where it is plain."""

    text: str
    figure: int | None = None


class Figures:
    """The figures of one gathering by name and region."""

    def __init__(self, bulletin: Bulletin, rows: Sequence[BulletinFigure]) -> None:
        self.bulletin = bulletin
        self.rows = rows
        self._by_place = {(each.name, each.region.code): each for each in rows}
        found = {each.region.code: each.region for each in rows if each.region_id != bulletin.region_id}
        self.counties: list[Region] = [found[code] for code in sorted(found)]

    def of(self, name: str, code: str) -> BulletinFigure:
        """Return a figure; KeyError when it was not taken."""
        return self._by_place[name, code]

    def numbered(self, number: int) -> BulletinFigure:
        """Return a figure by its number; NotFound when there is none."""
        found = next((each for each in self.rows if each.number == number), None)
        if found is None:
            raise NotFound
        return found

    def values(self, name: str) -> dict[str, Fraction | None]:
        """Return a figure of every county by code; None where nothing was to be counted."""
        taken = {county.code: self.of(name, county.code) for county in self.counties}
        return {code: share(each.numerator, each.denominator) for code, each in taken.items()}

    def words(self, code: str) -> dict[str, str]:
        """Return every word that a text about a region may name, with what it stands for."""
        told = {label: shown(each.numerator, each.denominator) for label, each in self._labelled(code)}
        return {**told, **context_words(self.bulletin), SPAN: self._span(), **self._name(code)}

    def pieces(self, text: str, code: str) -> list[Piece]:
        """Split a text about a region into plain stretches and figures."""
        words, numbers = self.words(code), {label: each.number for label, each in self._labelled(code)}
        return [Piece(words[name], numbers.get(name)) if name else Piece(plain) for plain, name in pieces(text)]

    def references(self, name: str, code: str) -> list[str]:
        """Return the references behind a measure of a county, or of all counties together."""
        codes = [county.code for county in self.counties] if code == self.bulletin.region.code else [code]
        return [reference for each in codes for reference, _state in self.of(name, each).rows]

    def _labelled(self, code: str) -> Iterator[tuple[str, BulletinFigure]]:
        return ((label, self.of(name, code)) for label, name in FIGURES.items())

    def _span(self) -> str:
        query = self.rows[0].query
        return f"{day_text(query['since'])}至{day_text(query['end'])}"

    def _name(self, code: str) -> dict[str, str]:
        name = next((county.name for county in self.counties if county.code == code), "")
        return {COUNTY: name} if name else {}


def context_words(bulletin: Bulletin) -> dict[str, str]:
    """Return the words that are no figures of a query."""
    taken = bulletin.gathered_at
    return {
        PERIOD: period_text(bulletin),
        AS_OF: day_text(clock.local(taken).date()) if taken else UNKNOWN,
        REGION: bulletin.region.name,
        CAMPAIGN: bulletin.campaign.title if bulletin.campaign else UNKNOWN,
    }


def period_text(bulletin: Bulletin) -> str:
    """Write a whole month as 2026年5月, anything else with its first and last day."""
    start, end = bulletin.starts_on, bulletin.ends_on
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if start.day == 1 and end == last:
        return f"{start.year}年{start.month}月"
    return f"{day_text(start)}至{day_text(end)}"


def outline_of(template: Template, figures: Figures) -> Outline:
    """Apply the rules of a template to the figures: the order of counties, and whom it names."""
    return [
        {
            "code": section.code,
            "heading": section.heading,
            "kind": section.kind.value,
            "columns": list(section.columns),
            "by": section.by,
            "rows": list(_rows(section, figures)),
        }
        for section in template.sections
    ]


def texts_of(template: Template, outline: Outline, kept: Texts, before: Outline) -> Texts:
    """Return the wording: what a person wrote stays where the rules still say the same, else what the template says."""
    named = {each["code"]: [row["region"] for row in each["rows"]] for each in outline}
    named_before = {each["code"]: [row["region"] for row in each["rows"]] for each in before}
    told: Texts = {}
    for section in template.sections:
        some = named[section.code]
        if section.kind is SectionKind.RANKING:
            continue
        same = section.kind is SectionKind.TEXT or bool(some) == bool(named_before.get(section.code))
        wording = section.none if section.kind is SectionKind.NAMED and not some else section.text
        told[section.code] = kept.get(section.code, wording) if same else wording
        if section.kind is SectionKind.NAMED:
            told |= {key: kept.get(key, section.line) for key in _lines(section.code, some)}
    return told


def balances(figures: Figures) -> list[Balance]:
    """Hold what was found against the groups it falls into, for the whole region and for every county."""
    places = [figures.bulletin.region, *figures.counties]
    return [
        balance(
            place.name,
            figures.references(FOUND, place.code),
            {name: figures.references(name, place.code) for name in GROUPS},
        )
        for place in places
    ]


def miscounted(figures: Figures) -> list[BulletinFigure]:
    """List the figures whose number is not that of their rows."""
    measures = [each for each in figures.rows if each.name in MEASURES]
    return [each for each in measures if each.numerator != len(figures.references(each.name, each.region.code))]


def said(figures: Figures, section: Mapping[str, Any], texts: Texts) -> list[str]:
    """Return the paragraphs of a section as they stand in the document."""
    return [filled(text, figures.words(code)) for text, code in wording(figures.bulletin, section, texts)]


def wording(bulletin: Bulletin, section: Mapping[str, Any], texts: Texts) -> Iterator[tuple[str, str]]:
    """Return the paragraphs of a section as written, each with the code of the region that it is about."""
    code = section["code"]
    for line in texts.get(code, "").splitlines():
        if line.strip():
            yield line.strip(), bulletin.region.code
    if section["kind"] == SectionKind.NAMED:
        for row in section["rows"]:
            yield texts[line_key(code, row["region"])].strip(), row["region"]


def line_key(section: str, region: str) -> str:
    """Return the key of the line about a county."""
    return f"{section}/{region}"


def _lines(section: str, regions: Iterable[str]) -> list[str]:
    return [line_key(section, region) for region in regions]


def _rows(section: Section, figures: Figures) -> Iterator[dict[str, Any]]:
    names = {county.code: county.name for county in figures.counties}
    if section.kind is SectionKind.RANKING:
        places = ranked(figures.values(section.by), highest_first=section.highest_first)
        for code in sorted(places, key=lambda each: (places[each] is None, places[each] or 0, each)):
            yield {"region": code, "name": names[code], "place": places[code]}
    elif section.kind is SectionKind.NAMED:
        values = figures.values(section.by)
        fit = {code: value for code, value in values.items() if _fits(section, figures, code)}
        for code in first_places(fit, most=section.most, highest_first=section.highest_first):
            yield {"region": code, "name": names[code], "place": None}


def _fits(section: Section, figures: Figures, code: str) -> bool:
    return all(fulfils(figures.values(bound.figure)[code], bound.at_least, bound.at_most) for bound in section.bounds)
