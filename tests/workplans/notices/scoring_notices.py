"""A notice read, compared with its key: every task, title, role and requirement, and nothing that is not in the key."""

import json
from pathlib import Path
from typing import Any

from inspect_app.workplans.notices.as_json import notice_as_json
from inspect_app.workplans.notices.bytes import text_of_bytes, text_of_file
from inspect_app.workplans.notices.reading import read_notice

FIXTURES = Path(__file__).parent / "fixtures"
SENT_IN = {"hongsibao-2023": "gb18030", "hunnan-2026": "utf-16"}
"""What offices saved these two in; the texts of the repository are UTF-8."""
HEAD = ("number", "issuers", "date", "addressees", "copied_to")
TASK = ("chapter", "number", "title", "lead", "cooperating", "responsible", "unassigned")
DEMAND = ("quote", "kind", "value", "unit", "due_on", "per")


def keys() -> list[str]:
    return sorted(path.stem for path in FIXTURES.glob("*.json"))


def key_of(name: str) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return key


def told_of(name: str) -> dict[str, Any]:
    path = next(path for path in FIXTURES.glob(f"{name}.*") if path.suffix != ".json")
    sent = path.read_text("utf-8").encode(SENT_IN[name]) if name in SENT_IN else b""
    return notice_as_json(read_notice(text_of_bytes(sent) if sent else text_of_file(path)), {})


def told_as_key(key: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Cut what was read to the fields the key speaks of; tasks and requirements are all there, whatever it says."""
    tasks = [_task(wanted, found) for wanted, found in zip(key["tasks"], told["tasks"], strict=False)]
    tasks += [{name: task[name] for name in TASK[:3]} for task in told["tasks"][len(key["tasks"]) :]]
    return {
        **{name: told[name] for name in HEAD if name in key},
        "requirements": _demands(key["requirements"], told["requirements"]),
        "tasks": tasks,
    }


def _task(wanted: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    fields = {name: found[name] for name in TASK if name in wanted or found[name]}
    return {**fields, "requirements": _demands(wanted["requirements"], found["requirements"])}


def _demands(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    spoken = [set(each) for each in wanted] + [set(DEMAND)] * len(found)
    return [{name: each[name] for name in DEMAND if name in said} for each, said in zip(found, spoken, strict=False)]
