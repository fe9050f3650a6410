"""Checking what was issued against its hash, its figures and the trail; names what was altered."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.audit.models import AuditEntry
from inspect_app.bulletins import queries
from inspect_app.bulletins.composing import Figures, balances
from inspect_app.bulletins.lifecycle import BULLETIN_LIFE, DISCARDED, PUBLIC
from inspect_app.bulletins.models import Bulletin
from inspect_app.core.definitions import content_hash


def content_of(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    """Return all that an issued bulletin stands for, as JSON: its wording, every figure, query and row."""
    return {
        "reference": bulletin.reference,
        "title": bulletin.title,
        "template": [bulletin.template, bulletin.template_version, bulletin.template_hash],
        "region": bulletin.region.code,
        "period": [bulletin.starts_on.isoformat(), bulletin.ends_on.isoformat()],
        "document": bulletin.document_uuid,
        "outline": bulletin.outline,
        "texts": bulletin.texts,
        "figures": [
            [each.number, each.name, each.region.code, each.numerator, each.denominator, each.rows, each.query]
            for each in queries.figures_of(session, bulletin)
        ],
    }


def verify(session: Session) -> list[str]:
    """Return a Chinese sentence for each bulletin that is not as it was issued; empty when all is well."""
    rows = (
        select(Bulletin)
        .where(Bulletin.state != DISCARDED)
        .options(joinedload(Bulletin.region), selectinload(Bulletin.events))
        .order_by(Bulletin.id)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(rows).all()
    return [f"通报 {each.reference}：{sentence}" for each in found for sentence in _mistakes(session, each)]


def _mistakes(session: Session, bulletin: Bulletin) -> Iterator[str]:
    try:
        follows = BULLETIN_LIFE.replay(bulletin.events) == bulletin.state
    except ValueError:
        follows = False
    if not follows:
        yield "状态与经过不一致。"
    if bulletin.state not in PUBLIC:
        return
    if content_hash(content_of(session, bulletin)) != bulletin.content_hash:
        yield "内容或数字与发出时不一致。"
    if _told(session, bulletin) != bulletin.content_hash:
        yield "摘要与签发时审计记录中的不一致。"
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    if not all(each.holds for each in balances(figures)):
        yield "发现数与各类合计不闭合。"


def _told(session: Session, bulletin: Bulletin) -> str | None:
    """Return the hash that the trail wrote when the bulletin was issued."""
    entry = session.scalar(
        select(AuditEntry).where(
            AuditEntry.action == "bulletin.issue",
            AuditEntry.subject_kind == "bulletin",
            AuditEntry.subject_id == bulletin.id,
        )
    )
    told = entry.changes.get("content_hash") if entry else None
    return str(told[1]) if told else None
