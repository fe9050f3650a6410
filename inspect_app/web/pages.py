"""What every template may use: filters for days, instants and numbers, and `chrome`, the frame around the content."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from flask import Flask, g
from flask.json.provider import DefaultJSONProvider
from flask_babel import format_date, gettext, ngettext
from jinja2 import StrictUndefined

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import ROLE_LABELS
from inspect_app.core import clock
from inspect_app.core.labels import mark
from inspect_app.web import language, navigation

DASH = "—"
WEEKDAYS = (
    mark("星期一"),
    mark("星期二"),
    mark("星期三"),
    mark("星期四"),
    mark("星期五"),
    mark("星期六"),
    mark("星期日"),
)
Number = Decimal | int | float


class Absent(StrictUndefined):
    """A name that no view gave: a template may test it, but showing it is an error."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


def init_app(app: Flask) -> None:
    """Give the filters and the frame to the templates."""
    app.jinja_env.undefined = Absent
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    for shown in (day, long_day, instant, points, percent, money, whole):
        app.jinja_env.filters[shown.__name__] = shown
    if isinstance(app.json, DefaultJSONProvider):
        app.json.ensure_ascii = False
    app.context_processor(lambda: {"chrome": chrome()})
    app.jinja_env.tests["pair"] = lambda value: isinstance(value, tuple | list)
    app.jinja_env.globals.update(ngettext=ngettext, has_endpoint=app.view_functions.__contains__)


class Chrome:
    """The frame around the content; each part is looked up only if the page shows it.

    `calm` leaves out everything that asks the database, for pages that say that something is wrong with it.
    """

    def __init__(self) -> None:
        self.calm = False

    @cached_property
    def actor(self) -> Actor | None:
        """Tell who is signed in."""
        person: Actor | None = g.get("actor")
        return person

    @cached_property
    def links(self) -> list[navigation.Link]:
        """List the side navigation."""
        return navigation.links_for(self.actor, with_counts=not self.calm) if self.actor else []

    @cached_property
    def place(self) -> str:
        """Return the unit or region of the person."""
        return navigation.place_of(self.actor) if self.actor and not self.calm else ""

    @property
    def role(self) -> str:
        """Return the label of the person's role."""
        return language.said(ROLE_LABELS[self.actor.role]) if self.actor and self.actor.role else ""

    @property
    def today(self) -> date:
        """Return the local date."""
        return clock.today()

    @property
    def weekday(self) -> str:
        """Return the name of the local day."""
        return language.said(WEEKDAYS[self.today.weekday()])

    @property
    def language(self) -> str:
        """Return the locale in use."""
        return language.chosen()

    @property
    def html_language(self) -> str:
        """Return the language tag of the page."""
        return language.html_language()


def chrome() -> Chrome:
    """Return the frame of this request."""
    if "chrome" not in g:
        g.chrome = Chrome()
    frame: Chrome = g.chrome
    return frame


def day(value: date | datetime | None) -> str:
    """Write a date as 2026-11-19, an instant as its local date, nothing as a dash."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return value.isoformat() if value else DASH


def long_day(value: date | None) -> str:
    """Write a date as documents do: 2026 年 11 月 19 日."""
    if value is None:
        return DASH
    return str(format_date(value, str(gettext("y 年 M 月 d 日"))))


def instant(value: datetime | None) -> str:
    """Write an instant in local time: 2026-11-19 09:41."""
    return f"{clock.local(value):%Y-%m-%d %H:%M}" if value else DASH


def points(value: Number | None, places: int = 2) -> str:
    """Write a score with up to `places` decimals, rounded half up, without needless zeros but one: 18.0, 5.51."""
    if value is None:
        return DASH
    text = _rounded(value, places)
    while text.endswith("0") and text[-2] != ".":
        text = text[:-1]
    return text


def percent(value: Number | None, places: int = 1) -> str:
    """Write a rate (0 to 1) in per cent: 0.8 is 80.0%; an unknown one is a dash."""
    return DASH if value is None else f"{_rounded(Decimal(str(value)) * 100, places)}%"


def money(value: Number | None) -> str:
    """Write an amount in 万元, without needless zeros: 18.6 万元."""
    if value is None:
        return DASH
    amount = f"{Decimal(str(value)).normalize():,f}"
    return str(gettext("%(amount)s 万元", amount=amount))


def whole(value: int | None) -> str:
    """Write a count with thousands apart: 12,345."""
    return DASH if value is None else f"{value:,}"


def _rounded(value: Number, places: int) -> str:
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP):f}"
