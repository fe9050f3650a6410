"""Where messages come from, and the catalogue of the second language that is made of them.

Chinese message ids stand in the code: in `_()` and `_l()`, in `mark()`, and in whatever is raised.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1]
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SOURCES = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = parse_keywords(["_", "_l", "gettext", "lazy_gettext", "ngettext:1,2", "mark"])
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# a template that cannot be read must not lose its messages silently
OPTIONS = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
# commands and the launcher speak Chinese to a terminal
TERMINAL = frozenset({"cli.py", "launch", "demo", "settings.py", "__main__.py"})
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """Collect every message of code and templates."""
    found = Catalog()
    for file, line, message, _comments, _context in extract_from_dir(PACKAGE, SOURCES, OPTIONS, KEYWORDS):
        found.add(message, None, [(file, line)])
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, message in raised(path):
            found.add(message, None, [(str(path.relative_to(PACKAGE)), line)])
    return found


def raised(path: Path) -> Iterator[tuple[int, str]]:
    """List the Chinese sentences that a file raises, with their lines; pieces of f-strings cannot be translated."""
    if set(path.parts) & TERMINAL:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield from ((line, text) for line, text in _texts(node.exc) if CHINESE.search(text))


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    elif not isinstance(node, ast.JoinedStr):
        for part in ast.iter_child_nodes(node):
            yield from _texts(part)


def read(file: Path) -> Catalog:
    """Read a catalogue as it is kept."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3])


def untranslated(catalogue: Catalog) -> Iterator[str]:
    """List the messages of a catalogue that have no text yet."""
    return (str(message.id) for message in catalogue if message.id and (message.fuzzy or not message.string))


def update(file: Path) -> Catalog:
    """Add new messages to a catalogue, drop those no longer used, and write it, always in the same way."""
    catalogue = Catalog(file.parts[-3], project="inspect-app", creation_date=NEVER, revision_date=NEVER, fuzzy=False)
    catalogue.header_comment = "# Texts of the interface; message ids are Chinese, the language of the source."
    held = read(file) if file.exists() else Catalog()
    for message in extract():
        if message.id:
            known = held.get(message.id)
            catalogue.add(message.id, known.string if known else None)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=0, no_location=True, sort_output=True)
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the binary form of a catalogue, which is what pages read."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def compile_file(file: Path) -> None:
    """Write the binary form beside a catalogue."""
    file.with_suffix(".mo").write_bytes(compiled(read(file)))
