"""The declared figures of a register, county by county, each leading to the entries that it counts."""

from datetime import date
from decimal import Decimal

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region
from inspect_app.registers import facts as every_fact
from inspect_app.registers.definition import Fact, Register
from inspect_app.registers.loading import register_of
from inspect_app.registers.standing import FRESHNESS, FRESHNESS_LOOKS, counties_seen, freshness, last_said
from inspect_app.registers.views.filtering import day
from inspect_app.registers.views.place import blueprint

WITHOUT_ROWS = every_fact.WITHOUT_ROWS


@blueprint.get("/<code>/facts")
@requires(Permission.VIEW_REGISTERS)
def facts(code: str) -> str:
    """Show the figures of a register, as of today or of a past day."""
    register, session, actor = register_of(code), db.session(), current_actor()
    counties, on = counties_seen(session, actor), day() or clock.today()
    keys = [county.id for county in counties]
    found = every_fact.figures(session, keys, on, [register])
    said = last_said(session, actor, keys)
    standing = {key: freshness(register, said.get((code, key))) for key in keys}
    return render_template(
        "registers/facts.html", register=register, counties=counties, figures=found, on=on, said=said, href=href,
        standing=standing, freshness=FRESHNESS, looks=FRESHNESS_LOOKS, written=written, is_share=is_share,
    )  # fmt: skip


@blueprint.get("/counted")
@requires(Permission.VIEW_REGISTERS)
def counted() -> Response:
    """Lead from a figure of an assessment (`fact`, `county`, `period`, `part`) to the entries that it counts."""
    given = request.args
    code, _dot, fact = given.get("fact", "").removeprefix("registers.").partition(".")
    year = given.get("period", "")[:4]
    if register_of(code).fact(fact) is None or not year.isdigit():
        raise NotFound
    on = min(date(max(int(year), 1), 12, 31), clock.today()).isoformat()
    part = given.get("part", "numerator")
    return redirect(url_for("registers.entries", code=code, fact=fact, region=given.get("county"), on=on, part=part))


def is_share(fact: Fact) -> bool:
    """Tell whether a ratio is a share of a whole; a ratio whose unit is per cent already is a mean."""
    return fact.denominator is not None and fact.unit != "%"


def written(number: Decimal | None, places: int = 2) -> str:
    """Write a number without needless zeros; nothing for what is not known."""
    if number is None:
        return ""
    return f"{round(number, places).normalize():,f}"


def href(register: Register, fact: Fact, county: Region, on: str, part: str = "numerator") -> str | None:
    """Return where the entries behind a part of a figure are listed; None where it counts no entries."""
    measure = fact.denominator if part == "denominator" else fact.numerator
    if measure is None or measure.of in WITHOUT_ROWS:
        return None
    return url_for("registers.entries", code=register.code, fact=fact.code, part=part, region=county.code, on=on)
