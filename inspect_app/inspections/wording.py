"""The Chinese sentences that a visit writes into hazards and notes: records, not interface, so they stay Chinese."""

from collections.abc import Iterable, Sequence

from inspect_app.checklists.definition import FIRST_MEASURE_LABELS, Item
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.queries import CitedBasis
from inspect_app.checklists.rules import describe
from inspect_app.law.definitions import Doubtful


def description(item: Item, why: Sequence[Reason], note: str) -> str:
    """Say what was found: the inspector's own words first, then the question and the facts of the answer."""
    question = item.text.rstrip("？?。")
    facts = f"{question}：{'；'.join(str(reason).rstrip('。') for reason in why)}"
    return f"{note.rstrip('。')}。（{facts}）" if note else f"{facts}。"


def requirement(item: Item) -> str:
    """Say what is demanded: what must stop first, until when, and to which item the result must answer."""
    first = f"{FIRST_MEASURE_LABELS[item.deadline.first]}；" if item.deadline.first else ""
    question = item.text.rstrip("？?。")
    return f"{first}{describe(item.deadline)}整改，达到检查项 {item.code}“{question}”的要求，并上传整改前后照片。"


def basis(cited: Iterable[CitedBasis]) -> str:
    """Cite the legal bases, each with the dates it was in force and what stands against it."""
    return "；".join(_cite(each) for each in cited)


def _cite(each: CitedBasis) -> str:
    known = each.basis
    dates = []
    if known.in_force_from:
        dates.append(f"{known.in_force_from.isoformat()} 起施行")
    if known.in_force_until:
        dates.append(f"{known.in_force_until.isoformat()} 失效")
    if dates and Doubtful.DATES in known.unverified:
        dates.append("日期待核对")
    if each.warning:
        dates.append(each.warning)
    return f"{each.text}（{'，'.join(dates)}）" if dates else each.text
