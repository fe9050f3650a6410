"""Putting together what waits for each of many people on a day, and the form in which a digest keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.lifecycle import plain
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import load_rules
from inspect_app.reminders.gathering import SOURCES
from inspect_app.reminders.sections import Line, Section, in_order


def compose(session: Session, people: Iterable[Actor], today: date) -> dict[int, tuple[Section, ...]]:
    """Return by account what waits for each person, all of it within what they may see; some have nothing.

    The number of queries does not depend on the number of people.
    """
    audience, rules = Audience(session, people), load_rules()
    sources = [source(session, audience, today, rules) for source in SOURCES]
    return {
        person.id: in_order(section for source in sources for section in source.of(person))
        for person in audience.people
        if person.id is not None
    }


def kept(sections: Sequence[Section]) -> dict[str, Any]:
    """Return sections as JSON: numbers, references, dates and addresses; no names of objects or people."""
    return {"sections": [_kept(section) for section in sections]}


def unkept(content: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return the sections that a digest keeps."""
    return tuple(
        Section(
            each["code"],
            each["number"],
            tuple(_line(line) for line in each["lines"]),
            each["endpoint"],
            each["values"],
            each["span"],
        )
        for each in content["sections"]
    )


def _kept(section: Section) -> dict[str, Any]:
    lines = [{"reference": line.reference, "on": plain(line.on), "endpoint": line.endpoint} for line in section.lines]
    return {
        "code": section.code,
        "number": section.number,
        "lines": lines,
        "endpoint": section.endpoint,
        "values": plain(section.values),
        "span": section.span,
    }


def _line(given: Mapping[str, Any]) -> Line:
    on = date.fromisoformat(given["on"]) if given["on"] else None
    return Line(given["reference"], on, given["endpoint"], 0, 0)
