"""Decisions of the year's course: which self-reports are marked, which dates fit together (domain reference §6.3)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from inspect_app.core.labels import mark

DIFFERENCE_POINTS = Decimal(3)
SHORTEST, LONGEST = 4, 1000


def apart(computed: Decimal | None, reported: Decimal | None) -> Decimal:
    """Return how far two points lie apart; one that does not apply counts as none."""
    return abs((computed or Decimal(0)) - (reported or Decimal(0)))


def marked(computed: Decimal | None, reported: Decimal | None, limit: Decimal, *, whole: bool) -> bool:
    """Tell whether a self-reported line is marked: it differs by more than the limit, or the whole sheet does.

    `whole` says that the totals lie further apart than the limit; then every line that differs is marked.
    """
    gap = apart(computed, reported)
    return gap > limit or (whole and gap > 0)


def date_problems(self_report_by: date, freeze_on: date, appeal_by: date, today: date) -> Mapping[str, list[str]]:
    """Return what is wrong with the dates of an assessment, by field."""
    found: dict[str, list[str]] = {}
    if self_report_by < today:
        found["self_report_by"] = [mark("自评截止日不能早于今天。")]
    if freeze_on < self_report_by:
        found["freeze_on"] = [mark("数据冻结日不能早于自评截止日。")]
    if appeal_by <= freeze_on:
        found["appeal_by"] = [mark("申诉截止日应晚于数据冻结日。")]
    return found


def reason_problem(text: str) -> str | None:
    """Return what is wrong with a reason, None for one that will do."""
    if SHORTEST <= len(text.strip()) <= LONGEST:
        return None
    return mark("请写明理由，4 至 1000 字。")
