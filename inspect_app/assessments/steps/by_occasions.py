"""Holding once more what is counted by the year: drills, trainings, days of remembrance that are still to come."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.assessments.sources import sources
from inspect_app.assessments.sources.of_registers import PREFIX
from inspect_app.assessments.steps.offer import HEAVY, USUAL, Offer, Setting
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted, Thing, total
from inspect_app.core.labels import mark, say
from inspect_app.registers import facts
from inspect_app.registers.figures import counted

DRILLS, FULL_SCALE = f"{PREFIX}drills.general", f"{PREFIX}drills.full_scale"
RESCUE, OFFICIALS = f"{PREFIX}trainings.rescue", f"{PREFIX}trainings.officials"
OCCASIONS = f"{PREFIX}publicity.occasions"
TITLES = {
    DRILLS: mark("再组织一次专项演练"),
    FULL_SCALE: mark("组织一次综合实战演练"),
    RESCUE: mark("再组织一次救援队伍训练"),
    OFFICIALS: mark("再组织一次干部或网格员培训"),
}
MOVED = {FULL_SCALE: (FULL_SCALE, DRILLS)}
DAYS: Mapping[str, tuple[int, int]] = {"全国防灾减灾日": (5, 12), "唐山地震纪念日": (7, 28), "国际减灾日": (10, 13)}
ON_THE_DAY = mark("在 %(occasion)s（%(day)s）办一次宣传")


def offers(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give as many steps as the scheme still asks for."""
    if setting.of_township:
        return
    for fact, title in TITLES.items():
        if fact in setting.scheme.facts:
            held = _held(session, setting, fact)
            for number in range(held + 1, int(setting.targets(fact)) + 1):
                yield _offer(setting, fact, f"{fact}-{number}", title)
    if OCCASIONS in setting.scheme.facts:
        yield from _days(session, setting)


def _held(session: Session, setting: Setting, fact: str) -> int:
    return int(total(sources()[fact].listed(session, setting.asked, "numerator")))


def _offer(setting: Setting, fact: str, reference: str, title: str) -> Offer:
    moves = tuple(Move(moved, 1) for moved in MOVED.get(fact, (fact,)))
    step = Possible(reference, title, moves, HEAVY if fact == FULL_SCALE else USUAL, setting.last)
    return Offer(step, Counted(Thing.NUMBER, fact, title))


def _days(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give the days of remembrance that are not past and of which nothing was reported."""
    register, fact = facts.fact_of(OCCASIONS.removeprefix(PREFIX))
    said = facts.said_by_county(session, [setting.region_id], setting.today, [register.code])
    if (register.code, setting.region_id) not in said:
        return
    entries = counted(fact.numerator, said[register.code, setting.region_id], setting.today)
    kept = {one.values.get("occasion") for one in entries}
    for occasion, (month, day_of_month) in DAYS.items():
        day = date(setting.last.year, month, day_of_month)
        if day >= setting.today and occasion not in kept:
            title = say(ON_THE_DAY, occasion=occasion, day=day.isoformat())
            step = Possible(f"{OCCASIONS}-{occasion}", title, (Move(OCCASIONS, 1),), USUAL, day)
            yield Offer(step, Counted(Thing.NUMBER, OCCASIONS, title.message))
