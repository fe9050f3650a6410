"""Changing the register of sites."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Unpack
from uuid import uuid4

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import plain
from inspect_app.core.references import next_references
from inspect_app.regions.models import Region
from inspect_app.regions.queries import county_of, covers, ensure_unit
from inspect_app.sites.fields import BLANK, SiteFields
from inspect_app.sites.models import Site
from inspect_app.sites.rules import problems_of

UNITS = {"responsible_unit": "responsible_unit_id", "supervising_unit": "supervising_unit_id"}
PERSONAL = frozenset({"contact_person"})


class _Surroundings:
    """Counties and units around the sites that are written together, each looked up once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self._counties: dict[int, Region] = {}
        self._units: dict[tuple[int, str], int] = {}

    def county(self, region_id: int) -> Region:
        """Return the county of a region where the person enters data; raises Forbidden elsewhere."""
        if region_id not in self._counties:
            if not may_edit(self.session, self.actor, region_id):
                raise Forbidden(mark("您只能登记和修改本地区的检查对象。"))
            self._counties[region_id] = county_of(self.session, region_id)
        return self._counties[region_id]

    def unit_id(self, county_id: int, name: str) -> int | None:
        """Return the unit of a county that a name means, made when nobody has named it before; None without a name."""
        if name and (county_id, name) not in self._units:
            self._units[county_id, name] = ensure_unit(self.session, county_id, name, "department").id
        return self._units[county_id, name] if name else None


def register(session: Session, actor: Actor, **fields: Unpack[SiteFields]) -> Site:
    """Put a site into the register under a reference DX-{county}-{category}-{nnnn}; raises Invalid or Forbidden."""
    return register_many(session, actor, [fields])[0]


def register_many(session: Session, actor: Actor, many: Iterable[SiteFields]) -> list[Site]:
    """Put sites into the register as `register` does, in the order given."""
    around = _Surroundings(session, actor)
    cards = [_checked({**BLANK, "region_id": None, **fields}) for fields in many]
    counties = [around.county(card["region_id"]) for card in cards]
    prefixes = [f"DX-{county.code}-{card['category']}" for county, card in zip(counties, cards, strict=True)]
    given = {prefix: iter(next_references(session, prefix, count)) for prefix, count in Counter(prefixes).items()}
    made = []
    for card, county, prefix in zip(cards, counties, prefixes, strict=True):
        site = Site(uuid=str(uuid4()), reference=next(given[prefix]), county_id=county.id, created_at=clock.now())
        _fill(site, card, around)
        made.append(site)
    session.add_all(made)
    session.flush()
    for site, card in zip(made, cards, strict=True):
        changes = {name: [None, value] for name, value in _told(card).items() if value not in (None, "", False)}
        _record(session, actor, "site.register", site, changes)
    return made


def update(session: Session, actor: Actor, site: Site, version: int, **fields: Unpack[SiteFields]) -> Site:
    """Change fields of a card; `version` is the one the form was drawn with. Raises Stale, Invalid or Forbidden."""
    _update(_Surroundings(session, actor), site, version, fields)
    return site


def update_many(session: Session, actor: Actor, many: Iterable[tuple[Site, int, SiteFields]]) -> None:
    """Change cards as `update` does: each with the version it was compared with and the fields to change."""
    around = _Surroundings(session, actor)
    for site, version, fields in many:
        _update(around, site, version, fields)


def _update(around: _Surroundings, site: Site, version: int, fields: SiteFields) -> None:
    lock(around.session, site)
    if version != site.version:
        raise Stale
    before = card_of(site)
    card = _checked({**before, **fields})
    if card["category"] != site.category:
        raise Invalid({"category": [mark("类别写在编号里，登记后不能修改；请停用后重新登记。")]})
    around.county(site.region_id)
    site.county_id = around.county(card["region_id"]).id
    old, new = _told(before), _told(card)
    changes = {name: [old[name], new[name]] for name in new if card[name] != before[name]}
    if changes:
        _fill(site, card, around)
        site.duplicate_of_id = None if site.active else site.duplicate_of_id
        site.version += 1
        _record(around.session, around.actor, "site.update", site, changes)


def card_of(site: Site) -> dict[str, Any]:
    """Return the fields of a site as `register` takes them."""
    card: dict[str, Any] = {name: getattr(site, name) for name in (*BLANK, "region_id") if name not in UNITS}
    for name in UNITS:
        unit = getattr(site, name)
        card[name] = unit.name if unit else ""
    return card


def may_edit(session: Session, actor: Actor, region_id: int) -> bool:
    """Tell whether this person may register or change a site of a region."""
    if actor.role is None:
        return True
    within = actor.capture_region_id is not None and covers(session, actor.capture_region_id, region_id)
    return within and actor.can(Permission.EDIT_SITES)


def _checked(card: dict[str, Any]) -> dict[str, Any]:
    card = {name: value.strip() if isinstance(value, str) else value for name, value in card.items()}
    card["credit_code"] = card["credit_code"] or None
    problems: dict[str, list[str]] = problems_of(card, clock.today())
    if card["region_id"] is None:
        problems.setdefault("region_id", []).append(mark("请选择所在地区。"))
    if problems:
        raise Invalid(problems)
    return card


def _fill(site: Site, card: Mapping[str, Any], around: _Surroundings) -> None:
    for name, value in card.items():
        if name not in UNITS:
            setattr(site, name, value)
    for name, column in UNITS.items():
        setattr(site, column, around.unit_id(site.county_id, card[name]))


def _told(card: Mapping[str, Any]) -> dict[str, object]:
    return {name: mark("已填") if name in PERSONAL and value else plain(value) for name, value in card.items()}


def _record(session: Session, actor: Actor, action: str, site: Site, changes: Mapping[str, Any]) -> None:
    audit.record(
        session,
        actor,
        action,
        kind="site",
        id=site.id,
        reference=site.reference,
        region_id=site.region_id,
        changes=changes,
    )
