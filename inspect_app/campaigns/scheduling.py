"""Distributing visits over teams and working days. Pure: the same jobs, teams and days give the same timetable.

First every job gets a team: the jobs of a county stay together as far as the teams can be loaded evenly; a move or a
chain of moves that makes the loads more even is always made, so that two teams differ by more than one visit only where
avoidance leaves no other way. Then each team's jobs are laid on its days, county by county. What finds no room with its
own team is offered to the others; what fits nowhere comes back with the reason.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from inspect_app.core.labels import Sentence, mark, say

FULL = Fraction(1)


@dataclass(frozen=True)
class Job:
    """A visit, or a journey of several, that one team makes on one day; `cost` is the part of the day it takes."""

    key: str
    county: str
    cost: Fraction = FULL
    place: str = ""


@dataclass(frozen=True)
class Placed:
    """A job with its team and its day."""

    key: str
    team: int
    on: date


@dataclass(frozen=True)
class Unplaced:
    """A job that fits nowhere, and why."""

    key: str
    why: Sentence


@dataclass(frozen=True)
class Timetable:
    """Who goes where and when, in the order of days and teams."""

    placed: tuple[Placed, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is known while placing: `forbidden` maps (team, job key) to the reason why that team keeps away.

    `taken` is the part of a team's day that is occupied already, `held` the jobs that each team has already.
    """

    jobs: Sequence[Job]
    teams: Sequence[int]
    days: Sequence[date]
    forbidden: Mapping[tuple[int, str], Sentence] = field(default_factory=dict)
    taken: Mapping[tuple[int, date], Fraction] = field(default_factory=dict)
    held: Mapping[int, int] = field(default_factory=dict)


def timetable(plan: Plan) -> Timetable:
    """Distribute the jobs of a plan."""
    assigned, homeless = assign(plan)
    room = {(team, day): FULL - plan.taken.get((team, day), Fraction(0)) for team in plan.teams for day in plan.days}
    placed: list[Placed] = []
    left: list[Job] = []
    for team in plan.teams:
        done, over = _lay(team, assigned[team], plan.days, room)
        placed += done
        left += over
    unplaced = list(homeless)
    for job in left:
        found = _elsewhere(job, plan, room)
        if found:
            placed.append(found)
        else:
            unplaced.append(Unplaced(job.key, say(mark("期限内各组都排满了：请延长期限、增加检查组或减少对象。"))))
    return Timetable(tuple(sorted(placed, key=lambda each: (each.on, each.team, each.key))), tuple(unplaced))


def assign(plan: Plan) -> tuple[dict[int, list[Job]], list[Unplaced]]:
    """Give every job a team that may go there, loads as even as possible; returns the jobs no team may take apart."""
    loads: dict[int, list[Job]] = {team: [] for team in plan.teams}
    homeless: list[Unplaced] = []
    share = _quotas(plan)
    for county in _counties(plan.jobs):
        for job in county:
            able = [team for team in plan.teams if (team, job.key) not in plan.forbidden]
            if not able:
                homeless.append(Unplaced(job.key, _nobody(plan, job)))
                continue
            loads[min(able, key=lambda team: _preference(team, job, loads, share, plan))].append(job)
    while _even_out(loads, plan):
        pass
    return {team: _in_order(jobs) for team, jobs in loads.items()}, homeless


def _counties(jobs: Iterable[Job]) -> list[list[Job]]:
    """Return the jobs county by county, the county with most of them first."""
    groups: dict[str, list[Job]] = {}
    for job in _in_order(jobs):
        groups.setdefault(job.county, []).append(job)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].county))


def _in_order(jobs: Iterable[Job]) -> list[Job]:
    return sorted(jobs, key=lambda job: (job.county, job.place, job.key))


def _quotas(plan: Plan) -> Fraction:
    total = len(plan.jobs) + sum(plan.held.values())
    return Fraction(total, max(len(plan.teams), 1))


def _preference(
    team: int, job: Job, loads: Mapping[int, Sequence[Job]], share: Fraction, plan: Plan
) -> tuple[bool, bool, int, int]:
    """Rank a team for a job: one below its share that is in the county already comes first, then the least loaded."""
    load = len(loads[team]) + plan.held.get(team, 0)
    knows = bool(loads[team]) and any(each.county == job.county for each in loads[team])
    return load >= share, not knows, load, team


def _even_out(loads: dict[int, list[Job]], plan: Plan) -> bool:
    """Move jobs along the shortest chain from a team to one with at least two fewer; False when there is none."""
    size = {team: len(jobs) + plan.held.get(team, 0) for team, jobs in loads.items()}
    for start in sorted(loads, key=lambda team: (-size[team], team)):
        chain = _chain(start, loads, plan, size)
        if chain:
            for source, target, job in chain:
                loads[source].remove(job)
                loads[target].append(job)
            return True
    return False


def _chain(
    start: int, loads: Mapping[int, Sequence[Job]], plan: Plan, size: Mapping[int, int]
) -> list[tuple[int, int, Job]]:
    came: dict[int, tuple[int, Job]] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for target in sorted(loads, key=lambda team: (size[team], team)):
            if target == start or target in came:
                continue
            job = _movable(loads[here], target, loads[target], plan)
            if job is None:
                continue
            came[target] = (here, job)
            if size[start] - size[target] >= 2:  # noqa: PLR2004 - moving one makes them more even
                return _followed(start, target, came)
            queue.append(target)
    return []


def _movable(jobs: Sequence[Job], target: int, there: Sequence[Job], plan: Plan) -> Job | None:
    """Choose the job to move: of a county that the target visits anyway, else of one with few jobs here."""
    able = [job for job in jobs if (target, job.key) not in plan.forbidden]
    here, known = Counter(job.county for job in jobs), {job.county for job in there}
    return min(able, key=lambda job: (job.county not in known, here[job.county], job.county, job.key), default=None)


def _followed(start: int, end: int, came: Mapping[int, tuple[int, Job]]) -> list[tuple[int, int, Job]]:
    chain = []
    while end != start:
        source, job = came[end]
        chain.append((source, end, job))
        end = source
    return chain


def _lay(
    team: int, jobs: Sequence[Job], days: Sequence[date], room: dict[tuple[int, date], Fraction]
) -> tuple[list[Placed], list[Job]]:
    """Lay a team's jobs on its days: each county begins a day of its own unless that leaves no room."""
    for apart in (True, False):
        trial = dict(room)
        placed, over = _walk(team, jobs, days, trial, apart=apart)
        if not over or not apart:
            break
    room.update(trial)
    return placed, over


def _walk(
    team: int, jobs: Sequence[Job], days: Sequence[date], room: dict[tuple[int, date], Fraction], *, apart: bool
) -> tuple[list[Placed], list[Job]]:
    placed: list[Placed] = []
    over: list[Job] = []
    at, before = 0, ""
    for job in jobs:
        if apart and placed and job.county != before and at < len(days) and placed[-1].on == days[at]:
            at += 1
        here = next((n for n in range(at, len(days)) if room[team, days[n]] >= job.cost), None)
        if here is None:
            here = None if apart else next((n for n in range(at) if room[team, days[n]] >= job.cost), None)
        if here is None:
            over.append(job)
            continue
        room[team, days[here]] -= job.cost
        placed.append(Placed(job.key, team, days[here]))
        at, before = max(at, here), job.county
    return placed, over


def _elsewhere(job: Job, plan: Plan, room: dict[tuple[int, date], Fraction]) -> Placed | None:
    able = [team for team in plan.teams if (team, job.key) not in plan.forbidden]
    for day in plan.days:
        for team in able:
            if room[team, day] >= job.cost:
                room[team, day] -= job.cost
                return Placed(job.key, team, day)
    return None


def _nobody(plan: Plan, job: Job) -> Sentence:
    if not plan.teams:
        return say(mark("还没有检查组。"))
    reasons = [str(plan.forbidden[team, job.key]) for team in plan.teams]
    return say(mark("没有哪个组可以去：%(reasons)s"), reasons="".join(dict.fromkeys(reasons)))
