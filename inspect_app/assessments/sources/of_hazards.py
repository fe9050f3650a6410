"""Facts of the inventory; the list of hazards itself shows their rows."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.labels import mark
from inspect_app.hazards import facts
from inspect_app.inspections import visited

ORIGIN = mark("隐患清单")
PAGE = "hazards.index"
HOUSES = "C04"


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather figures of hazards."""
    return {name: _of(session, name, asked) for name in names}


def gather_inhabited(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Count houses lived in where anybody looked at houses at all; where nobody did, nothing is known."""
    looked_at = visited.with_list(session, asked.region_ids, HOUSES, asked.as_of)
    found: Mapping[str, Figures] = gather(session, names, asked)
    return {
        name: {key: fact for key, fact in figures.items() if fact.numerator or key in looked_at}
        for name, figures in found.items()
    }


def _of(session: Session, name: str, asked: Asked) -> Figures:
    found = facts.FACTS[name](
        session, asked.region_ids, asked.start, asked.end, asked.today, of_townships=asked.of_townships
    )
    return {key: Fact(*figures, as_of=asked.as_of) for key, figures in found.items()}


def _source(name: str, title: str, *, counts: bool = False) -> Source:
    return Source(name, title, mark("项"), ORIGIN, gather, None, PAGE, counts=counts, by_township=True)


SOURCES = (
    _source("closed_on_time", mark("期内到期的隐患，按期销号的")),
    _source("major_cleared", mark("到期的重大隐患，已销号的")),
    _source("rebounds", mark("期内回头看的隐患，反弹的")),
    _source("overdue", mark("超过整改时限且没有批准延期的隐患"), counts=True),
    Source(
        "inhabited_danger", mark("仍住人的 C、D 级危房"), mark("户"), ORIGIN, gather_inhabited, None, PAGE,
        absent_is_unknown=True, counts=True, by_township=True,
    ),
)  # fmt: skip
