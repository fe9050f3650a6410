"""Drawing the closed hazards that are looked back at, keeping all that is needed to draw them again, and doing so."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import LookBackSample, LookBackTask
from inspect_app.chasing.rules import look_back_days
from inspect_app.chasing.sampling import Closed, choose, fingerprint
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.core.frozen import freeze, thaw
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.references import next_reference
from inspect_app.core.workdays import load_calendar
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import covers, visible

SEED_BYTES, LONGEST_SEED = 8, 64


@dataclass(frozen=True)
class Period:
    """Days of closure, both included."""

    start: date
    end: date


def draw_sample(session: Session, actor: Actor, region: Region, period: Period, seed: str = "") -> LookBackSample:
    """Draw from what was closed at or below a region, and plan the look backs; without a seed one is made.

    The same region, period and seed again give the sample that is kept. What stood in an earlier pool of an
    overlapping period is not drawn again, so nobody can try seeds until the result pleases.
    Raises Forbidden, and Invalid for an unfit period or seed, or when there is nothing to draw from.
    """
    _check(session, actor, region, period, seed)
    lock(session, region)
    if again := kept(session, region, period, seed):
        return again
    pool = pool_of(session, region, period)
    if not pool:
        raise Invalid({"": [mark("这段时间没有销号的隐患可抽：没有销号，或都已进过以前的抽样。请改换起止日期。")]})
    made = _keep(session, actor, region, period, seed.strip() or secrets.token_hex(SEED_BYTES), pool)
    told = {"seed": seed, "pool_hash": made.pool_hash, "pool": len(pool), "from": period.start, "to": period.end}
    record(session, actor, "look_back.draw", kind="look_back", id=made.id, reference=made.reference,
           region_id=region.id, changes={name: [None, str(value)] for name, value in told.items()})  # fmt: skip
    return made


def kept(session: Session, region: Region, period: Period, seed: str) -> LookBackSample | None:
    """Return the sample that was drawn from a region and period with this very seed."""
    return session.scalar(
        select(LookBackSample).where(
            LookBackSample.region_id == region.id,
            LookBackSample.start == period.start,
            LookBackSample.end == period.end,
            LookBackSample.seed == seed.strip(),
        )
    )


def pool_of(session: Session, region: Region, period: Period) -> list[Closed]:
    """Return the hazards closed in a period that no pool of an overlapping period held yet, by reference."""
    columns = select(Hazard.reference, Hazard.grade, Hazard.closed_on).where(
        Hazard.state == State.CLOSED,
        Hazard.closed_on.between(period.start, period.end),
        Hazard.county_id.in_(_below(region.id)),
    )
    known = _pooled(session, period)
    rows = session.execute(columns.order_by(Hazard.reference)).tuples()
    return [Closed(name, grade == Grade.MAJOR, on) for name, grade, on in rows if on and name not in known]


def replay(session: Session, sample: LookBackSample) -> list[Sentence]:
    """Draw a sample again from what is kept; return a sentence for each thing that does not fit, none when all does."""
    pool, share = pool_in(sample), chasing_share(sample)
    problems = []
    if fingerprint(pool, share) != sample.pool_hash:
        problems.append(say(mark("抽样库与存档的校验码不符，存档可能被改动过。")))
    planned = set(session.scalars(_planned(sample)))
    if {each.reference for each in choose(pool, share, sample.seed)} != planned:
        problems.append(say(mark("按存档的抽样库和种子重新抽取，结果与现有的回头看任务不同。")))
    return problems


def pool_in(sample: LookBackSample) -> list[Closed]:
    """Return the pool that is kept with a sample."""
    return [thaw(Closed, each) for each in sample.pool]


def chasing_share(sample: LookBackSample) -> Any:  # noqa: ANN401 - a Decimal
    """Return the share that is kept with a sample."""
    return thaw(type(chasing().look_back.share), sample.rules["share"])


def by_reference(session: Session, actor: Actor, reference: str) -> LookBackSample:
    """Find a sample; NotFound when it does not exist for this person."""
    rows = select(LookBackSample).where(LookBackSample.reference == reference, sample_seen(actor))
    found = session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def latest(session: Session, actor: Actor, limit: int = 50) -> Sequence[LookBackSample]:
    """List the samples that this person may see, the latest first."""
    rows = select(LookBackSample).where(sample_seen(actor)).order_by(LookBackSample.id.desc()).limit(limit)
    return session.scalars(rows).all()


def sample_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that leaves the samples drawn at or below what the person sees."""
    return visible(actor, LookBackSample.region_id, LookBackSample.region_id)


def _keep(
    session: Session, actor: Actor, region: Region, period: Period, seed: str, pool: Sequence[Closed]
) -> LookBackSample:
    terms, at = chasing().look_back, clock.now()
    made = LookBackSample(
        reference=next_reference(session, f"HT-{region.code}-{clock.today().year}"),
        region_id=region.id,
        start=period.start,
        end=period.end,
        seed=seed,
        rules={"share": freeze(terms.share), "after_days": freeze(terms.after_days)},
        pool=freeze(list(pool)),
        pool_hash=fingerprint(pool, terms.share),
        drawn_at=at,
        drawn_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    session.add_all(_tasks(session, made, {each.reference: each for each in choose(pool, terms.share, seed)}))
    session.flush()
    return made


def _tasks(session: Session, sample: LookBackSample, chosen: dict[str, Closed]) -> list[LookBackTask]:
    calendar, after = load_calendar(session), chasing().look_back.after_days
    rows = select(Hazard.id, Hazard.reference, Hazard.county_id).where(Hazard.reference.in_(chosen))
    return [
        LookBackTask(sample_id=sample.id, hazard_id=key, county_id=county, after_days=days, due_on=due_on)
        for key, reference, county in session.execute(rows.order_by(Hazard.reference)).tuples()
        for days, due_on in look_back_days(after, chosen[reference].closed_on, calendar).items()
    ]


def _check(session: Session, actor: Actor, region: Region, period: Period, seed: str) -> None:
    top = actor.view_region_id
    if not actor.can(Permission.LOOK_BACK) or (actor.role and not (top and covers(session, top, region.id))):
        raise Forbidden(mark("您不能在这个区域抽取回头看的隐患。"))
    problems: dict[str, list[str]] = {}
    if period.start > period.end or period.end > clock.today():
        problems["end"] = [mark("起止日期应先后有序，止日不晚于今天。")]
    if len(seed) > LONGEST_SEED:
        problems["seed"] = [mark("随机种子不超过 64 个字。")]
    if problems:
        raise Invalid(problems)


def _pooled(session: Session, period: Period) -> set[str]:
    earlier = select(LookBackSample.pool).where(LookBackSample.start <= period.end, LookBackSample.end >= period.start)
    return {each["reference"] for pool in session.scalars(earlier) for each in pool}


def _planned(sample: LookBackSample) -> Any:  # noqa: ANN401 - a select of references
    return select(Hazard.reference).join(LookBackTask).where(LookBackTask.sample_id == sample.id).distinct()


def _below(region_id: int) -> Any:  # noqa: ANN401 - a select of keys
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
