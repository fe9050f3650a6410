"""How far a campaign has come, as far as the person may see: visits by state, team and county, and what they found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.campaigns.models import Campaign, CampaignVisit, Team
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to as hazards_visible_to
from inspect_app.hazards.words import Grade
from inspect_app.inspections.lifecycle import DONE_STATES, STATES, VOIDED
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import visible_to
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class Line:
    """Visits of a team or a county: those that count, and those of them that are done. `code` names the county."""

    label: str | Sentence
    total: int
    done: int
    code: str = ""


@dataclass(frozen=True)
class Progress:
    """Counts of visits by state; `total` leaves voided ones out. Hazards by grade."""

    states: dict[str, int]
    teams: tuple[Line, ...]
    counties: tuple[Line, ...]
    hazards: dict[str, int]

    @property
    def total(self) -> int:
        """Count the visits that are not voided."""
        return sum(number for state, number in self.states.items() if state != VOIDED)

    @property
    def done(self) -> int:
        """Count the visits that were submitted."""
        return sum(self.states[state] for state in DONE_STATES)

    def figures(self) -> dict[str, int]:
        """Return every figure of the page under the name it has there."""
        found = {"total": self.total, "done": self.done, "open": self.total - self.done}
        found |= {f"state-{state}": number for state, number in self.states.items()}
        found |= {f"hazard-{grade}": number for grade, number in self.hazards.items()}
        for kind, lines in (("team", self.teams), ("county", self.counties)):
            for number, line in enumerate(lines):
                found |= {f"{kind}-{number}-total": line.total, f"{kind}-{number}-done": line.done}
        return found


def progress_of(session: Session, actor: Actor, campaign: Campaign) -> Progress:
    """Count in two queries."""
    rows = (
        select(Inspection.state, Team.number, Region.code, Region.name, func.count())
        .join(CampaignVisit, CampaignVisit.inspection_id == Inspection.id)
        .outerjoin(Team, Team.id == CampaignVisit.team_id)
        .join(Region, Region.id == Inspection.county_id)
        .where(CampaignVisit.campaign_id == campaign.id, visible_to(actor))
        .group_by(Inspection.state, Team.number, Region.code, Region.name)
    )
    counted = [(state, number, code, name, many) for state, number, code, name, many in session.execute(rows).tuples()]
    states: Counter[str] = Counter()
    for state, _number, _code, _name, many in counted:
        states[state] += many
    living = [row for row in counted if row[0] != VOIDED]
    numbers = sorted({row[1] for row in living if row[1] is not None})
    teams = [_line(say(mark("第 %(number)s 组"), number=n), [row for row in living if row[1] == n]) for n in numbers]
    places = sorted({(row[2], row[3]) for row in living})
    counties = [_line(name, [row for row in living if row[2] == code], code) for code, name in places]
    by_state = {state: states[state] for state in STATES}
    return Progress(by_state, tuple(teams), tuple(counties), _hazards(session, actor, campaign))


def hazards_of(session: Session, actor: Actor, campaign: Campaign, limit: int = 50) -> Sequence[Hazard]:
    """List the hazards that the visits made, newest first."""
    rows = select(Hazard).where(_made_by(campaign), hazards_visible_to(actor))
    return session.scalars(rows.order_by(Hazard.id.desc()).limit(limit)).all()


def _hazards(session: Session, actor: Actor, campaign: Campaign) -> dict[str, int]:
    rows = select(Hazard.grade, func.count()).where(_made_by(campaign), hazards_visible_to(actor))
    counted = dict(session.execute(rows.group_by(Hazard.grade)).tuples().all())
    return {grade.value: counted.get(grade, 0) for grade in (Grade.MAJOR, Grade.GENERAL)}


def _made_by(campaign: Campaign) -> ColumnElement[bool]:
    """Return the condition on hazards that visits of a campaign made; the site narrows first, by its index."""
    visits = Inspection.campaign_id == campaign.id
    return and_(
        Hazard.site_id.in_(select(Inspection.site_id).where(visits)),
        Hazard.origin_reference.in_(select(Inspection.reference).where(visits)),
    )


def _line(label: str | Sentence, rows: Sequence[tuple[str, int | None, str, str, int]], code: str = "") -> Line:
    return Line(label, sum(row[4] for row in rows), sum(row[4] for row in rows if row[0] in DONE_STATES), code)
