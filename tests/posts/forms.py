"""What a browser would send back if somebody only pressed the button of a form."""

from html.parser import HTMLParser

SENT_WHEN_PRESSED = {"submit", "button", "file", "image", "reset"}


class _Reader(HTMLParser):
    """Notes names and values of the fields of the form that sends to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._inside, self._area, self._choice = action, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action", "") in {"", self._action} and given.get("method", "").lower() == "post"
        if not self._inside:
            return
        if tag == "input":
            self._note_input(given)
        elif tag in {"textarea", "select"}:
            self._area, self._choice = ("", given["name"]) if tag == "select" else (given["name"], "")
            self.fields[given["name"]] = ""
        elif tag == "option" and "selected" in given and self._choice:
            self.fields[self._choice] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n") if not self.fields[self._area] else data

    def _note_input(self, given: dict[str, str]) -> None:
        kind, ticked = given.get("type", "text"), "checked" in given
        if "name" in given and kind not in SENT_WHEN_PRESSED and (ticked or kind not in {"checkbox", "radio"}):
            self.fields[given["name"]] = given.get("value", "")


def filled(page: str, action: str = "") -> dict[str, str]:
    """Return the fields of the form on a page that sends to an address, or to the page itself, as they stand there."""
    reader = _Reader(action)
    reader.feed(page)
    return reader.fields
