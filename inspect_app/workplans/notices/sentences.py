"""Parts given in the sentence: 由甲局牵头、乙局配合；由丙局会同丁局组织；戊局、己局按职责分工负责."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from inspect_app.core.labels import mark
from inspect_app.workplans.notices.masking import without_titles
from inspect_app.workplans.notices.model import Named, Role
from inspect_app.workplans.notices.names import Name, is_group, is_unit, names_in, pieces, trimmed

TOGETHER = mark("原文写“会同”，会同单位读作配合单位，请核对。")
STOPS = "。；;！\n"
BY = re.compile(r"^(?:.{0,20}?[^理自缘])??由(?=.)")
TO_LEAD = r"牵头(?!抓总|作用|单位|部门|人|职责|推动作用|责任)"
VERB = re.compile(
    rf"(?P<lead>{TO_LEAD})|(?P<cooperating>(?:予以|做好|积极)?(?:配合|协助|协同|参与|参加))|"
    r"(?P<responsible>依?按照?(?:各自)?(?:职责|职能)(?:分工)?(?:分别|各自)?(?:负责|落实)|(?:分工|分别|具体)负责|负责|组织实施|承办)"
)
LOOSE = re.compile(r"^(?:其中|同时|具体工作|原则上|工作中)[，,]?")
MODAL = re.compile(r"(?:要|应当?|须|共同|分别|具体|主要)+$")
PERSONS = re.compile(r"人|制|同志|的")
WITH = re.compile(r"^(?:会同|联合)")
WORK = re.compile(
    r"(?:每[年季月半周]|定期|及时|组织|开展|做好|抓好|推进|制定|编制|起草|建立|落实|实施|共同|研究|指导|完成|建设)"
)


@dataclass(slots=True)
class _Reading:
    """One sentence as it is read: units that wait for a word, whether 由 stood before them.

    `broken` tells that the clause began with something else than units, so that its end is no list of them.
    """

    named: list[Named] = field(default_factory=list)
    waiting: list[Name] = field(default_factory=list)
    by: bool = False
    together: bool = False
    broken: bool = False

    def give(self, role: Role, doubt: str = "") -> None:
        """Give those who wait their part."""
        self.named += [Named(each.text, each.start, role, is_group(each.text), doubt) for each in self.waiting]
        self.waiting, self.together = [], False


def roles_in_sentences(text: str, start: int = 0) -> tuple[Named, ...]:
    """Read who leads, cooperates and answers from the sentences; only lists that hold nothing but units count."""
    found: dict[tuple[str, Role], Named] = {}
    for sentence in pieces(without_titles(text), start, STOPS):
        for named in _of_sentence(sentence):
            whole = text[named.start - start : named.start - start + len(named.text)]
            found.setdefault((whole, named.role), named)
    return tuple(found.values())


def _of_sentence(sentence: Name) -> list[Named]:
    reading = _Reading()
    for clause in pieces(sentence.text, sentence.start, "，,"):
        reading.broken = False
        for piece in pieces(clause.text, clause.start, "、"):
            _read_piece(reading, piece)
    if any(each.role is not Role.COOPERATING for each in reading.named):
        return reading.named
    return []


def _read_piece(reading: _Reading, piece: Name) -> None:
    piece = _after(piece, LOOSE)
    if by := BY.match(piece.text):
        reading.waiting, reading.by, reading.broken = [], True, False
        piece = Name(piece.text[by.end() :], piece.start + by.end())
    if WITH.match(piece.text) and reading.named:
        reading.waiting, reading.together = [], True
        piece = _after(piece, WITH)
    if "会同" in piece.text and _with_others(reading, piece):
        return
    verb = VERB.search(piece.text)
    units = _units(Name(piece.text[: verb.start()], piece.start)) if verb else _units(piece)
    if not verb:
        _wait(reading, piece, units)
    elif units and not reading.broken and _counts(reading, verb, piece):
        reading.waiting += units
        reading.give(next(role for role in Role if role.value in verb.groupdict() and verb[role.value]))
    else:
        reading.waiting, reading.broken = [], True


def _wait(reading: _Reading, piece: Name, units: list[Name]) -> None:
    """Keep units for the word that follows; units that stand with others (会同) end where their work is said."""
    if units:
        reading.waiting += units
        return
    if reading.together:
        work = WORK.search(piece.text)
        reading.waiting += _units(Name(piece.text[: work.start()], piece.start)) if work else []
        reading.give(Role.COOPERATING, TOGETHER)
    reading.waiting, reading.broken = [], True


def _with_others(reading: _Reading, piece: Name) -> bool:
    """Read 由甲局会同乙局组织…: who is named first leads."""
    first, _, rest = piece.text.partition("会同")
    lead = _units(Name(first, piece.start))
    if not lead or reading.broken:
        return False
    reading.waiting += lead
    reading.give(Role.LEAD, TOGETHER)
    reading.together = True
    _wait_or_work(reading, Name(rest, piece.start + len(first) + len("会同")))
    return True


def _wait_or_work(reading: _Reading, rest: Name) -> None:
    work = WORK.search(rest.text)
    reading.waiting += _units(Name(rest.text[: work.start()] if work else rest.text, rest.start))
    if work:
        reading.give(Role.COOPERATING, TOGETHER)


def _counts(reading: _Reading, verb: re.Match[str], piece: Name) -> bool:
    """Tell whether a word is said of a part: 牵头 and 负责 are, others behind 由 or a lead, or at the end."""
    ends = verb.end() == len(piece.text)
    charged = verb["responsible"] == "负责" and not PERSONS.match(piece.text, verb.end())
    spoken = bool(reading.named) or reading.by
    return (
        bool(verb["lead"])
        or charged
        or (ends and (spoken or verb["responsible"] is not None))
        or (spoken and reading.by)
    )


def _units(piece: Name) -> list[Name]:
    bare = trimmed(MODAL.sub("", piece.text), piece.start)
    names = list(_names(bare)) if bare else []
    return names if all(is_unit(each.text) for each in names) else []


def _names(piece: Name) -> Iterator[Name]:
    yield from names_in(piece)


def _after(piece: Name, pattern: re.Pattern[str]) -> Name:
    match = pattern.match(piece.text)
    return Name(piece.text[match.end() :], piece.start + match.end()) if match else piece
