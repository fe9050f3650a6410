"""Every page that the navigation and the lists lead a person to, in the office and on the tablet, in both languages."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, TimeoutError, ViewportSize  # noqa: A004 - Playwright's own
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from tests.accounts.factories import PASSWORD
from tests.admission import FORBIDDEN, TABLE, expected
from tests.journeys.conftest import OFFICE_SCREEN
from tests.scene import ADMINISTRATORS, COUNTY_ROLES, PREFECTURE_ROLES, County, Crowd, furnish, gather, settle

UPRIGHT: ViewportSize = {"width": 800, "height": 1280}
NO_PAGES = {
    "accounts.sign_in", "api.docs", "api.handshake", "api.me", "api.openapi", "api.pack", "api.standing",
    "bootstrap.static", "campaigns.coverage_workbook", "campaigns.draw_json",
    "campaigns.progress", "checklists.blank_workbook", "checklists.export",
    "documents.preview", "documents.word", "emergencies.workbook",
    "evidence.file", "evidence.thumbnail", "hazards.data",
    "inspections.newer_lists", "inspections.standing", "inspections.trial_standing",
    "registers.export", "registers.imported_csv", "registers.template",
    "reporting.ledger", "returns.answer", "returns.burden_json", "returns.due_json", "returns.figures",
    "returns.issued", "returns.job_json", "returns.plan", "returns.plan_csv", "static", "tablet.authority",
    "tablet.manifest",
    "tablet.token", "tablet.worker", "web.favicon",
    "sites.blank", "sites.imported_csv", "sites.public", "sites.register", "web.healthz", "web.plotly", "web.readyz",
    "workplans.summary_workbook", "workplans.workbook_file", "workplans.workbooks",
}  # fmt: skip
NOT_LED_TO = {(role, "inspections.confirm") for role in (Role.PREFECTURE_OFFICER, Role.COUNTY_CLERK)}
NOT_LED_TO |= {(Role.SYSTEM_ADMINISTRATOR, "checklists.derive")}
# the department of the scene owes nothing
NOT_LED_TO |= {(Role.MEMBER_CLERK, "workplans.workbook")}
WITHOUT_TABLETS = (Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR, Role.MEMBER_CLERK)
NOT_LED_TO |= {(role, f"tablet.{page}") for role in WITHOUT_TABLETS for page in ("check", "install", "shell")}
# refused without what the form or the link that leads there names
WITH_ACTION = {"assessments.rows", "hazards.take_many"}
BY_STATE = "hazards.take"
HAZARDS = {
    Role.INSPECTOR: ("rechecking", "draft"),
    Role.COUNTY_CLERK: ("draft", "accepted", "rectifying"),
    Role.COUNTY_HEAD: ("registered",),
    Role.PREFECTURE_OFFICER: ("registered", "plan_submitted", "acceptance", "extension_pending"),
    Role.PREFECTURE_LEADER: ("closure_pending", "suspended"),
    Role.ASSESSOR: ("closed", "merged"),
}
VISITS = {
    Role.INSPECTOR: ("planned", "under_way"),
    **dict.fromkeys((Role.COUNTY_HEAD, Role.PREFECTURE_OFFICER), ("planned", "submitted")),
}
RETURNS = dict.fromkeys((Role.COUNTY_CLERK, Role.PREFECTURE_OFFICER), ("validated", "applied"))
LISTS = dict.fromkeys((Role.COUNTY_HEAD, Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER), ("own", "system"))
CAMPAIGNS = {
    **dict.fromkeys((*COUNTY_ROLES, Role.ASSESSOR), ("issued", "dual")),
    Role.PREFECTURE_OFFICER: ("draft", "issued", "dual"),
    Role.PREFECTURE_LEADER: ("draft", "issued", "dual"),
}
STATES: Mapping[str, Mapping[Role, tuple[str, ...]]] = {
    "campaigns.show": CAMPAIGNS,
    "checklists.show": LISTS,
    "hazards.show": HAZARDS,
    "inspections.show": VISITS,
    "returns.show": RETURNS,
}
BESIDE = {
    "checklists.changes": "/checklists/C03/changes",
    "course.correct": "/assessments/course/KP-654202-2026-01/correct",
    "inspections.journey": "/inspections/journeys/county_supervision?site={site}",
    "inspections.plan": "/inspections/plan?site={site}",
    "office.contradictions": "/inspections/{visit}/disagreements",
    "office.received": "/inspections/{visit}/receipts",
}
LEADING_ON = """() => {
  const links = [...document.querySelectorAll('a[href]')].map(link => link.href)
  const buttons = [...document.querySelectorAll('form:not([method=post]) button[type=submit]')]
  const asked = buttons.reverse().map(button => {
    const action = button.getAttribute('formaction') ?? button.form.getAttribute('action') ?? ''
    const address = new URL(action, document.baseURI)
    address.search = new URLSearchParams(new FormData(button.form, button))
    return address.href
  })
  return [...links, ...asked]
}"""
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
Check = Callable[[Page], None]
Kind = tuple[str, str]


@dataclass
class Walk:
    """One person going from page to page; `found` pairs each kind of page with an address."""

    page: Page
    app: Flask
    role: Role
    county: County
    found: dict[Kind, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[Kind, str]]:
        """Find every kind of page once, from the home page on; whoever asks for the next has opened the one before.

        Pages `BESIDE` are opened without being led to: what would lead there is not in the scene.
        """
        self.found = {("reporting.home", ""): "/"}
        visit = self.county.visits["submitted"]
        let_in = [endpoint for endpoint in BESIDE if expected(f"GET {endpoint}", self.role) != FORBIDDEN]
        self.found |= {(each, "beside"): BESIDE[each].format(site=self.county.site, visit=visit) for each in let_in}
        opened: set[Kind] = set()
        while todo := [kind for kind in self.found if kind not in opened]:
            opened.add(todo[0])
            yield todo[0], self.found[todo[0]]
            self._note_links()

    def visit(self, address: str) -> None:
        """Open a page and look whether it is whole; the page of a job that is over may be going on by itself."""
        try:
            answer = self.page.goto(address)
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
            answer = self.page.goto(address)
        if answer is None or answer.status != 200:
            self.wrong.append(f"{self.role} {address}: {answer.status if answer else None}")
        if not self.page.locator("h1").first.inner_text().strip():
            self.wrong.append(f"{self.role} {address}: no heading")

    def note(self, check: Check) -> None:
        """Let a check look at the page, and go on whatever it finds."""
        try:
            check(self.page)
        except AssertionError as found:
            self.wrong.append(str(found))

    def measure(self, screen: ViewportSize) -> None:
        """Look whether the page fits into the width of a screen, once its figures have taken their new size."""
        self.page.set_viewport_size(screen)
        with suppress(TimeoutError):
            self.page.wait_for_function(FITS, timeout=5_000)
        if not self.page.evaluate(FITS):
            self.wrong.append(f"{self.role} {self.page.url}: wider than {screen['width']}")

    def kinds(self) -> set[str]:
        return {endpoint for endpoint, _what in self.found} - {BY_STATE}

    def _note_links(self) -> None:
        for href in self.page.evaluate(LEADING_ON):
            there, here = urlsplit(href), urlsplit(self.page.url)
            if there.netloc == here.netloc and (kind := self._kind(there.path)):
                self.found.setdefault(kind, there.path + ("?" + there.query if there.query else ""))

    def _kind(self, path: str) -> Kind | None:
        """Tell pages apart that look different: by route, a step by its action, a thing by the states asked for."""
        try:
            endpoint, values = self.app.url_map.bind("localhost").match(path)
        except HTTPException:
            return None
        if endpoint in NO_PAGES:
            return None
        if endpoint == "hazards.take":
            return endpoint, values["action"]
        states = STATES.get(endpoint, {}).get(self.role)
        if states is None:
            return endpoint, ""
        references = self._held()[endpoint.partition(".")[0]]
        named = values.get("reference") or values["code"]
        state = next((state for state in states if references[state] == named), None)
        return (endpoint, state) if state else None

    def _held(self) -> Mapping[str, Mapping[str, str]]:
        county = self.county
        return {
            "campaigns": county.campaigns,
            "checklists": {"own": county.checklist, "system": "C03"},
            "hazards": county.hazards,
            "inspections": county.visits,
            "returns": county.returns,
        }


def led_to(role: Role) -> set[str]:
    """Return the pages by the table of admission."""
    answers = {line.removeprefix("GET "): expected(line, role) for line in TABLE if line.startswith("GET ")}
    pages = {page for page, answer in answers.items() if answer in (200, 302)} - NO_PAGES - {BY_STATE}
    pages |= {page for page in WITH_ACTION if answers[page] != FORBIDDEN}
    return {page for page in pages if (role, page) not in NOT_LED_TO}


def sit_down(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/$"))


@pytest.fixture
def both(session: Session, clock: datetime, tmp_path: Path) -> tuple[Crowd, County]:
    assert clock.year == 2026
    with transaction():
        crowd = gather(session)
        settle(session, crowd)
    county = furnish(session, crowd, tmp_path)
    session.rollback()
    return crowd, county


@pytest.fixture(scope="module")
def seen() -> set[Kind]:
    """Kinds of pages that somebody has had before: axe and the English texts are asked once each."""
    return set()


GROUPS = {
    "county": COUNTY_ROLES,
    "prefecture": PREFECTURE_ROLES,
    "administrators": ADMINISTRATORS,
    "department": (Role.MEMBER_CLERK,),
}


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_whole_for_everybody_who_is_led_to_it(
    group: str,
    both: tuple[Crowd, County],
    app: Flask,
    visitor: Callable[..., Page],
    assert_accessible: Check,
    seen: set[Kind],
) -> None:
    wrong: list[str] = []
    for role in GROUPS[group]:
        walk = Walk(visitor(), app, role, both[1])
        sit_down(walk.page, both[0].insiders[role])
        for kind, address in walk.pages():
            walk.visit(address)
            if kind not in seen:
                walk.note(assert_accessible)
            walk.measure(UPRIGHT)
            walk.measure(OFFICE_SCREEN)
        in_english(walk, seen)
        wrong += walk.wrong
        wrong += [f"{role} and {page}: led there or not" for page in walk.kinds() ^ led_to(role)]
        seen |= walk.found.keys()
        walk.page.context.close()
    assert not wrong, "\n".join(wrong)


def in_english(walk: Walk, seen: set[Kind]) -> None:
    """Switch the language, and open upright what nobody has had in English."""
    walk.page.goto("/")
    walk.page.locator("button[name=language][value=en]").click()
    walk.page.wait_for_selector("html[lang=en]")
    walk.page.set_viewport_size(UPRIGHT)
    for kind in sorted(walk.found.keys() - seen):
        walk.visit(walk.found[kind])
        walk.measure(UPRIGHT)
