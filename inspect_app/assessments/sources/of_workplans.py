"""Facts of what counties owe under work plans."""

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources.source import Asked, Figures, Source
from inspect_app.core.counted import Counted
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans import facts
from inspect_app.workplans.library.words import TOPIC_LABELS

PREFIX = "workplans."
ORIGIN = mark("工作要点的应报事项")
ON_TIME, COMPLETED = mark("应报的完成情况，按期报送的"), mark("到期的应报事项，已认可或台账已满足的")
OF_TOPIC = mark("%(title)s（%(topic)s）")
ITEMS = mark("项")


def gather(session: Session, names: Collection[str], asked: Asked) -> dict[str, Figures]:
    """Gather figures of what counties owe."""
    return {name: _figures(session, name, asked) for name in names}


def rows(session: Session, name: str, asked: Asked, part: str) -> list[Counted]:
    """List what was owed, or what of it counts."""
    found = facts.pieces_of(session, name.removeprefix(PREFIX), asked.region_ids, _within(asked))
    return [row for row in (piece.side(part) for piece in found) if row.amount or row.note == facts.NO_PROOF]


def _figures(session: Session, name: str, asked: Asked) -> Figures:
    found = facts.summed(facts.pieces_of(session, name.removeprefix(PREFIX), asked.region_ids, _within(asked)))
    return {key: Fact(above, below, as_of=asked.as_of) for key, (above, below) in found.items()}


def _within(asked: Asked) -> facts.Within:
    return facts.Within(asked.start, asked.end)


def _source(name: str, title: str | Sentence, unit: str = ITEMS, *, gaps: bool = True) -> Source:
    return Source(f"{PREFIX}{name}", str(title), unit, ORIGIN, gather, rows, gaps=gaps)


def _by_topic() -> Iterator[Source]:
    for topic, label in TOPIC_LABELS.items():
        for fact, title in (("feedback_on_time", ON_TIME), ("tasks_completed", COMPLETED)):
            yield _source(f"{fact}.{topic.value}", say(OF_TOPIC, title=title, topic=label))


SOURCES = (
    _source("feedback_on_time", ON_TIME),
    _source("tasks_completed", COMPLETED),
    _source("returned_rate", mark("报送的完成情况，退回的"), mark("次"), gaps=False),
    _source("monthly_reports", mark("观测点应交的月度汇报，按时交的"), mark("份")),
    Source(
        f"{PREFIX}inclusions", mark("防震减灾已纳入、有佐证并经认可的方面"), ITEMS, ORIGIN, gather, rows,
        absent_is_unknown=True, counts=True,
    ),
    Source(
        f"{PREFIX}own_plans", mark("本县（市、区）当年发布的工作要点"), mark("份"), mark("工作要点"), gather, rows,
        absent_is_unknown=True, counts=True,
    ),
    *_by_topic(),
)  # fmt: skip
