"""The same notice in lines broken by a page, as a web page or pasted into one line is read the same."""

import pytest

from inspect_app.workplans.notices.bytes import text_of_paste
from inspect_app.workplans.notices.model import Notice
from inspect_app.workplans.notices.reading import read_notice
from inspect_app.workplans.notices.wrapping import columns
from tests.workplans.notices.scoring_notices import FIXTURES

RAW = (FIXTURES / "tacheng-2024.txt").read_text("utf-8")


def gist(notice: Notice) -> list[object]:
    tasks: list[object] = [
        (task.chapter, task.number, task.title, [(each.text, each.role) for each in task.named],
         [(each.kind, each.value) for each in task.requirements])
        for task in notice.tasks
    ]  # fmt: skip
    return [notice.head, [each.quote for each in notice.requirements], *tasks]


def broken(line: str, width: int) -> list[str]:
    """Break a line as a page does: no line begins with a stop."""
    parts = [""]
    for sign in line:
        if columns(parts[-1] + sign) > width and sign not in "。，；：、）”":
            parts.append("")
        parts[-1] += sign
    return parts


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("width", [20, 28, 42])
def test_lines_broken_by_a_page_are_joined(width: int, indent: str) -> None:
    lines = [line.strip() for line in RAW.split("\n") if line.strip()]
    pages = [part for line in lines for part in broken(indent + line, width)]
    for place in range(len(pages) - 30, 0, -30):
        pages[place:place] = ["", f"- {place // 30} -", "\f"]
    assert gist(read_notice("\n".join(pages))) == gist(read_notice(RAW))


def test_a_body_pasted_into_one_line_is_parted_again() -> None:
    place = RAW.index("一、强化")
    assert gist(read_notice(RAW[:place] + RAW[place:].replace("\n", "")))[2:] == gist(read_notice(RAW))[2:]


def test_a_web_page_is_read_as_its_text() -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in RAW.split("\n")) + "</body></html>"
    assert gist(read_notice(text_of_paste(page))) == gist(read_notice(RAW))
