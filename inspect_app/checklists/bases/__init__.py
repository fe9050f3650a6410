"""The register of legal bases as it stands on a day, with the items that cite each entry. Reads no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspect_app.checklists.definition import Checklist, Item
from inspect_app.core.labels import Sentence, mark
from inspect_app.law.definitions import LegalBasis, Register


class Standing(StrEnum):
    """What is to be known of a basis before it is relied upon; a basis may have several, the gravest first."""

    LAPSED = "lapsed"
    EARLY = "early"
    UNREAD = "unread"
    PARTLY = "partly"
    CHECKED = "checked"


STANDING_LABELS = {
    Standing.LAPSED: mark("已失效"),
    Standing.EARLY: mark("尚未生效"),
    Standing.UNREAD: mark("原文未核对"),
    Standing.PARTLY: mark("部分信息未核对"),
    Standing.CHECKED: mark("已核对"),
}
STANDING_LOOKS = {
    Standing.LAPSED: ("▲", "late"),
    Standing.EARLY: ("▲", "late"),
    Standing.UNREAD: ("◑", "wait"),
    Standing.PARTLY: ("◑", "wait"),
    Standing.CHECKED: ("●", "done"),
}
OUT_OF_FORCE = (Standing.LAPSED, Standing.EARLY)


@dataclass(frozen=True)
class Citing:
    """An item that cites a basis, with the articles it names (none: the whole text)."""

    checklist: Checklist
    item: Item
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A basis on a day: `doubts` in sentences, `citing` in the order of the lists."""

    basis: LegalBasis
    standings: tuple[Standing, ...]
    doubts: tuple[Sentence, ...]
    successor: LegalBasis | None
    citing: tuple[Citing, ...]

    @property
    def out_of_force(self) -> bool:
        """Whether it does not bind on the day, so that every item that cites it is flagged."""
        return self.standings[0] in OUT_OF_FORCE


def entries(register: Register, checklists: Iterable[Checklist], on: date) -> list[Entry]:
    """Return every basis as it stands on a day; those out of force first, of these the cited ones, then by register."""
    citing = _citing(checklists)
    found = [_entry(register, code, citing.get(code, ()), on) for code in register]
    return sorted(found, key=lambda each: (not each.out_of_force, each.out_of_force and not each.citing))


def standings(basis: LegalBasis, on: date) -> tuple[Standing, ...]:
    """Return what is to be known of a basis on a day, at least one."""
    found = []
    if not basis.in_force(on):
        found.append(Standing.LAPSED if basis.lapsed(on) else Standing.EARLY)
    if not basis.verified:
        found.append(Standing.UNREAD)
    elif basis.unverified:
        found.append(Standing.PARTLY)
    else:
        found.append(Standing.CHECKED)
    return tuple(found)


def _entry(register: Register, code: str, citing: Iterable[Citing], on: date) -> Entry:
    basis = register[code]
    return Entry(
        basis=basis,
        standings=standings(basis, on),
        doubts=register.doubts(code, on),
        successor=register.get(basis.superseded_by) if basis.superseded_by else None,
        citing=tuple(citing),
    )


def _citing(checklists: Iterable[Checklist]) -> Mapping[str, list[Citing]]:
    found: dict[str, list[Citing]] = {}
    for checklist in checklists:
        for item in checklist.items:
            for code in dict.fromkeys(each.basis for each in item.citations):
                articles = tuple(each.article for each in item.citations if each.basis == code and each.article)
                found.setdefault(code, []).append(Citing(checklist, item, articles))
    return found
