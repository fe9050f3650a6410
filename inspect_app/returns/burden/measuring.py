"""Count the cells of a return: filled by the county, and those that said something new. Pure."""

from collections.abc import Sequence

from inspect_app.returns.fields import CORE
from inspect_app.returns.plan import Plan
from inspect_app.returns.result import Row

FIELDS = [Row._fields.index(name.value) for name in CORE]


def burden_of(plan: Plan) -> dict[str, int]:
    """Return the rows of a plan, their filled cells, and the cells that change what is held.

    Of a refused row only its place is known here, so its cells do not count: the county will send them again.
    """
    created = [one.row for one in plan.create]
    matched = [*plan.update, *plan.unchanged, *plan.conflicts]
    known = [*(one.row for one in matched), *(one.row for one in plan.duplicates)]
    new = _filled(created)
    changed = new + sum(len(one.changes) + len(one.clashes) for one in matched)
    return {"rows": len(created) + len(known), "filled": new + _filled(known), "changed": changed}


def _filled(rows: Sequence[Row]) -> int:
    columns = list(zip(*rows, strict=True))
    return sum(len(columns[at]) - columns[at].count(None) - columns[at].count("") for at in FIELDS) if rows else 0
