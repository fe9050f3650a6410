"""Whatever is shown can be shown in English: it is extracted, translated and compiled."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from flask.testing import FlaskClient

from inspect_app.web import translations


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    return translations.extract()


@pytest.fixture(scope="module")
def english() -> Catalog:
    return translations.read(translations.ENGLISH)


def identities(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


def test_every_message_has_an_english_text(extracted: Catalog, english: Catalog) -> None:
    missing = identities(extracted) - (identities(english) - set(translations.untranslated(english)))
    assert not missing, f"{len(missing)} messages: run flask translations update, translate, flask translations compile"


def test_the_catalogue_holds_nothing_that_is_no_longer_shown(extracted: Catalog, english: Catalog) -> None:
    assert not identities(english) - identities(extracted)


def test_pages_read_what_the_catalogue_says(english: Catalog) -> None:
    assert translations.ENGLISH.with_suffix(".mo").read_bytes() == translations.compiled(english)


def test_a_translation_keeps_its_parameters(english: Catalog) -> None:
    assert not [f"{message.id}: {error}" for message in english for error in message.check()]


def test_english_texts_are_english_but_for_quoted_terms(english: Catalog) -> None:
    left = [
        message.string
        for message in english
        if message.id and translations.CHINESE.search(re.sub(r"“[^”]*”", "", str(message.string)))
    ]
    assert not left


def test_what_is_raised_is_collected_but_no_piece_of_an_f_string(tmp_path: Path) -> None:
    file = tmp_path / "service.py"
    file.write_text(
        'raise Invalid({"on": ["太早。"], "at": [f"{x} 太晚。"]}, "内容有误。")\nshown = "不是错误"\n', "utf-8"
    )
    assert list(translations.raised(file)) == [(1, "太早。"), (1, "内容有误。")]


def test_commands_speak_chinese_only(tmp_path: Path) -> None:
    file = tmp_path / "cli.py"
    file.write_text('raise Invalid({}, "内容有误。")\n', "utf-8")
    assert not list(translations.raised(file))


def test_pages_speak_english_when_asked(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en"})
    page = client.get("/nowhere").text
    assert "Not found" in page
    assert not translations.CHINESE.search(re.sub(r">中文<", "><", page))
