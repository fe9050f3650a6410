"""The text of a web page: a line for every block, cells of a row apart by tabs."""

from html.parser import HTMLParser

SILENT = {"script", "style", "title", "noscript", "template", "select", "button", "nav", "svg"}
BLOCKS = {
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "header", "footer", "hr", "dd", "dt", "body", "center", "blockquote", "pre",
}  # fmt: skip
CELLS = {"td", "th"}


def text_of_page(source: str) -> str:
    """Return the text that a browser shows, block by block."""
    page = _Page()
    page.feed(source)
    page.close()
    return "".join(page.parts)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - by contract
        if tag in SILENT:
            self._silent.append(tag)
        elif tag in CELLS:
            self.parts.append("\t" if self._cell else "")
            self._cell = True
        elif tag in BLOCKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            words = " ".join(data.replace("\xa0", " ").split(" ")).replace("\n", " ").replace("\t", " ")
            self.parts.append(words.replace("\r", " "))

    def _break(self, tag: str) -> None:
        if tag in ("tr", "table"):
            self._cell = False
        self.parts.append(" " if self._cell else "\n")
