"""Which lists a visit to a site may use, and which of them are meant for it."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import lists_for, published_for
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.sites.models import Site


def offered(session: Session, site: Site) -> Sequence[ChecklistVersion]:
    """List the published versions that may be used in the site's region, by code."""
    return published_for(session, site.region_id)


def fitting(session: Session, site: Site) -> list[str]:
    """Return the codes of the lists meant for the site's category."""
    return [version.code for version in lists_for(session, site.category, site.region_id)]


def versions_for(session: Session, site: Site, codes: Iterable[str]) -> list[ChecklistVersion]:
    """Return the versions that a visit with these lists uses, each once.

    A list that the region replaced by its own stands for that one. Raises NotFound for one that is not published here.
    """
    known = offered(session, site)
    found: dict[str, ChecklistVersion] = {}
    for code in codes:
        version = next((each for each in known if _stands_for(each, code)), None)
        if version is None:
            raise NotFound(mark("检查表 %(code)s 没有可用于这个地区的已发布版本。"), code=code)
        found[version.code] = version
    return list(found.values())


def _stands_for(version: ChecklistVersion, code: str) -> bool:
    """Tell whether a version is of this list or derived from it: derived codes are the parent's with a region."""
    return version.code == code or bool(version.parent and version.code.startswith(f"{code}-"))
