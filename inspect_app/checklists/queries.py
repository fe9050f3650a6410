"""Reading checklist versions, their content, and the legal bases that they cite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.checklists.bases import STANDING_LABELS, standings
from inspect_app.checklists.definition import Checklist, Citation, Item, from_json
from inspect_app.checklists.deriving import parent_code, parent_number
from inspect_app.checklists.lifecycle import DRAFT, PUBLISHED
from inspect_app.checklists.loading import FOLDER
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.ownership import lists_for, published_for, regions_above, visible_to
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import Sentence, mark
from inspect_app.law.definitions import LegalBasis, Register, load_register

__all__ = [
    "CitedBasis",
    "cited",
    "content",
    "current",
    "draft_of",
    "every",
    "lists_for",
    "newest_published",
    "parent_of",
    "published",
    "published_for",
    "regions_above",
    "register",
    "seen",
    "version_of",
    "versions",
    "visible_to",
]
TO_CHECK = mark("待核对")


@dataclass(frozen=True)
class CitedBasis:
    """A citation beside what the register knows of it; `doubts` say why not to take it at its word on the day asked.

    `warning` is the short mark that stands beside it wherever it is cited, empty when nothing stands against it.
    """

    citation: Citation
    basis: LegalBasis
    doubts: tuple[Sentence, ...]
    warning: str = ""

    @property
    def text(self) -> str:
        """How it is written in a document."""
        return self.basis.cite(self.citation.article)


def current(session: Session, code: str) -> ChecklistVersion:
    """Return the published version of a list, or raise NotFound."""
    version = newest_published(session, code)
    if version is None:
        raise NotFound("检查表 %(code)s 没有已发布的版本。", code=code)
    return version


def seen(session: Session, actor: Actor, code: str, number: int | None = None) -> ChecklistVersion:
    """Return a version of a list that this person sees, by default the published or else the newest; or NotFound."""
    rows = select(ChecklistVersion).where(ChecklistVersion.code == code, visible_to(actor))
    if number is not None:
        rows = rows.where(ChecklistVersion.number == number)
    rows = rows.order_by(ChecklistVersion.state != PUBLISHED, ChecklistVersion.number.desc())
    version = session.scalar(rows.limit(1))
    if version is None:
        raise NotFound("没有找到这张检查表，或没有这个版本。")
    return version


def draft_of(session: Session, actor: Actor, code: str) -> ChecklistVersion:
    """Return the draft of a list that this person sees, or raise NotFound."""
    rows = select(ChecklistVersion).where(
        ChecklistVersion.code == code, ChecklistVersion.state == DRAFT, visible_to(actor)
    )
    version = session.scalar(rows.order_by(ChecklistVersion.number.desc()).limit(1))
    if version is None:
        raise NotFound("没有找到这张检查表的草稿，可能已经定稿；要修改请另建新版本。")
    return version


def version_of(session: Session, code: str, number: int | None = None) -> ChecklistVersion:
    """Return one version of a list in whatever state (the newest without a number), or raise NotFound."""
    versions = select(ChecklistVersion).where(ChecklistVersion.code == code).order_by(ChecklistVersion.number.desc())
    if number is not None:
        versions = versions.where(ChecklistVersion.number == number)
    version = session.scalar(versions.limit(1))
    if version is None:
        raise NotFound("没有找到这张检查表，或没有这个版本。")
    return version


def published(session: Session) -> Sequence[ChecklistVersion]:
    """List the published version of every list by code."""
    rows = select(ChecklistVersion).where(ChecklistVersion.state == PUBLISHED)
    return session.scalars(rows.order_by(ChecklistVersion.code, ChecklistVersion.number)).all()


def published_to(session: Session, actor: Actor) -> Sequence[ChecklistVersion]:
    """List the published versions that this person sees, by code."""
    rows = select(ChecklistVersion).where(ChecklistVersion.state == PUBLISHED, visible_to(actor))
    return session.scalars(rows.order_by(ChecklistVersion.code)).all()


def every(session: Session, *, published_only: bool) -> Sequence[ChecklistVersion]:
    """List the versions of all lists by code and number, whoever owns them."""
    rows = select(ChecklistVersion).options(joinedload(ChecklistVersion.owner))
    if published_only:
        rows = rows.where(ChecklistVersion.state == PUBLISHED)
    return session.scalars(rows.order_by(ChecklistVersion.code, ChecklistVersion.number)).all()


def versions(session: Session, actor: Actor, code: str) -> Sequence[ChecklistVersion]:
    """List every version of a list that this person sees, newest first."""
    rows = select(ChecklistVersion).where(ChecklistVersion.code == code, visible_to(actor))
    return session.scalars(rows.order_by(ChecklistVersion.number.desc())).all()


def newest_published(session: Session, code: str) -> ChecklistVersion | None:
    """Return the published version of a list, None when there is none."""
    published = select(ChecklistVersion).where(ChecklistVersion.code == code, ChecklistVersion.state == PUBLISHED)
    return session.scalar(published.order_by(ChecklistVersion.number.desc()).limit(1))


def parent_of(session: Session, version: ChecklistVersion) -> Checklist | None:
    """Return the content of the version that a list was derived from, None for one that was not."""
    if not version.parent:
        return None
    return content(version_of(session, parent_code(version.parent), parent_number(version.parent)))


def content(version: ChecklistVersion) -> Checklist:
    """Return the definition kept in a version."""
    return _rebuilt(_Kept(version))


def register() -> Register:
    """Return the register of legal bases that this installation ships with."""
    return _register(FOLDER / "bases.toml")


def cited(item: Item, on: date) -> tuple[CitedBasis, ...]:
    """Return the bases of an item with what stands against each on a day; one that left the register is left out."""
    bases = register()
    return tuple(_cited(bases, each, on) for each in item.citations if each.basis in bases)


def _cited(bases: Register, citation: Citation, on: date) -> CitedBasis:
    basis = bases[citation.basis]
    doubts = bases.doubts(citation.basis, on, with_article=citation.article is not None)
    unbound = "" if basis.in_force(on) else STANDING_LABELS[standings(basis, on)[0]]
    return CitedBasis(citation, basis, doubts, unbound or (TO_CHECK if doubts else ""))


class _Kept:
    """A version as a cache key: equal content hashes hold equal content."""

    def __init__(self, version: ChecklistVersion) -> None:
        self.version, self.digest = version, version.content_hash

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.digest == self.digest


@lru_cache(maxsize=256)
def _rebuilt(kept: _Kept) -> Checklist:
    return from_json(kept.version.content)


@cache
def _register(path: Path) -> Register:
    return load_register(path)
