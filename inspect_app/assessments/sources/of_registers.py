"""Facts of registers: every figure that one declares, and schools of which a drill was reported."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.registers import facts
from inspect_app.registers.definition import Fact as Declared
from inspect_app.registers.figures import Said, counted
from inspect_app.registers.loading import fact_names
from inspect_app.sites.facts import School, schools

PREFIX = "registers."
ORIGIN = mark("底数台账“%(register)s”")
SCHOOLS, DRILLS = "schools_drilled", "drills.schools"
TIMES = mark("当年登记演练 %(count)s 次")
SHORTEST = 4


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather declared figures; a county that never reported the register is left out."""
    wanted = {name.removeprefix(PREFIX): name for name in names}
    found = facts.gathered(session, asked.region_ids, asked.as_of, wanted, of_townships=asked.of_townships)
    return {
        wanted[name]: {key: Fact(*figure, as_of=asked.as_of) for key, figure in figures.items()}
        for name, figures in found.items()
    }


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List the entries, or the regions, that a figure counts."""
    (region_id,) = asked.region_ids
    return facts.rows(session, region_id, asked.as_of, name.removeprefix(PREFIX), part, of_township=asked.of_townships)


def gather_schools(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Count the schools of each region and those of which a drill was reported this year; values: drills of each."""
    times = _drills(session, asked)
    found = schools(session, times)
    counts = {key: [drilled(school, times[key]) for school in found[key]] for key in times}
    figures = {
        key: Fact(sum(map(bool, each)), len(each), tuple(map(Decimal, each)), as_of=asked.as_of)
        for key, each in counts.items()
    }
    return dict.fromkeys(names, figures)


def rows_of_schools(session: Session, _name: str, asked: Asked, part: str) -> list[Counted]:
    """List the schools, or those of which a drill was reported."""
    (region_id,) = asked.region_ids
    times = _drills(session, asked)
    told = [(school, drilled(school, times[region_id])) for school in schools(session, times).get(region_id, ())]
    return [
        Counted(Thing.SITE, school.reference, school.name, 1, say(TIMES, count=count))
        for school, count in told
        if count or part == "denominator"
    ]


def drilled(school: School, organizers: Iterable[str]) -> int:
    """Count the drills whose organizer is this school, by its name or that of its unit, with or without the place."""
    names = [_plain(name) for name in (school.name, school.unit) if len(_plain(name)) >= SHORTEST]
    return sum(any(_same(name, _plain(organizer)) for name in names) for organizer in organizers)


def _same(name: str, other: str) -> bool:
    return len(other) >= SHORTEST and (name.endswith(other) or other.endswith(name))


def _plain(name: str) -> str:
    return "".join(name.split()).partition("（")[0].partition("(")[0]


def _drills(session: Session, asked: Asked) -> dict[int, Sequence[str]]:
    """Return the organizers of this year's drills of schools, one for each drill, where drills were ever reported."""
    register, fact = facts.fact_of(DRILLS)
    ask = facts.said_by_township if asked.of_townships else facts.said_by_county
    said: dict[tuple[str, int], list[Said]] = ask(session, asked.region_ids, asked.as_of, [register.code])
    return {
        key: [str(one.values.get("organizer", "")) for one in counted(fact.numerator, entries, asked.as_of)]
        for (_register, key), entries in said.items()
    }


def _sources() -> Iterable[Source]:
    for name, fact in fact_names().items():
        register, _fact = facts.fact_of(name)
        yield Source(
            f"{PREFIX}{name}", fact.title, fact.unit, say(ORIGIN, register=register.title), gather, rows,
            absent_is_unknown=True, counts=fact.denominator is None, by_township=register.region_column is not None,
            gaps=_has_gaps(fact),
        )  # fmt: skip
    yield Source(
        SCHOOLS, mark("在册学校中当年演练过的"), mark("所"), _origin_of_drills(), gather_schools, rows_of_schools,
        absent_is_unknown=True,
    )  # fmt: skip


def _has_gaps(fact: Declared) -> bool:
    """Tell whether entries stand on both sides of the line, and the ratio is a share of them and no mean."""
    return fact.denominator is not None and fact.unit != "%" and fact.denominator.of not in facts.WITHOUT_ROWS


def _origin_of_drills() -> Sentence:
    return say(ORIGIN, register=facts.fact_of(DRILLS)[0].title)


def declared() -> tuple[Source, ...]:
    """Return a source for every figure of every register."""
    return tuple(_sources())
