"""Hand-written pages name what exists: words of the glossary in the code, links to files that are there."""

import ast
import re
from functools import lru_cache

import pytest

from tests.architecture.sources import PACKAGE, ROOT, ours

DOCS = ROOT / "docs"
TERM = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
GLOSSARIES = (DOCS / "glossary.md", ROOT / "README.md")


def terms() -> list[str]:
    """The third column of every row that begins with a Chinese word."""
    rows = [line.split("|") for page in GLOSSARIES for line in page.read_text("utf-8").splitlines()]
    return [term for row in rows if len(row) > 4 and re.match(r" [一-鿿]", row[1]) for term in TERM.findall(row[3])]


@lru_cache
def words_of(package: str) -> frozenset[str]:
    """Every name and every plain text in the modules of a package, and the names of the modules."""
    found: set[str] = set()
    for source in ours():
        if source.path.is_relative_to(PACKAGE / package):
            found.add(source.stem)
            for node in ast.walk(source.tree):
                texts = (getattr(node, name, None) for name in ("id", "attr", "name", "arg", "value"))
                found.update(text for text in texts if isinstance(text, str))
    return frozenset(found)


def unknown(term: str) -> list[str]:
    package, *names = term.split(".")
    return [name for name in names or [package] if name not in words_of(package if names else ".")]


@pytest.mark.parametrize("term", terms())
def test_a_word_of_the_glossary_is_used_in_the_code(term: str) -> None:
    assert not unknown(term)


@pytest.mark.parametrize("term", ["hazards.Danger", "sites.Hazard", "nowhere.Hazard", "no_such_word"])
def test_a_word_that_the_code_does_not_use_is_noticed(term: str) -> None:
    assert unknown(term)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_the_links_of_a_page_lead_to_files(page: object) -> None:
    assert isinstance(page, type(DOCS))
    links = LINK.findall(page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]
