"""A notice as JSON, for scripts and for the page on which a person corrects it."""

from collections.abc import Mapping
from typing import Any

from inspect_app.workplans.notices.model import Named, Notice, Requirement, Role, Task

PARTS = (Role.LEAD, Role.COOPERATING, Role.RESPONSIBLE, Role.UNASSIGNED)


def notice_as_json(notice: Notice, units: Mapping[str, str]) -> dict[str, Any]:
    """Return the notice; `units` maps names as written to names of the unit register."""
    head = notice.head
    return {
        "number": head.number,
        "issuers": list(head.issuers),
        "date": head.dated.isoformat() if head.dated else None,
        "title": head.title,
        "addressees": list(head.addressees),
        "copied_to": list(head.copied_to),
        "tasks": [_task(notice, task, units) for task in notice.tasks],
        "requirements": [_requirement(each, 0) for each in notice.requirements],
        "doubts": list(notice.doubts),
    }


def _task(notice: Notice, task: Task, units: Mapping[str, str]) -> dict[str, Any]:
    return {
        "chapter": task.chapter,
        "section": task.section,
        "number": task.number,
        "ordinal": task.ordinal,
        "title": task.title,
        "text": notice.text[task.start : task.end],
        "start": task.start,
        **{role.value: [each.text for each in task.named if each.role is role] for role in PARTS},
        "units": [_unit(each, units) for each in task.named],
        "requirements": [_requirement(each, task.start) for each in task.requirements],
        "doubts": list(task.doubts),
    }


def _unit(named: Named, units: Mapping[str, str]) -> dict[str, Any]:
    return {
        "text": named.text,
        "role": named.role.value,
        "start": named.start,
        "group": named.group,
        "resolved": named.text in units,
        "unit": units.get(named.text),
        "doubt": named.doubt,
    }


def _requirement(each: Requirement, base: int) -> dict[str, Any]:
    return {
        "quote": each.quote,
        "offset": each.start - base,
        "kind": each.kind.value,
        "value": each.value,
        "unit": each.unit,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "confidence": each.confidence,
        "per": each.per,
        "least": each.least,
        "most": each.most,
        "day": each.day,
    }
