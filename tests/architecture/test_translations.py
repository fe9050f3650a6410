"""Chinese is complete by nature; every catalogue of another language says all of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.architecture.sources import PACKAGE, ROOT

CATALOGUES = sorted(PACKAGE.rglob("LC_MESSAGES/messages.po"))
KEYWORDS = ("_l", "mark")


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Everything that is shown, as extracted from code and templates."""
    file = tmp_path_factory.mktemp("messages") / "messages.pot"
    keywords = [option for name in KEYWORDS for option in ("-k", name)]
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q"]
    subprocess.run([*babel, "extract", "-F", "pyproject.toml", *keywords, "-o", str(file), "."], cwd=ROOT, check=True)
    return read(file)


def read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_message_is_translated(file: Path, messages: Catalog) -> None:
    catalogue = read(file)
    missing = [
        message.id
        for message in messages
        if message.id and not ((found := catalogue.get(message.id)) and found.string and not found.fuzzy)
    ]
    assert not missing, f"{len(missing)} messages without translation"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_a_translation_keeps_the_parameters_of_its_message(file: Path) -> None:
    wrong = [f"{message.id}: {error}" for message in read(file) for error in message.check()]
    assert not wrong


def test_messages_are_extracted_from_code_and_from_pages(messages: Catalog) -> None:
    sources = {Path(place).suffix for message in messages for place, _line in message.locations}
    assert sources == {".py", ".html"}
