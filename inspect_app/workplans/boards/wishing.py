"""What a board, the rows behind it and the list of who is stuck mean by the parameters of their addresses."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from inspect_app.workplans.boards.matrix import Group, Wish
from inspect_app.workplans.boards.reading import Known, Owner
from inspect_app.workplans.words import Part

NAMES = ("by", "date", "part", "topic", "group", "task", "owner", "timely")
COUNTIES, DEPARTMENTS = "county", "unit"
DECIDED = "decided"
Arguments = Mapping[str, str]


def wish_from(given: Arguments, known: Known) -> Wish:
    """Read a wish; what names nothing narrows nothing, an owner out of sight is NotFound.

    date (the number of a reporting date), part, topic, group, task (its place in the notice, 0 the letter itself),
    owner (a code of a county, or u and the key of a department).
    """
    numbers = {str(on.number): on.number for on in known.dates}
    tasks = {str(task.position): task.id or 0 for task in known.tasks}
    return Wish(
        number=numbers.get(given.get("date", "")),
        part=_one(Part, given.get("part", "")),
        topic=given.get("topic") or None,
        group=_one(Group, given.get("group", "")),
        task_id=tasks.get(given.get("task", "")),
        owner=known.owner(given["owner"]).place if given.get("owner") else None,
    )


def columns_of(given: Arguments, known: Known) -> tuple[str, list[Owner]]:
    """Return whether counties or departments head the columns, and those that do."""
    asked = given.get("by", "")
    by = asked if asked in (COUNTIES, DEPARTMENTS) else COUNTIES if known.counties else DEPARTMENTS
    return by, list(known.departments if by == DEPARTMENTS else known.counties)


def within(known: Known, columns: list[Owner]) -> Known:
    """Leave what these owners owe, and the tasks in which anybody owes anything."""
    places = {each.place for each in columns}
    return replace(known, owed=[each for each in known.owed if each.owner in places])


def kept(given: Arguments, **over: Any) -> dict[str, Any]:  # noqa: ANN401 - values of an address
    """Return the parameters of an address with these ones instead; an empty one goes away."""
    found = {name: given.get(name, "") for name in NAMES} | over
    return {name: str(value) for name, value in found.items() if value not in ("", None)}


def _one(kind: Any, value: str) -> Any:  # noqa: ANN401 - any enum
    return kind(value) if value in set(kind) else None
