"""What documents may be about: packages above say how a case fills a document, and who sees it.

A package registers its kind of subject from its own `papers.py`: `register("hazard", Source(build, related, seen))`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import Sentence, mark
from inspect_app.regions.models import Region

if TYPE_CHECKING:
    from inspect_app.documents.models import Document

Data = dict[str, Any]
Case = tuple[str, str]
Build = Callable[[Session, Actor, str, str], tuple[Region, Data]]
Related = Callable[[Session, str], list[Case]]
Seen = Callable[[Actor, SQLColumnExpression[str]], ColumnElement[bool]]
Missing = Callable[[Session, "Document"], Iterable[Sentence]]
Followed = Callable[[Session, Actor, "Document", str, str], None]


@dataclass(frozen=True)
class Source:
    """How one kind of subject takes part.

    `build(session, actor, reference, kind)` gives the region and what is known for the fields of a kind of document,
    raising NotFound for what the person does not see. `related(session, reference)` lists the (kind, reference) pairs
    whose documents belong to the same case, besides itself. `seen(actor, column)` is the condition on a column of
    references that leaves the subjects this person sees. `endpoint` shows the subject, its reference given as
    `parameter`. `named(actor, column)` is the condition on a column of keys that leaves the documents which name
    something this person sees; who is named reads what was issued, wherever it was drawn up.

    `missing(session, document)` says what stands against issuing besides the document itself, and
    `followed(session, actor, document, action, reason)` is told when one was issued or voided, in the same transaction.
    What is `fixed` is written by the package of the subject alone: nobody fills it in or corrects it as a document.
    """

    build: Build
    related: Related
    seen: Seen
    endpoint: str
    parameter: str = "reference"
    named: Seen | None = None
    missing: Missing | None = None
    followed: Followed | None = None
    fixed: bool = False


_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Let documents be drawn up about a kind of subject (called from a package's `init_app`)."""
    _sources[kind] = source


def registered() -> Mapping[str, Source]:
    """Return every kind of subject with its source."""
    return _sources


def build(session: Session, actor: Actor, subject: Case, kind: str) -> tuple[Region, Data]:
    """Return region and known data of a case for a kind of document; NotFound where the person does not see it."""
    source = _sources.get(subject[0])
    if source is None:
        raise NotFound(mark("没有找到文书所依据的事项：请从隐患、检查或方案页面开具。"))
    return source.build(session, actor, subject[1], kind)


def objections(session: Session, document: "Document") -> list[Sentence]:
    """List what the subject of a document has against its being issued."""
    source = _sources.get(document.subject_kind)
    return [*source.missing(session, document)] if source and source.missing else []


def tell(session: Session, actor: Actor, document: "Document", action: str, reason: str = "") -> None:
    """Let the subject of a document know that it was issued or voided."""
    source = _sources.get(document.subject_kind)
    if source and source.followed:
        source.followed(session, actor, document, action, reason)


def is_fixed(kind: str) -> bool:
    """Tell whether documents about this kind of subject are written by its package alone."""
    source = _sources.get(kind)
    return source is not None and source.fixed


def case_of(session: Session, subject: Case) -> list[Case]:
    """List the subjects whose documents belong to one case: the subject itself and what its source relates."""
    source = _sources.get(subject[0])
    return [subject, *(source.related(session, subject[1]) if source else [])]
