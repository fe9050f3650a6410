"""Who may make a visit to a site, which lists it may use, and which of them are meant for the site."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import lists_for, published_for
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections.queries import people_for
from inspect_app.sites.models import Site


class Offers:
    """People and lists for visits, looked up once a region: for planning many visits within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people: dict[tuple[int, str], list[User]] = {}
        self._lists: dict[int, Sequence[ChecklistVersion]] = {}

    def people(self, site: Site, kind: str) -> list[User]:
        """List the people who may make a visit of this kind to a site."""
        key = (site.region_id, kind)
        if key not in self._people:
            self._people[key] = people_for(self._session, site, kind)
        return self._people[key]

    def lists(self, site: Site) -> Sequence[ChecklistVersion]:
        """List the published versions that may be used at a site."""
        if site.region_id not in self._lists:
            self._lists[site.region_id] = offered(self._session, site)
        return self._lists[site.region_id]


def offered(session: Session, site: Site) -> Sequence[ChecklistVersion]:
    """List the published versions that may be used in the site's region, by code."""
    return published_for(session, site.region_id)


def fitting(session: Session, site: Site) -> list[str]:
    """Return the codes of the lists meant for the site's category."""
    return [version.code for version in lists_for(session, site.category, site.region_id)]


def versions_for(offers: Offers, site: Site, codes: Iterable[str]) -> list[ChecklistVersion]:
    """Return the versions that a visit with these lists uses, each once.

    A list that the region replaced by its own stands for that one. Raises NotFound for one that is not published here.
    """
    known = offers.lists(site)
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
