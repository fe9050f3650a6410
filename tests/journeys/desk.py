"""What people do at a browser, said once: sign in, press a step, fill a checklist, fetch an address."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count

from PIL import Image
from playwright.sync_api import APIResponse, FilePayload, Page, expect

from inspect_app.accounts.models import User
from tests.accounts.factories import PASSWORD

_shades = count(1)


def picture() -> FilePayload:
    """Take a photo unlike any before."""
    shade = next(_shades)
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), (shade * 7 % 256, shade * 13 % 256, 90)).save(stream, "JPEG")
    return {"name": f"现场{shade}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def sit_down(page: Page, user: User) -> Page:
    """Sign in."""
    page.goto("/sign-in")
    page.fill("[name=login]", user.login)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("navigation").first).to_be_visible()
    return page


@dataclass(frozen=True)
class Sheet:
    """A checklist open on the tablet page."""

    page: Page

    def choose(self, item: str, value: str) -> None:
        """Tap one of the big buttons."""
        self.page.locator(f"#{item} label[for$='-{value}']").first.click()

    def rate(self, item: str, numerator: int, denominator: int) -> None:
        """Type both numbers of a rate."""
        self.page.fill(f"#{item} [data-field=numerator]", str(numerator))
        self.page.fill(f"#{item} [data-field=denominator]", str(denominator))
        self.page.locator(f"#{item} [data-field=denominator]").blur()

    def number(self, item: str, value: int) -> None:
        """Type a number."""
        self.page.fill(f"#{item} [data-field=value]", str(value))
        self.page.locator(f"#{item} [data-field=value]").blur()

    def note(self, item: str, text: str) -> None:
        """Write what was seen."""
        box = self.page.locator(f"#{item} [data-words=note]")
        if not box.is_visible():
            self.page.locator(f"#{item} button.jot").click()
        box.fill(text)
        box.blur()

    def attach(self, item: str, *, paper: bool = False) -> None:
        """Take a photo of the item, or attach its paper."""
        files = self.page.locator(f"#{item} input[type=file][data-paper='{int(paper)}']")
        thumbs = self.page.locator(f"#{item} .thumbs > *")
        before = thumbs.count()
        files.set_input_files(picture())
        expect(thumbs).to_have_count(before + 1)

    def settled(self) -> None:
        """Wait until everything has reached the server."""
        expect(self.page.locator("#storage")).to_contain_text("已保存")
        self.page.wait_for_function("() => !document.querySelector('.thumbs [data-state=sending]')")


@dataclass(frozen=True)
class HazardPage:
    """The page of one hazard, as one person sees it."""

    page: Page
    reference: str

    def open(self) -> "HazardPage":
        """Go to the page afresh."""
        self.page.goto(f"/hazards/{self.reference}")
        return self

    def press(self, label: str, facts: Mapping[str, str | date | list[str]] | None = None) -> None:
        """Take a step by its button, filling its form when it has one."""
        self.open()
        self.page.locator(".do").get_by_text(label, exact=True).click()
        for name, value in (facts or {}).items():
            self._fill(name, value)
        if facts is not None:
            self.page.locator("form.card button[type=submit]").click()
        expect(self.page).to_have_url(f"{self.page.url.split('/hazards')[0]}/hazards/{self.reference}")

    def upload(self, purpose: str) -> None:
        """Upload a photo."""
        self.open()
        self.page.select_option("select[name=purpose]", purpose)
        self.page.set_input_files("#files input[type=file]", picture())
        self.page.locator("#files button[type=submit]").click()
        expect(self.page.locator("#files img").last).to_be_visible()

    def _fill(self, name: str, value: str | date | list[str]) -> None:
        field = self.page.locator(f"[name={name}]").first
        if isinstance(value, list):
            for label in value:
                self.page.get_by_label(label, exact=False).check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(str(value))
        elif field.get_attribute("type") == "radio":
            self.page.check(f"[name={name}][value={value}]")
        else:
            field.fill(value.isoformat() if isinstance(value, date) else value)


def fetch(page: Page, address: str) -> APIResponse:
    """Ask for an address with the session of this visitor, without showing it."""
    return page.context.request.get(address, max_redirects=0)
