"""Rows behind a figure: what each is, what people call it, and how much of the figure it makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.core.labels import Sentence


class Thing(StrEnum):
    """What a row is; pages turn it, with the reference, into an address."""

    HAZARD = "hazard"
    INSPECTION = "inspection"
    CAMPAIGN_VISITS = "campaign_visits"
    SPECIAL_DAY = "special_day"
    VISITED_REGION = "visited_region"
    REGION = "region"
    SITE = "site"
    REGISTER_ENTRY = "register_entry"
    RETURN = "return"
    REGISTER_IMPORT = "register_import"
    DUTY = "duty"
    QUAKE = "quake"
    ANOMALY = "anomaly"
    WORK_DUE = "work_due"
    WORK_PLAN = "work_plan"
    NUMBER = "number"


@dataclass(frozen=True)
class Counted:
    """One row; the amounts of all rows add up to the figure. `note` says why it counts as it does."""

    thing: Thing
    reference: str
    label: str
    amount: int | Decimal = 1
    note: str | Sentence = ""


def total(rows: Iterable[Counted]) -> Decimal:
    """Add up the amounts."""
    return sum((Decimal(row.amount) for row in rows), Decimal(0))
