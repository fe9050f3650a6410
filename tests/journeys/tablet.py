"""What an inspector does with a tablet in the field, said once; the browser is a real one that can be killed."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Error, FilePayload, Locator, Page, Playwright, expect

from inspect_app.launch import browser as launch_browser
from tests.accounts.factories import PASSWORD
from tests.journeys.conftest import FLAGS, TABLET_SCREEN, Witness

PIN = "246810"
TAKEN = "2026:06:10 09:30:00"
DUMP = """async () => {
  const base = await new Promise((resolve) => {
    const request = indexedDB.open("inspect-tablet");
    request.onsuccess = () => resolve(request.result);
  });
  const records = await new Promise((resolve) => {
    const request = base.transaction("records").objectStore("records").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  base.close();
  const text = (bytes) => Array.from(new Uint8Array(bytes), (each) => String.fromCharCode(each)).join("");
  return JSON.stringify(records.map((each) => [each.name, text(each.sealed)]));
}"""
SMALL = """() => Array.from(document.querySelectorAll("a, button, select, summary, .choice label, .seg label, .pick"))
  .filter((each) => each.checkVisibility() && !each.closest("[hidden]") && !each.matches(".skip"))
  .filter((each) => each.getBoundingClientRect().height < 43.5 || each.getBoundingClientRect().width < 43.5)
  .map((each) => each.outerHTML.slice(0, 90))"""
_seeds = count(1)
QUEUE = """async ([pin, visit, many]) => {
  const { unlock, uuid } = await import("/static/tablet/crypto.js");
  const { people, Vault } = await import("/static/tablet/store.js");
  const [person] = await people();
  const vault = new Vault(person.id, await unlock(pin, person.lock));
  const shared = { visit, state: "waiting", tried: false, claimed_at: new Date().toISOString() };
  const path = `/visits/${visit}/start`;
  const start = { ...shared, key: uuid(), seq: 0, kind: "start", title: "start", path, content: {} };
  const answers = Array.from({ length: many }, (_, index) => {
    const item = "C03-" + String(index % 16 + 1).padStart(2, "0");
    const content = { value: {}, note: `note ${index}`, immediate_measure: "" };
    return { ...shared, key: uuid(), seq: index + 1, kind: "answer", item, title: item, content };
  });
  await vault.putAll([start, ...answers].map((each) => ["out", each.key, each]));
}"""


def photo(size: tuple[int, int] = (1000, 750), *, dark: bool = False, flat: bool = False) -> FilePayload:
    """Take a sharp photo with time and place in it, unlike any before."""
    number = next(_seeds)
    image = Image.effect_noise(size, 90).convert("RGB")
    if dark or flat:
        image = Image.new("RGB", size, (2, 2, 2) if dark else (120, 130, 140))
    facts = image.getexif()
    facts.get_ifd(0x8769)[0x9003] = TAKEN
    facts.get_ifd(0x8825).update({1: "N", 2: (44.0, 26.0, 3.5), 3: "E", 4: (84.0, 40.0, 12.25)})
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=facts)
    return {"name": f"现场{number}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


class Tablet:
    """A browser with a profile of its own on the disk, which outlives being killed."""

    def __init__(self, playwright: Playwright, folder: Path, address: str, witness: Witness) -> None:
        self.playwright, self.folder, self.address, self.witness = playwright, folder, address, witness
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self, *, online: bool = True) -> None:
        """Start the browser; the application is opened separately."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=launch_browser.find(),
            args=list(FLAGS),
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=TABLET_SCREEN,
            permissions=["geolocation"],
            geolocation={"latitude": 44.43, "longitude": 84.67, "accuracy": 12},
        )
        self.witness.watch(self.context)
        self.page = self.context.pages[0]
        self.context.set_offline(not online)

    def kill(self) -> None:
        """End the browser without warning."""
        with suppress(Error):
            self.context.new_cdp_session(self.page).send("Browser.crash")
        with suppress(Error):
            self.context.close()

    def open(self) -> None:
        """Open the application from the home screen."""
        self.page.goto("/tablet")
        self.page.wait_for_selector("html.ready")

    def enrol(self, login: str, pin: str = PIN) -> None:
        """Sign in and register the tablet for this person."""
        self.witness.forgive("401")
        self.page.goto("/tablet")
        self.page.wait_for_selector("html.ready")
        if self.page.is_visible("#unlock"):
            self.page.click("#other-person")
        self.page.click("#sign-in")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector("html.ready")
        if self.page.is_visible("#unlock"):
            self.page.click("#other-person")
        self.page.fill("#enrol [name=pin]", pin)
        self.page.fill("#enrol [name=again]", pin)
        self.page.click("#enrol [type=submit]")
        self.shows("today")

    def enrol_again(self, login: str, pin: str = PIN) -> None:
        """Sign in anew as somebody who is known on this tablet, from where people are chosen."""
        self.shows("unlock")
        self.page.click("#other-person")
        self.page.click("#sign-in")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector("html.ready")
        self.page.click("#other-person")
        self.page.fill("#enrol [name=pin]", pin)
        self.page.click("#enrol [type=submit]")
        self.shows("today")

    def unlock(self, pin: str = PIN) -> None:
        """Enter the PIN of the first person."""
        self.page.fill("#pin", pin)
        self.page.click("#unlock [type=submit]")
        self.shows("today")

    def pack(self) -> None:
        """Take along what is to be done."""
        self.page.click("#pack")
        expect(self.page.locator("#packing")).to_contain_text("已打包")

    def shows(self, view: str) -> None:
        """Wait until a view is drawn."""
        self.page.wait_for_selector(f"html[data-shown={view}]")

    def begin(self) -> None:
        """Open the first visit."""
        self.page.locator("#visits .btn").first.click()
        self.shows("visit")

    def item(self, code: str) -> Locator:
        """Find an item of the visit."""
        return self.page.locator(f"[id='{code}']")

    def open_items(self) -> list[str]:
        """List what the page says is not done yet, by code."""
        found = self.page.locator("#sheets .item.open:not([hidden])").all()
        return [each.get_attribute("data-item") or "" for each in found]

    def answer(self, code: str) -> None:
        """Answer an item as well as can be."""
        for part in self.item(code).locator(".part").all():
            kind = part.get_attribute("data-type")
            if kind == "yes_no":
                part.locator("input.good + label").first.click()
            elif part.locator("[data-field=na]").count():
                part.locator("[data-field=na] + label").click()
            elif kind == "rate":
                part.locator("[data-field=numerator]").fill("3")
                part.locator("[data-field=denominator]").fill("3")
            elif kind == "number":
                part.locator("[data-field=value]").fill("9")
        self.page.keyboard.press("Tab")

    def answer_all(self) -> None:
        """Answer what is open, and what that makes appear."""
        for _ in range(4):
            for code in self.open_items():
                self.answer(code)

    def take(self, code: str, *photos: FilePayload) -> None:
        """Take photos of an item and wait until the tablet keeps them."""
        before = self.item(code).locator(".thumb").count()
        self.item(code).locator("[data-paper='0']").set_input_files(list(photos))
        expect(self.item(code).locator(".thumb")).to_have_count(before + len(photos))

    def attach(self, code: str) -> None:
        """Attach a paper to an item."""
        before = self.item(code).locator(".thumb").count()
        paper: FilePayload = {"name": "回执.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
        self.item(code).locator("[data-paper='1']").set_input_files(paper)
        expect(self.item(code).locator(".thumb")).to_have_count(before + 1)

    def sign(self) -> None:
        """Draw every signature that is asked for."""
        for pad in self.page.locator("#signing .pad svg").all():
            pad.scroll_into_view_if_needed()
            frame = pad.bounding_box()
            assert frame is not None
            self.page.mouse.move(frame["x"] + 60, frame["y"] + 40)
            self.page.mouse.down()
            self.page.mouse.move(frame["x"] + 200, frame["y"] + 90, steps=20)
            self.page.mouse.up()

    def everything_stored(self) -> str:
        """Return every record of the tablet's database as text, bytes as latin-1."""
        return str(self.page.evaluate(DUMP))

    def small_targets(self) -> list[str]:
        """Name what can be pressed and is lower or narrower than a finger."""
        return list(self.page.evaluate(SMALL))

    def online(self) -> None:
        """Come back to where there is a network."""
        self.context.set_offline(False)

    def all_received(self, seconds: int = 60) -> None:
        """Wait until nothing is left to be sent."""
        expect(self.page.locator("#standing")).to_have_text("没有待发送的内容", timeout=seconds * 1000)


@contextmanager
def tablet(playwright: Playwright, folder: Path, address: str, witness: Witness) -> Iterator[Tablet]:
    """Lend a tablet, and switch it off afterwards."""
    lent = Tablet(playwright, folder, address, witness)
    try:
        yield lent
    finally:
        with suppress(Error):
            lent.context.close()
