"""Count the cells of a return: filled by the county, and those that said something new. Pure."""

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
    new = sum(map(_filled, created)) + sum(len(one.changes) + len(one.clashes) for one in matched)
    rows = [*created, *known]
    return {"rows": len(rows), "filled": sum(map(_filled, rows)), "changed": new}


def _filled(row: Row) -> int:
    return sum(row[at] not in (None, "") for at in FIELDS)
