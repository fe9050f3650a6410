"""What documents may be about: packages above say how a case fills a document, and who sees it.

A package registers its kind of subject from its own `papers.py`: `register("hazard", Source(build, related, seen))`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region

Data = dict[str, Any]
Case = tuple[str, str]
Build = Callable[[Session, Actor, str, str], tuple[Region, Data]]
Related = Callable[[Session, str], list[Case]]
Seen = Callable[[Actor, SQLColumnExpression[str]], ColumnElement[bool]]


@dataclass(frozen=True)
class Source:
    """How one kind of subject takes part.

    `build(session, actor, reference, kind)` gives the region and what is known for the fields of a kind of document,
    raising NotFound for what the person does not see. `related(session, reference)` lists the (kind, reference) pairs
    whose documents belong to the same case, besides itself. `seen(actor, column)` is the condition on a column of
    references that leaves the subjects this person sees. `endpoint` shows the subject, its reference given as
    `parameter`. `named(actor, column)` is the condition on a column of keys that leaves the documents which name
    something this person sees; who is named reads what was issued, wherever it was drawn up.
    """

    build: Build
    related: Related
    seen: Seen
    endpoint: str
    parameter: str = "reference"
    named: Seen | None = None


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


def case_of(session: Session, subject: Case) -> list[Case]:
    """List the subjects whose documents belong to one case: the subject itself and what its source relates."""
    source = _sources.get(subject[0])
    return [subject, *(source.related(session, subject[1]) if source else [])]
