"""Making a draw, keeping all that is needed to repeat it, and repeating it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.campaigns import queries
from inspect_app.campaigns.drawing import Pool, Result, Rules, differences, draw, fingerprint, in_order
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.lifecycle import DRAFT, ISSUED, in_charge
from inspect_app.campaigns.models import Campaign, CampaignVisit, Draw
from inspect_app.campaigns.pool import pool_of
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.frozen import freeze, thaw
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.references import next_reference
from inspect_app.inspections.lifecycle import VOIDED
from inspect_app.inspections.models import Inspection

SEED_BYTES, LONGEST_SEED = 8, 64


@dataclass(frozen=True)
class Replay:
    """A draw done again: `result` from the kept pool and seed, and what stands against it.

    `tampered`: what is kept does not fit its own hash, or does not give the kept result. `changed` says how the
    registers differ now from the pool that was drawn from, visits made since the draw aside.
    """

    result: Result
    tampered: tuple[Sentence, ...]
    changed: tuple[Sentence, ...]

    @property
    def faithful(self) -> bool:
        """Whether the draw comes out the same from what is kept."""
        return not self.tampered


def make_draw(
    session: Session, actor: Actor, campaign: Campaign, rules: Rules, *, seed: str = "", reason: str = ""
) -> Draw:
    """Draw for a campaign and keep pool, rules, seed and result; without a seed one is made.

    Raises Invalid without a reason when the campaign was drawn for before, and Conflict when visits hang on that draw.
    """
    _check(actor, campaign)
    lock(session, campaign)
    before = latest(session, campaign)
    problems = _problems(before, seed, reason)
    if before is not None and visits_of(session, before):
        raise Conflict(mark("上次抽取的检查已经安排，不能重抽。确需重抽的，请先把这些检查作废。"))
    at = clock.now()
    pool = pool_of(session, campaign, at)
    if not pool.objects:
        problems["pool"] = [mark("范围内没有在册的检查对象，无从抽取。")]
    if problems:
        raise Invalid(problems)
    seed = seed.strip() or secrets.token_hex(SEED_BYTES)
    kept = Draw(
        reference=next_reference(session, f"CQ-{campaign.region.code}-{at.year}"),
        campaign=campaign,
        number=before.number + 1 if before else 1,
        seed=seed,
        rules=freeze(rules),
        pool=freeze(pool),
        pool_hash=fingerprint(pool, rules),
        result=freeze(draw(pool, rules, seed)),
        reason=reason.strip(),
        replaces_id=before.id if before else None,
        drawn_at=at,
        drawn_by_id=actor.id,
        drawn_by_name=actor.name,
    )
    session.add(kept)
    session.flush()
    told = {"seed": seed, "pool_hash": kept.pool_hash, "objects": len(result_of(kept).drawn), "reason": kept.reason}
    audit.record(
        session,
        actor,
        "campaign.draw",
        kind=queries.SUBJECT,
        id=campaign.id,
        reference=kept.reference,
        region_id=campaign.region_id,
        changes={name: [None, value] for name, value in told.items()},
    )
    return kept


def replay(session: Session, kept: Draw) -> Replay:
    """Do a draw again from what is kept, and compare its pool with the registers as they are now."""
    pool, rules = pool_in(kept), rules_of(kept)
    result = draw(pool, rules, kept.seed)
    tampered = []
    if fingerprint(pool, rules) != kept.pool_hash:
        tampered.append(say(mark("抽样库与公布的校验码不符，已被改动。")))
    if freeze(result) != kept.result:
        tampered.append(say(mark("按原来的抽样库、规则和种子得不到记录的结果，结果已被改动。")))
    now = pool_of(session, kept.campaign, kept.drawn_at)
    return Replay(result, tuple(tampered), tuple(differences(pool, now)))


def replay_from(kept: Draw, pool: Pool) -> list[Sentence]:
    """Tell how another pool differs from the one drawn from; empty when it is the same."""
    return differences(pool_in(kept), in_order(pool))


def of_campaign(session: Session, campaign: Campaign) -> Sequence[Draw]:
    """List the draws of a campaign, the latest first."""
    rows = select(Draw).where(Draw.campaign_id == campaign.id).order_by(Draw.number.desc())
    return session.scalars(rows).all()


def latest(session: Session, campaign: Campaign) -> Draw | None:
    """Return the draw that counts for a campaign, None before the first."""
    return next(iter(of_campaign(session, campaign)), None)


def by_reference(session: Session, actor: Actor, reference: str) -> Draw:
    """Find a draw by its reference; one of a campaign out of sight is not found."""
    rows = select(Draw).join(Campaign).where(Draw.reference == reference, queries.visible_to(actor))
    kept = session.scalar(rows.options(joinedload(Draw.campaign)))
    if kept is None:
        raise NotFound
    return kept


def visits_of(session: Session, kept: Draw) -> list[int]:
    """Return the keys of the visits that were made of a draw and not voided."""
    rows = (
        select(CampaignVisit.inspection_id)
        .join(Inspection, Inspection.id == CampaignVisit.inspection_id)
        .where(CampaignVisit.draw_id == kept.id, Inspection.state != VOIDED)
    )
    return list(session.scalars(rows))


def pool_in(kept: Draw) -> Pool:
    """Return the pool that a draw was made from."""
    return thaw(Pool, kept.pool)


def rules_of(kept: Draw) -> Rules:
    """Return the rules of a draw."""
    return thaw(Rules, kept.rules)


def result_of(kept: Draw) -> Result:
    """Return what a draw gave."""
    return thaw(Result, kept.result)


def as_json(kept: Draw) -> dict[str, Any]:
    """Return everything that is published of a draw, enough to repeat it elsewhere."""
    return {
        "draw": kept.reference,
        "campaign": kept.campaign.reference,
        "number": kept.number,
        "reason": kept.reason,
        "drawn_at": kept.drawn_at.isoformat(),
        "drawn_by": kept.drawn_by_name,
        "seed": kept.seed,
        "rules": kept.rules,
        "pool_hash": kept.pool_hash,
        "pool": kept.pool,
        "result": kept.result,
    }


def _check(actor: Actor, campaign: Campaign) -> None:
    if not (actor.can(Permission.PLAN_CAMPAIGN) and in_charge(campaign, actor)):
        raise Forbidden(mark("您只能为本地区拟制的方案抽取。"))
    if not KINDS[campaign.kind].drawn:
        raise Conflict(mark("只有双随机检查的方案才抽取。"))
    if campaign.state not in (DRAFT, ISSUED):
        raise Conflict(mark("方案已办结或作废，不能再抽取。"))


def _problems(before: Draw | None, seed: str, reason: str) -> dict[str, list[str]]:
    found = {}
    if before is not None and not reason.strip():
        found["reason"] = [mark("这个方案已经抽取过。重抽必须写明原因，原因和上次结果一并公布。")]
    if len(seed.strip()) > LONGEST_SEED:
        found["seed"] = [mark("随机种子不能超过 64 个字符。")]
    return found
