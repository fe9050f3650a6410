"""What the pages of bulletins show: the paper with its figures linked, the sums, the rows behind a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.bulletins import queries
from inspect_app.bulletins.composing import Figures, Piece, balances, wording
from inspect_app.bulletins.gathering import rows_of, scope_then
from inspect_app.bulletins.measures import GROUPS, MEASURES, RATES, label_of
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.bulletins.rules import Balance
from inspect_app.bulletins.words import shown
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.words import STATE_LABELS
from inspect_app.inspections.lifecycle import STATES as VISIT_STATES
from inspect_app.regions.queries import covers

NEW_FOR = timedelta(days=21)
STATES = {**VISIT_STATES, **STATE_LABELS}


@dataclass(frozen=True)
class Cell:
    """A figure in a table; None where the column is no figure."""

    text: str
    number: int | None


@dataclass(frozen=True)
class Part:
    """A section as the page shows it: paragraphs of pieces, and for a table its head and rows of cells."""

    code: str
    heading: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, str, int | None, tuple[Cell, ...]], ...] = ()


@dataclass(frozen=True)
class Sum:
    """Found and the groups that it falls into, for one region, each with the number of its figure."""

    balance: Balance
    found: int
    groups: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Row:
    """A frozen row beside what stands today: `seen` is the thing itself where this person sees it, else None.

    `stays` says whether it would still be counted today, None where that cannot be told to this person.
    """

    reference: str
    then: str
    seen: Any
    stays: bool | None


@dataclass(frozen=True)
class Behind:
    """What lies behind a figure: the rows this person sees, how many they do not, and what is counted today.

    `now` is the figure asked again today and `joined` what came in since; None and empty where it is not this person's
    to know. `parts` are the figures that a rate is made of.
    """

    figure: BulletinFigure
    label: str
    rows: tuple[Row, ...]
    hidden: int
    of_visits: bool
    now: int | None
    joined: tuple[str, ...]
    parts: tuple[BulletinFigure, ...] = ()


def parts_of(figures: Figures) -> list[Part]:
    """Return the sections of a bulletin with every figure linked."""
    return [_part(figures, section) for section in figures.bulletin.outline]


def sums_of(figures: Figures) -> list[Sum]:
    """Return what was found and its groups, for the whole region first and then for every county."""
    codes = [figures.bulletin.region.code, *(county.code for county in figures.counties)]
    return [
        Sum(
            each,
            figures.of("found", code).number,
            tuple((MEASURES[name].label, number, figures.of(name, code).number) for name, number in each.groups),
        )
        for code, each in zip(codes, balances(figures), strict=True)
    ]


def group_labels() -> list[str]:
    """Return the marked labels of the groups, in order."""
    return [MEASURES[name].label for name in GROUPS]


def behind(session: Session, actor: Actor, figures: Figures, figure: BulletinFigure) -> Behind:
    """Return what lies behind a figure, as far as this person sees it."""
    label, code = label_of(figure.name), figure.region.code
    if rate := RATES.get(figure.name):
        parts = (figures.of(rate.numerator, code), figures.of(rate.denominator, code))
        return Behind(figure, label, (), 0, of_visits=False, now=None, joined=(), parts=parts)
    of_visits = MEASURES[figure.name].visits is not None
    kept = [pair for each in _carriers(figures, figure) for pair in each.rows]
    look_up = queries.visits_seen if of_visits else queries.hazards_seen
    seen = look_up(session, actor, [reference for reference, _state in kept])
    today = _today(session, actor, figures.bulletin, figure)
    rows = [
        Row(reference, state, seen[reference], None if today is None else reference in today)
        for reference, state in kept
        if reference in seen
    ]
    joined = sorted(set(today or ()) - {reference for reference, _state in kept})
    now = None if today is None else len(today)
    return Behind(figure, label, tuple(rows), len(kept) - len(rows), of_visits, now, tuple(joined))


def newest(actor: Actor) -> dict[str, Any] | None:
    """Return the newest bulletin issued in the last weeks, for the home page."""
    found = queries.latest(db.session(), actor, clock.today() - NEW_FOR)
    return {"bulletin": found, "document": queries.document_of(db.session(), found)} if found else None


def _part(figures: Figures, section: dict[str, Any]) -> Part:
    written = wording(figures.bulletin, section, figures.bulletin.texts)
    paragraphs = tuple(tuple(figures.pieces(text, code)) for text, code in written)
    head = tuple(label_of(name) for name in section["columns"])
    rows = tuple(_table(figures, section)) if head else ()
    return Part(section["code"], section["heading"], paragraphs, head, rows)


def _table(figures: Figures, section: dict[str, Any]) -> Iterator[tuple[str, str, int | None, tuple[Cell, ...]]]:
    for row in section["rows"]:
        taken = [figures.of(name, row["region"]) for name in section["columns"]]
        cells = tuple(Cell(shown(each.numerator, each.denominator), each.number) for each in taken)
        yield row["region"], row["name"], row["place"], cells


def _carriers(figures: Figures, figure: BulletinFigure) -> Sequence[BulletinFigure]:
    """Return the figures that hold the rows of a figure: itself, or those of the counties."""
    if figure.region_id != figures.bulletin.region_id:
        return [figure]
    return [figures.of(figure.name, county.code) for county in figures.counties]


def _today(session: Session, actor: Actor, bulletin: Bulletin, figure: BulletinFigure) -> set[str] | None:
    """Ask the frozen query again today; None where the region is not this person's to look into."""
    top = actor.view_region_id
    if actor.role is not None and (top is None or not covers(session, top, figure.region_id)):
        return None
    today: date = clock.today()
    scope = scope_then(session, bulletin, figure.query, today)
    rows = rows_of(session, scope)[figure.name]
    counties = [figure.region_id] if figure.region_id != bulletin.region_id else list(rows)
    return {reference for county in counties for reference, _state in rows.get(county, ())}
