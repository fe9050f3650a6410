"""People and assessments for the tests of the year's course: 塔城地区 with its counties, everything by the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.assessments.course import appealing, opening, queries, reporting, reviewing, signing
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.gathering import gather_again, gather_for
from inspect_app.assessments.course.items import Item, Kind, items_of
from inspect_app.assessments.course.opening import Dates
from inspect_app.assessments.course.steps import take_step
from inspect_app.assessments.definition import (
    Deduct,
    Extra,
    Fault,
    Indicator,
    Module,
    Rate,
    Scheme,
    Veto,
    VetoEffect,
    Weights,
    YesNo,
)
from inspect_app.assessments.lifecycle import APPEALING, PUBLISHED, REVIEWING
from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet
from inspect_app.assessments.queries import scheme_of as known_scheme
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code, counties_of
from tests.accounts.factories import make_user

PREFECTURE, WUSU, SHAWAN = "6542", "654202", "654203"
REASON = "经核对台账和现场材料认定"
FAULTS = Deduct((Fault("迟", Decimal("0.5")), Fault("瞒", Decimal(2))))
PEOPLE = (
    ("clerk", Role.COUNTY_CLERK, WUSU),
    ("head", Role.COUNTY_HEAD, WUSU),
    ("neighbour", Role.COUNTY_CLERK, SHAWAN),
    ("assessor", Role.ASSESSOR, PREFECTURE),
    ("second", Role.ASSESSOR, PREFECTURE),
    ("leader", Role.PREFECTURE_LEADER, PREFECTURE),
    ("officer", Role.PREFECTURE_OFFICER, PREFECTURE),
)


@dataclass(frozen=True)
class Year:
    """An assessment of 塔城地区 with the people around it; every method is a transaction of its own."""

    session: Session
    users: Mapping[str, User]
    reference: str

    def actor(self, name: str) -> Actor:
        return actor_of(self.users[name])

    @property
    def assessment(self) -> Assessment:
        return queries.by_reference(self.session, SYSTEM, self.reference)

    def sheet(self, code: str = WUSU) -> CountySheet:
        return queries.sheet_of(self.session, SYSTEM, self.assessment, code)

    def line(self, item: str, code: str = WUSU) -> AssessmentLine:
        return queries.line_of(self.sheet(code), item)

    def step(self, who: str, action: str, reason: str = "") -> None:
        with transaction():
            take_step(self.session, self.actor(who), self.assessment, action, reason)

    def report(self, who: str, item: str, note: str = "", code: str = WUSU, **texts: str) -> None:
        with transaction():
            line = self.line(item, code)
            reporting.report(self.session, self.actor(who), line, texts, note, line.version)

    def send(self, who: str, code: str = WUSU) -> None:
        with transaction():
            reporting.send(self.session, self.actor(who), self.sheet(code), self.assessment.version)

    def decide(self, who: str, item: str, decision: str, reason: str = REASON, code: str = WUSU) -> None:
        with transaction():
            line = self.line(item, code)
            reviewing.decide(self.session, self.actor(who), line, decision, reason, line.version)

    def propose(self, who: str, item: str, reason: str = REASON, code: str = WUSU, **texts: str) -> None:
        with transaction():
            line = self.line(item, code)
            reviewing.propose(self.session, self.actor(who), line, texts, reason, line.version)

    def confirm(self, who: str, item: str, code: str = WUSU) -> None:
        with transaction():
            line = self.line(item, code)
            reviewing.confirm(self.session, self.actor(who), line, line.version)

    def appeal(self, who: str, item: str, reason: str = REASON, code: str = WUSU) -> None:
        with transaction():
            line = self.line(item, code)
            appealing.appeal(self.session, self.actor(who), line, reason, line.version)

    def answer(self, who: str, item: str, outcome: str, words: str = REASON, code: str = WUSU) -> None:
        with transaction():
            line = self.line(item, code)
            appealing.answer(self.session, self.actor(who), line, outcome, words, line.version)

    def sign(self, who: str, code: str = WUSU) -> None:
        with transaction():
            sheet = self.sheet(code)
            signing.sign(self.session, self.actor(who), sheet, signing.shown_digest(self.session, sheet))

    def freeze(self) -> None:
        gathered = gather_again(self.reference)
        with transaction():
            opening.freeze_data(self.session, self.actor("assessor"), self.assessment, gathered)


def people(session: Session) -> dict[str, User]:
    """Make everybody who takes part; needs a transaction around it."""
    return {name: make_user(session, role, by_code(session, place)) for name, role, place in PEOPLE}


def dates(today: date, self_report: int = 5, freeze: int = 10, appeal: int = 20) -> Dates:
    return Dates(*(today + timedelta(days=days) for days in (self_report, freeze, appeal)))


def small_scheme() -> Scheme:
    """Two computed indicators, two that people fill in, a deduction, a bonus and a veto: quick to count."""
    lines = (
        Indicator("A-1", "按期销号率", Decimal(6), "项", "closed_on_time", Rate()),
        Indicator("A-2", "重大隐患清零率", Decimal(4), "项", "major_cleared", Rate()),
        Indicator("A-3", "印发要点", Decimal(5), "", None, YesNo(), proof="要点原文"),
        Indicator("A-4", "报送违规", Decimal(5), "次", None, FAULTS),
    )
    return Scheme(
        code="SMALL",
        version=1,
        title="小方案",
        weights=Weights.EQUAL,
        grades=known_scheme("DEFAULT").grades,
        modules=(Module("A", "整改", Decimal(20), lines),),
        vetoes=(Veto("V-1", "瞒报", None, VetoEffect.FAIL),),
        deductions=(Extra("D-1", "被通报", "次", Decimal(2)),),
        bonuses=(Extra("B-1", "经验推广", "次", Decimal(1), proof="推广文件"),),
    )


def open_year(
    session: Session, users: Mapping[str, User], when: Dates | None = None, scheme: Scheme | None = None
) -> Year:
    """Let the assessor open the assessment of this year by the small scheme or another; a transaction of its own."""
    with transaction():
        region = by_code(session, PREFECTURE)
        found, today = scheme or small_scheme(), clock.today()
        gathered = gather_for(session, found, str(today.year), counties_of(session, region.id))
        made = opening.open_assessment(
            session,
            actor_of(users["assessor"]),
            region,
            found,
            str(today.year),
            when or dates(today, 0, 0, 5),
            gathered,
        )
        reference = made.reference
    return Year(session, users, reference)


def owed(year: Year) -> list[Item]:
    """List the indicators that people owe figures to."""
    return [item for item in items_of(scheme_of(year.assessment)) if item.kind is Kind.INDICATOR and item.manual]


def fill_in(year: Year, code: str = WUSU) -> None:
    """Let the system report what people owe for a county, 1 of 1 each, and send it; a transaction of its own."""
    with transaction():
        sheet = year.sheet(code)
        for item in owed(year):
            line = queries.line_of(sheet, item.code)
            if line.reported is None and line.standing == "pending":
                texts = {name: "1" for name, _label in item.asked}  # one of one, one fault of each kind
                reporting.report(year.session, SYSTEM, line, texts, "", line.version)
        if sheet.sent_at is None:
            reporting.send(year.session, SYSTEM, sheet, year.assessment.version)


def accept_all(year: Year) -> None:
    """Let the assessor accept whatever waits in any county; a transaction of its own."""
    with transaction():
        for sheet in queries.sheets_of(year.session, SYSTEM, year.assessment):
            for line in sheet.lines:
                if line.standing == "pending" and line.reported is not None:
                    reviewing.decide(year.session, SYSTEM, line, reviewing.ACCEPTED, "", line.version)


def bring_to(year: Year, state: str) -> Year:
    """Take an assessment just opened to a state, everything owed being reported and accepted as reported."""
    year.step("assessor", "begin")
    for county in everybody(year):
        fill_in(year, county)
    if state in (REVIEWING, APPEALING, PUBLISHED):
        year.step("assessor", "review")
        accept_all(year)
        year.freeze()
    if state in (APPEALING, PUBLISHED):
        year.step("assessor", "announce")
    if state == PUBLISHED:
        sign_all(year)
        year.step("leader", "publish")
    return year


def sign_all(year: Year) -> None:
    """Let every county sign for what it is shown; a transaction of its own."""
    with transaction():
        for sheet in queries.sheets_of(year.session, SYSTEM, year.assessment):
            signing.sign(year.session, SYSTEM, sheet, signing.shown_digest(year.session, sheet))


def everybody(year: Year) -> list[str]:
    """List the codes of the counties that take part."""
    return [sheet.county.code for sheet in queries.sheets_of(year.session, SYSTEM, year.assessment)]


def points(line: AssessmentLine) -> str | None:
    """Return the points of a line with two places."""
    return None if line.points is None else f"{line.points:.2f}"
