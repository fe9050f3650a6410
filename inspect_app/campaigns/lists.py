"""Which lists a campaign uses, for which object, and what of the must-look areas they look at.

Without chosen lists, an object is visited with those offered for its category. Of chosen lists an object gets those
offered for its category, and besides those that are offered for no category in the scope of the campaign: an office
that chooses schools and adds the list of plans wants the plans of every school looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Looked, looked_at
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.queries import content, published_for
from inspect_app.inspections.combinations import combination
from inspect_app.sites.models import Site
from inspect_app.sites.rules import CATEGORIES


@dataclass(frozen=True)
class Lists:
    """The lists published for the region of a campaign, by code, and those it chose (empty: by category)."""

    known: Mapping[str, Checklist]
    chosen: tuple[str, ...]
    categories: tuple[str, ...]

    def for_site(self, site: Site) -> list[str]:
        """Return the codes of the lists for a visit to this object."""
        fitting = [code for code, made in self.known.items() if site.category in offered_for(made)]
        if not self.chosen:
            return fitting
        return [code for code in fitting if code in self.chosen] + self._everywhere

    def in_use(self, categories: Iterable[str]) -> list[str]:
        """Return the codes of all lists that objects of these categories are visited with."""
        wanted = set(categories)
        fitting = [code for code, made in self.known.items() if wanted & set(offered_for(made))]
        return fitting if not self.chosen else [code for code in self.known if code in self.chosen]

    def items(self, codes: Iterable[str]) -> set[str]:
        """Return the codes of the items of these lists."""
        return {item.code for code in codes if code in self.known for item in self.known[code].items}

    @cached_property
    def _everywhere(self) -> list[str]:
        scope = set(self.categories) or set(CATEGORIES)
        return [code for code, made in self.known.items() if code in self.chosen and not scope & set(offered_for(made))]


def lists_of(session: Session, campaign: Campaign) -> Lists:
    """Read the lists that a campaign may use; where a county replaced one by its own, a visit there uses that one."""
    known = {version.code: content(version) for version in published_for(session, campaign.region_id)}
    return Lists(known, tuple(campaign.checklist_codes), tuple(campaign.categories))


def offered_for(checklist: Checklist) -> tuple[str, ...]:
    """Return the categories that a list is offered for."""
    return checklist.objects or (checklist.code,)


def in_use(session: Session, campaign: Campaign, categories: Iterable[str]) -> list[str]:
    """Return the codes of all lists that the campaign uses when it goes to objects of these categories."""
    known = lists_of(session, campaign)
    codes = known.in_use(categories)
    if not KINDS[campaign.kind].journeys:
        return codes
    together = combination(definition().journey).lists
    return [code for code in known.known if code in codes or code in together]


def must_look(lists: Lists, codes: Iterable[str]) -> list[Looked]:
    """Return the must-look areas beside the items of these lists that look at them."""
    areas = ((area.code, area.title, area.items) for area in definition().areas)
    return looked_at(areas, lists.items(codes))


def demanded(campaign: Campaign) -> bool:
    """Tell whether the region demands that every area is looked at; elsewhere it is advice."""
    return definition().demanded(campaign.kind, [each.region.code for each in campaign.regions])


def codes_of(lists: Lists, looked: Looked) -> list[str]:
    """Return the codes of the lists that ask the items of an area."""
    return [code for code in lists.known if lists.items([code]) & set(looked.items)]
