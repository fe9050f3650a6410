"""Lists of units as papers write them: 甲、乙局，丙和丁局等成员单位 cut into names with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspect_app.workplans.notices.standalone import UNIT_END

OPENING, CLOSING = "（([【〔", "）)]】〕"
FILLER = "＊"
CLEAN = " \t，,、；;。.：:"
ENOUGH = 2
LONGEST_NAME, LONGEST_PIECE = 40, 160
OTHERS = re.compile(
    r"(?:有关|相关|各|其他|各有关|各相关|\d+|[一二三四五六七八九十]+)?个?(?:部门|单位|部门单位|部门和单位|部门（单位）|单位和部门)"
)
ONE_GROUP = re.compile(
    r"(?<=各)(?:[区县市乡镇旗州盟]|街道|乡镇|县区)、(?=[区县市乡镇旗州盟街])|部门、(?=单位)|单位、(?=部门)"
)
AND = re.compile(r"以及|及|和|与")
COMPANY = re.compile(r"(?:指挥部|领导小组|联席会议|委员会)$")
GROUP = re.compile(
    r"^(?:各|全|有关|相关|其他|本级)|各(?:县|市|区|乡|镇|部门|单位|成员|街道|有关|相关|级)|成员单位$|部门$|企业$|单位$|运营商$|(?<!总)部门和单位$"
)
SPEECH = re.compile(
    r"要|应当|做好|推进|加强|开展|落实|确保|按照|组织|建立|健全|发挥|承担|履行|统筹|完善|明确|强化|提升|协调"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it begins."""

    text: str
    start: int


def veiled(text: str) -> str:
    """Return the text with all that stands in parentheses replaced sign by sign: separators there are unseen."""
    depth, signs = 0, []
    for each in text:
        if each in CLOSING:
            depth = max(depth - 1, 0)
        signs.append(each if not depth else FILLER)
        depth += each in OPENING
    return "".join(signs)


def pieces(text: str, start: int, separators: str) -> Iterator[Name]:
    """Cut at separators outside of parentheses; empty pieces are left out, and 各区、县（市）政府 stays one."""
    veil, begin = veiled(text), 0
    whole = {place for match in ONE_GROUP.finditer(veil) for place in range(match.start(), match.end())}
    for end in [*(place for place, each in enumerate(veil) if each in separators and place not in whole), len(text)]:
        if name := trimmed(text[begin:end], start + begin):
            yield name
        begin = end + 1


def trimmed(text: str, start: int) -> Name | None:
    """Return the text without blanks and stops around it; None when nothing is left."""
    bare = text.lstrip(CLEAN)
    shift, bare = len(text) - len(bare), bare.rstrip(CLEAN)
    return Name(bare, start + shift) if bare else None


def names_in(piece: Name) -> list[Name]:
    """Cut 甲局和乙局等成员单位 into its units and the group they stand for; 等 that names nobody is left out.

    What is longer than any list of units is prose and names none.
    """
    if len(piece.text) > LONGEST_PIECE:
        return []
    found = []
    for part in _examples(piece):
        found += _joined(part)
    return found


def is_unit(name: str) -> bool:
    """Tell whether a text can only be the name of a unit or a group of units."""
    bare = re.sub(r"[（(][^（()）]*[）)]", "", name)
    fits = _balanced(name) and ENOUGH <= len(bare) <= LONGEST_NAME and not SPEECH.search(bare)
    return fits and bool(UNIT_END.search(name)) and not re.search(r"[“”《》。：:！？\d]", bare)


def _balanced(name: str) -> bool:
    return sum(each in OPENING for each in name) == sum(each in CLOSING for each in name)


def is_group(name: str) -> bool:
    """Tell whether a name stands for several units that the notice does not list."""
    return bool(GROUP.search(name))


def _examples(piece: Name) -> list[Name]:
    """Cut at every 等 behind a unit: what follows is the group that the names before are examples of."""
    veil = veiled(piece.text)
    for match in re.finditer("等", veil):
        before, after = piece.text[: match.start()], piece.text[match.end() :]
        if len(before) < ENOUGH or not UNIT_END.search(before) or not _ends_list(after):
            continue
        rest = trimmed(after, piece.start + match.end())
        first = [Name(before, piece.start)]
        if rest is None or OTHERS.fullmatch(rest.text):
            return first
        return first + [part for part in _examples(rest) if not OTHERS.fullmatch(part.text)]
    return [piece]


def _ends_list(after: str) -> bool:
    return not after or bool(re.search(r"(?:单位|部门|企业|机构|力量|政府|会|运营商)$", after))


def _joined(part: Name) -> list[Name]:
    """Cut at 和, 及, 与 where both sides are units; 指挥部及联席会议成员单位 stays one group."""
    veil = veiled(part.text)
    for match in AND.finditer(veil):
        left, right = part.text[: match.start()], part.text[match.end() :]
        shared = COMPANY.search(left) and right.endswith(("成员单位", "办公室"))
        if is_unit(left) and is_unit(right) and not shared and not OTHERS.fullmatch(right):
            return [Name(left, part.start), *_joined(Name(right, part.start + match.end()))]
    return [part]
