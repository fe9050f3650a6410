"""Which obligations of the library fit a task: those of the same notice, else of the same place and topic. Pure."""

from dataclasses import dataclass
from typing import Any

from inspect_app.workplans.library.definition import Library, Obligation
from inspect_app.workplans.words import Verdict


@dataclass(frozen=True)
class Offer:
    """Obligations to adopt; `elsewhere` counts those of the topic that the notices of other places hold."""

    own: tuple[Obligation, ...]
    elsewhere: int


def offer(known: Library, plan: Any, task: Any) -> Offer:  # noqa: ANN401 - rows
    """Say what of the library may be adopted for a task and is not adopted yet; nothing for a task without a topic.

    A notice that the library was drawn from offers what stands in the same article of it.
    """
    taken = {each.library_code for each in plan.obligations if each.verdict is Verdict.TAKEN}
    here = [source for source in known.sources if plan.region.code.startswith(source.region)]
    same = [source for source in here if source.number and source.number == plan.number]
    if same:
        fits = [each for source in same for each in source.obligations if each.article == task.number]
    else:
        fits = [each for source in here for each in source.obligations if each.topic.value == task.topic]
    every = sum(each.topic.value == task.topic for each in known.obligations.values())
    own = tuple(each for each in fits if each.code not in taken)
    return Offer(own, every - sum(each.topic.value == task.topic for source in here for each in source.obligations))
