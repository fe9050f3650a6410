import re
from pathlib import Path

import pytest
from flask import Flask

from inspect_app import checklists, inspections
from inspect_app.inspections.phrases import PHRASES, phrases
from inspect_app.web.language import COOKIE

SCRIPTS = Path(inspections.__file__).parents[1] / "static" / "fill"
JUDGING = ("reading", "explaining", "scoring", "tally")
MARKED = re.compile(r'mark\(\s*"([^"]+)"\s*\)')


def said_by_scripts() -> set[str]:
    code = "\n".join((SCRIPTS / f"{name}.js").read_text() for name in JUDGING)
    return set(re.findall(r'"([^"\n]*[一-鿿][^"\n]*)"', re.sub(r"(?m)^\s*//.*$", "", code)))


def test_every_sentence_of_the_scripts_can_be_told_in_another_language() -> None:
    assert said_by_scripts() == set(PHRASES)


def test_the_scripts_say_what_the_server_says() -> None:
    folders = [Path(str(package.__file__)).parent for package in (checklists, inspections)]
    sources = "\n".join(path.read_text() for folder in folders for path in folder.glob("*.py"))
    assert set(PHRASES) <= set(MARKED.findall(sources))


@pytest.mark.parametrize(("language", "told"), [("zh_Hans_CN", set()), ("en", {"未作答。", "附件", "重大隐患"})])
@pytest.mark.usefixtures("session")
def test_only_what_reads_otherwise_is_sent(app: Flask, language: str, told: set[str]) -> None:
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={language}"}):
        found = phrases()
    assert told <= set(found)
    assert bool(told) == bool(found)
