"""Everything that is drawn or written from the code: path -> text.

In a hand-written page `<!-- generated: NAME -->` begins a generated part and `<!-- end -->` ends it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.drawing import floors, life_picture, tables
from tests.architecture.drawing.lives import lifecycles
from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
LIVES_HEAD = """# The lives of things

Drawn and written from the tables in `inspect_app/*/lifecycle.py` by `python -m tests.architecture.drawing`; not edited
by hand. The same rows make the buttons on the pages, and `core.lifecycle.advance` goes by them at every step: version
of the page, row of the table, permission, position of the person, facts, conditions. Some conditions bind only some
things (major hazards, engineering works, relocations). Overdue is no state: it follows from state, deadline and today.
"""


def documents() -> dict[Path, str]:
    """Make all pictures, the page of the lives, and the generated parts of the other pages."""
    machines = lifecycles()
    pictures = {f"{package}-life.svg": life_picture.picture(machine) for package, machine in machines.items()}
    made = {DOCS / "pictures" / name: text for name, text in {"floors.svg": floors.picture(), **pictures}.items()}
    made[DOCS / "lifecycles.md"] = lives_page()
    parts = {"permissions": tables.permissions(), "settings": tables.settings()}
    for page in sorted(DOCS.glob("*.md")):
        if page not in made and PART.search(text := page.read_text("utf-8")):
            made[page] = filled(text, parts)
    return made


def lives_page() -> str:
    """One chapter a life: picture, then its steps."""
    chapters = [LIVES_HEAD]
    for package, machine in lifecycles().items():
        picture = f"![{life_picture.title(machine)}](pictures/{package}-life.svg)"
        chapters.append(f"## {machine.name.capitalize()}\n\n{picture}\n")
        chapters.append(tables.steps(machine) + "\n")
        if asked := tables.positions(machine):
            chapters.append(f"Where the person must stand:\n\n{asked}\n")
    return "\n".join(chapters)


def filled(page: str, parts: Mapping[str, str]) -> str:
    """Put the generated parts into a page; an unknown name is a KeyError."""
    return PART.sub(lambda hit: f"{hit[1]}\n{parts[hit[2]]}\n\n{hit[3]}", page)
