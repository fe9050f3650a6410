"""What the pages of bulletins show: the paper with its figures linked, the sums, the rows behind a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.bulletins import queries
from inspect_app.bulletins.composing import Figures, Piece, balances, wording
from inspect_app.bulletins.gathering import rows_of, scope_then
from inspect_app.bulletins.measures import MEASURES, RATES, label_of
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.bulletins.rules import Balance
from inspect_app.bulletins.words import shown
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import STATE_LABELS
from inspect_app.inspections.lifecycle import STATES as VISIT_STATES
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import covers

NEW_FOR = timedelta(days=21)
SIZE = 200
STATES = {**VISIT_STATES, **STATE_LABELS}


@dataclass(frozen=True)
class Cell:
    """A figure in a table; None where the column is no figure."""

    text: str
    number: int | None


@dataclass(frozen=True)
class Part:
    """A section as the page shows it: paragraphs of pieces; for a table its head, rows and what orders it."""

    code: str
    heading: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, str, int | None, tuple[Cell, ...]], ...] = ()
    by: str = ""


@dataclass(frozen=True)
class Sum:
    """Found and the groups that it falls into, for one region, each with the number of its figure."""

    balance: Balance
    found: int
    groups: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Row:
    """A frozen row beside what stands today: the thing itself, and whether it would still be counted today."""

    reference: str
    then: str
    now: Any
    stays: bool


@dataclass(frozen=True)
class Behind:
    """What lies behind a figure: one page of the rows that this person sees, and how many they do not see.

    `now` is the figure asked again today, None where that is not this person's to know. `left` rows are no longer
    counted, `joined` are counted since, both as far as they are seen. `parts` is what a rate is made of.
    """

    figure: BulletinFigure
    label: str
    rows: tuple[Row, ...] = ()
    seen: int = 0
    hidden: int = 0
    of_visits: bool = False
    now: int | None = None
    left: int = 0
    joined: tuple[str, ...] = ()
    parts: tuple[tuple[str, BulletinFigure], ...] = ()


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


def behind(session: Session, actor: Actor, figures: Figures, figure: BulletinFigure, page: int = 1) -> Behind:
    """Return what lies behind a figure, as far as this person sees it; pages of rows count from 1."""
    label, code = label_of(figure.name), figure.region.code
    if rate := RATES.get(figure.name):
        names = (rate.numerator, rate.denominator)
        return Behind(figure, label, parts=tuple((label_of(name), figures.of(name, code)) for name in names))
    of_visits = MEASURES[figure.name].visits is not None
    kind: type[Hazard | Inspection] = Inspection if of_visits else Hazard
    kept = {reference: state for each in _carriers(figures, figure) for reference, state in each.rows}
    today = _today(session, figures.bulletin, figure)
    seen = queries.seen(session, actor, kind, sorted({*kept, *today}))
    known = [reference for reference in kept if reference in seen]
    some = known[(page - 1) * SIZE : page * SIZE]
    things = (queries.visits_by_reference if of_visits else queries.hazards_by_reference)(session, some)
    return Behind(
        figure, label, tuple(Row(each, kept[each], things[each], each in today) for each in some), len(known),
        len(kept) - len(known), of_visits, len(today) if _oversees(session, actor, figure) else None,
        sum(each not in today for each in known), tuple(sorted((today & seen) - kept.keys())),
    )  # fmt: skip


def newest(actor: Actor) -> dict[str, Any] | None:
    """Return the newest bulletin issued in the last weeks, for the home page."""
    found = queries.latest(db.session(), actor, clock.today() - NEW_FOR)
    return {"bulletin": found, "document": queries.document_of(db.session(), found)} if found else None


def _part(figures: Figures, section: dict[str, Any]) -> Part:
    written = wording(figures.bulletin, section, figures.bulletin.texts)
    paragraphs = tuple(tuple(figures.pieces(text, code)) for text, code in written)
    head = tuple(label_of(name) for name in section["columns"])
    rows = tuple(_table(figures, section)) if head else ()
    return Part(section["code"], section["heading"], paragraphs, head, rows, label_of(section["by"]) if head else "")


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


def _today(session: Session, bulletin: Bulletin, figure: BulletinFigure) -> set[str]:
    """Ask the frozen query again today."""
    scope = scope_then(session, bulletin, figure.query, clock.today())
    rows = rows_of(session, scope)[figure.name]
    counties = rows.keys() if figure.region_id == bulletin.region_id else {figure.region_id}
    return {reference for county in counties for reference, _state in rows.get(county, ())}


def _oversees(session: Session, actor: Actor, figure: BulletinFigure) -> bool:
    """Tell whether all of the region of a figure is this person's to look into."""
    top = actor.view_region_id
    return actor.role is None or (top is not None and covers(session, top, figure.region_id))
