"""What the content policy would refuse, and what no style sheet knows, is found in the templates already."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask_bootstrap
import pytest
from flask import Flask
from jinja2 import TemplateSyntaxError

from inspect_app.web import assets

ROOT = Path(assets.__file__).parents[1]
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
FORBIDDEN = {
    "style attribute": r"\sstyle=",
    "style element": r"<style",
    "event attribute": r"\son(?!e\b)[a-z]+\s*=",
    "inline script": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)",
    "script without nonce": r"<script(?![^>]*nonce=)",
    "unescaped": r"\|\s*safe\b",
    "other host": r"https?://",
}


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 5


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in TEMPLATES
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert not found


def test_every_template_can_be_compiled(app: Flask) -> None:
    mistakes = []
    for file in TEMPLATES:
        try:
            app.jinja_env.compile(file.read_text("utf-8"))
        except TemplateSyntaxError as error:
            mistakes.append(f"{file.relative_to(ROOT)}:{error.lineno} {error}")
    assert not mistakes


def test_every_element_with_classes_has_one_that_a_style_sheet_or_a_script_knows() -> None:
    sheets = [*ROOT.rglob("static/**/*.css"), *ROOT.rglob("static/**/*.js"), BOOTSTRAP]
    known = set(re.findall(r"[\w-]+", " ".join(sheet.read_text("utf-8") for sheet in sheets)))
    unstyled = {
        f"{names} in {file.relative_to(ROOT)}"
        for file in TEMPLATES
        for names in classes(file)
        if not known & set(names)
    }
    assert not unstyled


def classes(file: Path) -> Iterator[tuple[str, ...]]:
    text = re.sub(r"\{[{%#].*?[}%#]\}", " ", file.read_text("utf-8"), flags=re.DOTALL)
    for value in re.findall(r'\sclass="([^"]*)"', text):
        if names := tuple(name for name in value.split() if re.fullmatch(r"[\w-]*\w", name)):
            yield names
