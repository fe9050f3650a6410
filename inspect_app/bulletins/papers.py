"""What a bulletin tells its document, and what it does when the document is issued or voided."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.bulletins import queries
from inspect_app.bulletins.composing import Figures, balances, context_words, miscounted, said
from inspect_app.bulletins.definition import SectionKind, Template
from inspect_app.bulletins.lifecycle import PUBLIC, SENT
from inspect_app.bulletins.loading import template_of
from inspect_app.bulletins.measures import GROUPS, MEASURES
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.rules import filled, out_of_balance, wording_problems
from inspect_app.bulletins.words import UNKNOWN, shown
from inspect_app.core import clock
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.documents import sources
from inspect_app.documents.fields import cleaned
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.regions.models import Region

SUBJECT = "bulletin"


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return region and content of a bulletin; NotFound outside what the person sees."""
    del kind
    bulletin = queries.by_reference(session, actor, reference)
    return bulletin.region, data_of(session, bulletin)


def related(_session: Session, _reference: str) -> list[sources.Case]:
    """Return nothing: what follows a bulletin is drawn up for itself."""
    return []


def seen(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Documents of a bulletin are as hidden as the bulletin."""
    return column.in_(select(Bulletin.case_reference).where(queries.visible_to(actor)))


def named_in(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition that a document, by its key, is that of a bulletin which was issued to this person."""
    issued = select(Bulletin.document_uuid).where(queries.visible_to(actor), Bulletin.state.in_(PUBLIC))
    return column.in_(issued.where(Bulletin.document_uuid != ""))


def missing(session: Session, document: Document) -> Iterator[Sentence]:
    """Say what stands against issuing the document of a bulletin: it must say exactly what the bulletin says."""
    bulletin = queries.of_document(session, document.uuid)
    if bulletin is None or bulletin.state != SENT:
        yield say(mark("这份文书不是由通报送签发的，请到通报页面办理。"))
        return
    if document.data != data_of(session, bulletin):
        yield say(mark("文书内容与通报不一致，请退回后重新送签发。"))
    yield from problems(session, bulletin)


def problems(session: Session, bulletin: Bulletin) -> list[Sentence]:
    """List what stands against issuing a bulletin: no figures, old ones, ones that do not add up, unfit wording."""
    template, figures = template_of(bulletin.template), Figures(bulletin, queries.figures_of(session, bulletin))
    if not figures.rows:
        return [say(mark("还没有取数，请先取数。"))]
    return [*_age(bulletin, template), *_sums(figures), *_wording(bulletin, template, figures)]


def data_of(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    """Return what a bulletin says as the fields of its document."""
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    kind = definition_of(template_of(bulletin.template).document)
    told: dict[str, Any] = {
        "addressee": str(say(mark("各县（市、区）抗震救灾指挥部"))),
        "matter": matter_of(bulletin),
    }
    for section in bulletin.outline:
        if section["kind"] == SectionKind.RANKING:
            told[section["code"]] = [_row(figures, section["columns"], row) for row in section["rows"]]
        else:
            told[section["code"]] = "\n".join(said(figures, section, bulletin.texts))
    return cleaned(kind, told)


def matter_of(bulletin: Bulletin) -> str:
    """Return what the title of a bulletin names."""
    return filled(template_of(bulletin.template).matter, context_words(bulletin))


def _row(figures: Figures, columns: list[str], row: dict[str, Any]) -> dict[str, str]:
    taken = {name: figures.of(name, row["region"]) for name in columns}
    numbers = {name: shown(each.numerator, each.denominator) for name, each in taken.items()}
    return {"unit": row["name"], "place": str(row["place"] or UNKNOWN), **numbers}


def _age(bulletin: Bulletin, template: Template) -> Iterator[Sentence]:
    """Ask for figures that are not too old; a correction keeps the day of what it corrects."""
    taken = bulletin.gathered_at
    if taken is None or bulletin.replaces_id is not None:
        return
    days = (clock.today() - clock.local(taken).date()).days
    if days > template.fresh_days:
        yield say(mark("数字取于 %(days)s 天以前，已经过时，请重新取数。"), days=days)


def _sums(figures: Figures) -> Iterator[Sentence]:
    labels = {name: MEASURES[name].label for name in GROUPS}
    yield from (out_of_balance(each, labels) for each in balances(figures) if not each.holds)
    for each in miscounted(figures):
        yield say(
            mark("%(where)s的“%(label)s”是 %(number)s，而名单有 %(rows)s 条，请重新取数。"),
            where=each.region.name,
            label=MEASURES[each.name].label,
            number=each.numerator,
            rows=len(figures.references(each.name, each.region.code)),
        )


def _wording(bulletin: Bulletin, template: Template, figures: Figures) -> Iterator[Sentence]:
    unfit = definition_of(template.document).unfit_words
    for key, text in bulletin.texts.items():
        known = figures.words(key.partition("/")[2] or bulletin.region.code)
        yield from wording_problems(text, known, unfit)
        if not text.strip():
            section = template.section(key.partition("/")[0])
            yield say(mark("“%(heading)s”还没有写内容。"), heading=section.heading if section else key)
