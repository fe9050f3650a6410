"""What a campaign tells the documents that are drawn up about it."""

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.campaigns.kinds import KIND_LABELS
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.queries import by_reference, visible_to
from inspect_app.documents import sources
from inspect_app.documents.definition import day_text
from inspect_app.regions.models import Region
from inspect_app.regions.queries import region_label


def register_papers() -> None:
    """Let documents be drawn up about campaigns."""
    sources.register("campaign", sources.Source(build, related, seen, "campaigns.show"))


def build(session: Session, actor: Actor, reference: str, kind: str) -> tuple[Region, sources.Data]:
    """Return the region that organises a campaign and what it says for the fields of a kind of document."""
    del kind
    campaign = by_reference(session, actor, reference)
    members = [member.user for team in campaign.teams for member in team.members]
    places = "、".join(region_label(each.region) for each in campaign.regions)
    return campaign.region, {
        "addressee": places,
        "site": places,
        "period": f"{day_text(campaign.starts_on)}至{day_text(campaign.ends_on)}",
        "method": KIND_LABELS.get(campaign.kind, campaign.kind),
        "content": campaign.requirements or campaign.title,
        "inspectors": [{"name": user.name, "credential": user.credential_number or ""} for user in members],
        "occasion": f"开展了{campaign.title}",
        "scope": f"{campaign.title}（{campaign.document_number or campaign.reference}）",
    }


def related(_session: Session, _reference: str) -> list[sources.Case]:
    """Return nothing: what follows a campaign is drawn up visit by visit."""
    return []


def seen(actor: Actor, column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Documents of a campaign are as hidden as the campaign."""
    return column.in_(select(Campaign.reference).where(visible_to(actor)))
