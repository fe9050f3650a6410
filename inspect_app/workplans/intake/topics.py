"""Which topic a task may have: counted from words kept as data, left open where no topic stands out."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.workplans.library.words import Topic

FILE = Path(__file__).parents[3] / "checklists" / "topics.toml"
IN_TITLE = 5
Words = Mapping[Topic, Sequence[str]]


@cache
def words_of_topics() -> Words:
    """Return the words of each topic; raises DefinitionProblems."""
    problems = Problems()
    read = read_topics(FILE, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the file, adding mistakes to `problems`; returns the topics that have words."""
    return [topic.value for topic in read_topics(FILE, problems)]


def read_topics(path: Path, problems: Problems) -> Words:
    """Read the words of one file; every topic has some."""
    table = read_file(path, problems)
    if table is None:
        return {}
    read = dict(_topic(each) for each in table.tables("topics"))
    table.finish()
    if lacking := [topic.value for topic in Topic if not read.get(topic)]:
        table.note(f"以下主题没有词：{'、'.join(lacking)}")
    return read


def topic_of(title: str, text: str, words: Words) -> Topic | None:
    """Return the one topic whose words occur most, in the title before all; None when none or several do."""
    counts = {topic: _weight(title, text, each) for topic, each in words.items()}
    most = max(counts.values(), default=0)
    first = [topic for topic, count in counts.items() if count == most]
    return first[0] if most and len(first) == 1 else None


def _topic(table: Table) -> tuple[Topic, tuple[str, ...]]:
    read = table.choice("topic", Topic), table.texts("words")
    table.finish()
    return read


def _weight(title: str, text: str, words: Sequence[str]) -> int:
    return sum(title.count(word) * IN_TITLE + text.count(word) for word in words)
