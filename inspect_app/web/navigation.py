"""The side navigation: each package registers its own entry in its `init_app`, and people see those they may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import Flask, current_app, request, url_for

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark

GROUPS = (
    (0, ""),
    (10, mark("隐患整改")),
    (15, mark("年度工作")),
    (20, mark("督导检查")),
    (30, mark("台账与报表")),
    (60, mark("考核与通报")),
    (90, mark("系统管理")),
)
"""From which order on entries stand under which heading."""
FEW = 8
Count = Callable[[Actor], int]
Place = Callable[[Actor], str]


@dataclass(frozen=True)
class Entry:
    """A registered place to go."""

    label: str
    endpoint: str
    permissions: tuple[Permission, ...]
    count: Count | None
    order: int


@dataclass(frozen=True)
class Link:
    """An entry as this person sees it on this page; `count` None or 0 is not shown.

    `heading` stands above the first entry of each group, where there are so many that they need grouping.
    """

    label: str
    href: str
    count: int | None
    current: bool
    heading: str = ""


class Navigation:
    """What has been registered for one application."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.place: Place | None = None


def init_app(app: Flask) -> None:
    """Begin with the trail, whose package lies below this one and cannot register it."""
    app.extensions["navigation"] = Navigation()
    register(app, mark("审计记录"), "audit.entries", Permission.VIEW_AUDIT, order=95)


def register(
    app: Flask, label: str, endpoint: str, *permissions: Permission, count: Count | None = None, order: int = 100
) -> None:
    """Add an entry: a marked Chinese label, an endpoint without arguments, and the permissions of which any will do.

    Without permissions everybody sees it. `count` gives the figure beside it in at most one cheap query.
    Lower `order` stands higher, in the groups of GROUPS: home 0, hazards 10, work plans 15, inspections and checklists
    20, sites, registers, returns and documents 30, assessments and overview 60, administration 90 and more.
    """
    app.extensions["navigation"].entries.append(Entry(label, endpoint, permissions, count, order))


def name_place(app: Flask, place: Place) -> None:
    """Say how to find what stands at the left of the top bar: the person's unit or region."""
    app.extensions["navigation"].place = place


def place_of(actor: Actor) -> str:
    """Return the person's unit or region as registered, "" when nothing is."""
    place: Place | None = current_app.extensions["navigation"].place
    return place(actor) if place else ""


def links_for(actor: Actor, *, with_counts: bool = True) -> list[Link]:
    """List the entries this person may use, in order; the one the page belongs to is marked current."""
    entries: list[Entry] = current_app.extensions["navigation"].entries
    open_to_them = [
        (entry, url_for(entry.endpoint))
        for entry in sorted(entries, key=lambda entry: entry.order)
        if entry.endpoint in current_app.view_functions and _permitted(entry, actor)
    ]
    here = max((href for _entry, href in open_to_them if _covers(href, request.path)), key=len, default="")
    headings = _headings([entry for entry, _href in open_to_them])
    return [
        Link(entry.label, href, entry.count(actor) if with_counts and entry.count else None, href == here, heading)
        for (entry, href), heading in zip(open_to_them, headings, strict=True)
    ]


def _headings(entries: Sequence[Entry]) -> list[str]:
    """Give the first entry of each group its heading, and none to few entries."""
    if len(entries) <= FEW:
        return [""] * len(entries)
    groups = [max(heading for heading in GROUPS if heading[0] <= max(entry.order, 0))[1] for entry in entries]
    return ["" if before == group else group for before, group in pairwise(["", *groups])]


def _permitted(entry: Entry, actor: Actor) -> bool:
    return not entry.permissions or any(actor.can(permission) for permission in entry.permissions)


def _covers(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
