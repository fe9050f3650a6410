"""Which numbered parts are tasks, and what they are called."""

import re
from collections.abc import Iterable, Iterator

from inspect_app.workplans.notices.blocks import Node
from inspect_app.workplans.notices.names import veiled
from inspect_app.workplans.notices.numbering import Style
from inspect_app.workplans.notices.roles import has_roles, roles_in_brackets

FRAME = re.compile(
    r"(?:总体要求|指导思想|总体思路|工作思路|基本原则|工作原则|工作目标|总体目标|主要目标|目标任务|工作要求|有关要求|相关要求|报送要求|"
    r"有关事项|其他事项|其他|编制目的|编制依据|适用范围|总则|附则)"
)
STOP = re.compile(r"[。；;！]")
LONGEST, LONGEST_LABEL, SHORTEST = 50, 30, 4


def tasks_among(roots: Iterable[Node]) -> list[Node]:
    """List the parts that are tasks: those with roles, or the innermost; 总体要求 and the like are not."""
    nodes = list(roots)
    found = [task for root in nodes for task in _tasks(root)]
    return found or [leaf for root in nodes for leaf in _leaves(root)]


def title_of(words: str) -> tuple[str, bool]:
    """Return the title of a part from the words after its number, and whether the paper sets it off as one."""
    bare = words[: _roles_begin(words)].rstrip()
    spaced = _before_blank(bare)
    if spaced:
        return spaced, True
    veil = veiled(bare)
    stop = STOP.search(veil)
    first = bare[: stop.start()] if stop else bare
    label = re.split(r"[：:]", veil)[0]
    if SHORTEST <= len(label) <= LONGEST_LABEL and len(label) < len(first):
        return bare[: len(label)].strip(), True
    if len(first) <= LONGEST:
        return first.strip(), bool(stop and bare[stop.end() :].strip()) or not stop
    clause = re.split(r"[，,]", veil)[0]
    return (bare[: len(clause)] if SHORTEST <= len(clause) <= LONGEST else first[:LONGEST]).strip(), False


def heading_of(node: Node) -> str:
    """Return the number and the title of a part as written."""
    title = title_of(node.words)[0]
    return node.line.text[: node.start - node.line.start + len(title)]


def number_of_part(node: Node) -> str:
    """Return the number as written, in parentheses of full width and without what sets it off."""
    written = re.sub(r"\s", "", node.marker.written).rstrip("、.．：:")
    return written.translate(str.maketrans("()", "（）"))


def is_frame(node: Node) -> bool:
    """Tell whether a part says in what spirit, to what end and in what form, and asks for no work of its own."""
    return bool(FRAME.fullmatch(title_of(node.words)[0]))


def _tasks(node: Node) -> Iterator[Node]:
    if not node.children:
        if not is_frame(node):
            yield node
    elif _is_task(node):
        yield node
    else:
        for child in node.children:
            yield from _tasks(child)


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _is_task(node: Node) -> bool:
    """Tell whether a part with numbered points below it is one task, rather than the heading of several."""
    with_roles = [child for child in node.children if _speaks_of_roles(child)]
    if with_roles:
        closing = with_roles == node.children[-1:] and len(node.children) > 1
        return closing and not has_roles(with_roles[0].line.text) and not with_roles[0].children
    if has_roles(_own(node)) or node.marker.rank == Style.ARTICLE:
        return True
    outer = min(child.marker.rank for child in node.children)
    if node.parent is None and outer <= Style.PARENTHESES:
        return False
    told = STOP.search(node.words.rstrip("。；")) or node.words.rstrip().endswith(("：", ":"))
    return bool(told) or (outer >= Style.ARABIC_PARENTHESES and bool(node.lines)) or outer >= Style.CIRCLED


def _speaks_of_roles(node: Node) -> bool:
    return has_roles(_own(node)) or any(_speaks_of_roles(child) for child in node.children)


def _own(node: Node) -> str:
    return "\n".join([node.words, *(line.text for line in node.lines)])


def _roles_begin(words: str) -> int:
    spans = roles_in_brackets(words).spans
    return spans[0][0] if spans and spans[0][0] else len(words)


def _before_blank(words: str) -> str:
    """Return what stands before the first blank, where a paper sets its titles off by blanks."""
    first, blank, rest = words.partition(" ")
    plain = SHORTEST <= len(first) <= LONGEST_LABEL and not re.search(r"[，,。；;：:“‘（(《]", first)
    return first if blank and plain and len(rest) > len(first) else ""
