"""A digest of an invented person, ready to leave."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from inspect_app.reminders.letters import Letter
from inspect_app.reminders.sections import Line, Section

SECTIONS = (
    Section(
        "overdue",
        2,
        (Line("YH-1", date(2026, 6, 1), "hazards.show", 1, 1, "晨光小学"),),
        "hazards.index",
        {"overdue": 1},
    ),
    Section("due", 1, (Line("YH-2", date(2026, 6, 17), "hazards.show", 2, 2),), "hazards.index", {}, "2–3"),
    Section("recheck", 12, (), "hazards.index", {"state": ["done", "rechecking"]}),
)


def address(endpoint: str, values: Mapping[str, Any]) -> str:
    return f"https://inspect.example.gov.cn/{endpoint}" + (f"?{urlencode(values, doseq=True)}" if values else "")


def letter(**over: Any) -> Letter:  # noqa: ANN401 - fields of any type
    made = Letter("digest-2026-06-15-7-mail", "a@example.gov.cn", "clerk-7", date(2026, 6, 15), SECTIONS, address)
    return replace(made, **over)
