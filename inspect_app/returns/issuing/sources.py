"""What the columns of an issued workbook can hold, and how a hazard says it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS, State
from inspect_app.returns.fields import Field
from inspect_app.returns.planning import CLAIMS, REPORTED_DONE

KEY, SERIAL, REFERENCE, STATE, TOWNSHIP, STATUS = "key", "serial", "reference", "state", "township", "status"
FIELDS: Mapping[str, Field] = {
    SERIAL: Field.SEQUENCE,
    REFERENCE: Field.REFERENCE,
    TOWNSHIP: Field.TOWNSHIP,
    "site_name": Field.SITE,
    "description": Field.DESCRIPTION,
    "grade": Field.GRADE,
    "found_on": Field.FOUND_ON,
    "responsible_unit_name": Field.RESPONSIBLE_UNIT,
    "responsible_person": Field.RESPONSIBLE_PERSON,
    "measures": Field.MEASURES,
    "due_on": Field.DUE_ON,
    STATUS: Field.STATUS,
    "done_on": Field.DONE_ON,
}
"""Columns that any ledger may have."""
MORE = ("responsible_leader", "fund_amount", "fund_source", "progress", "emergency_plan", "remark")
"""Columns of a hazard that only an issued workbook brings back."""
TOLD = (KEY, SERIAL, REFERENCE, STATE)
"""Columns that say something and ask nothing."""
SOURCES = (*TOLD, *(name for name in FIELDS if name not in TOLD), *MORE)
STATUS_WORDS = {"open": "未整改", "rectifying": "整改中", "rectified": "已整改"}
AT_WORK = frozenset({State.RECTIFYING, State.EXTENSION_PENDING, State.SUSPENDED})
CLAIM = re.compile(rf"^({'|'.join(CLAIMS.values())})(?:（(\d{{4}}-\d\d-\d\d)）)?(?:；|$)")


def cells_of(hazard: Any, township: str) -> dict[str, Any]:  # noqa: ANN401 - a hazard
    """Return what a workbook says of a hazard in every column that may be filled in; None where nothing is known."""
    claim = CLAIM.match(hazard.progress)
    status = _status(hazard.state, claim[1] if claim else "")
    shown = {
        TOWNSHIP: township,
        "grade": GRADE_LABELS[hazard.grade] if hazard.grade else None,
        STATUS: STATUS_WORDS[status],
        "done_on": _done_on(hazard, claim) if status == "rectified" else None,
        "progress": own_words(hazard.progress),
    }
    plain = {name: getattr(hazard, name) for name in (*FIELDS, *MORE) if name not in (*shown, *TOLD)}
    return {name: value if value != "" else None for name, value in (plain | shown).items()}


def own_words(progress: str) -> str:
    """Return what is written about the work beside the county's claim."""
    return CLAIM.sub("", progress, count=1)


def state_word(state: str) -> str:
    """Return where a hazard stands, as people read it."""
    return STATE_LABELS[state]


def _status(state: str, claim: str) -> str:
    if state in REPORTED_DONE:
        return "rectified"
    claimed = next((status for status, words in CLAIMS.items() if words == claim), "")
    return claimed or ("rectifying" if state in AT_WORK else "open")


def _done_on(hazard: Any, claim: re.Match[str] | None) -> date | None:  # noqa: ANN401 - a hazard
    if claim and claim[2]:
        return date.fromisoformat(claim[2])
    done_on: date | None = hazard.done_on
    return done_on
