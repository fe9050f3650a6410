"""Recognise in a return what the inventory already holds: the same finding for certain, or possibly the same one."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import NamedTuple

from inspect_app.returns.duplicates import wording
from inspect_app.returns.result import Rejection, Row

WINDOW = timedelta(days=30)
ALIKE = 0.9
SHORTEST = 8
BUSIEST = 60
DISTINGUISHING = re.compile(
    r"[\dA-Za-z一二三四五六七八九十百千甲乙丙丁东西南北中上下左右前后内外里进出主副大小新旧男女]"
)
MASKED = re.compile(r"-?\*{4,8}")
FIELD, ENTRY = "\x1f", "\x1e"
site_key = lru_cache(maxsize=16_384)(wording)


class Known(NamedTuple):
    """A finding of the inventory, as far as likeness goes."""

    reference: str
    site_name: str
    description: str
    found_on: date | None


def fingerprint(county_code: str, site: str, description: str, found_on: date | None) -> str:
    """Return what stays of a finding whatever the spacing and punctuation: county, object, description, day found."""
    said = FIELD.join((county_code, site_key(site), wording(description), found_on.isoformat() if found_on else ""))
    return blake2b(said.encode(), digest_size=16).hexdigest()


def place_of(row: Row) -> str:
    """Return the object a row speaks of: where it names none, the responsible unit itself."""
    return row.site or row.responsible_unit


def fingerprints(county_code: str, rows: Iterable[Row]) -> list[str]:
    """Return the fingerprint of every row, in order."""
    return [fingerprint(county_code, place_of(row), row.description, row.found_on) for row in rows]


def content_digest(rows: Sequence[Row], rejected: Sequence[Rejection], report_on: date) -> str:
    """Return a digest of what a file says, wherever on the sheet and in whatever kind of file it says it.

    Of a file without any hazard the day of the report is all there is to say.
    """
    digest = sha256()
    for at, column in enumerate(zip(*rows, strict=True)):
        if at in _POSITIONS or (at in _ISSUED and not any(column)):
            continue
        digest.update((FIELD.join(map(str, column)) + ENTRY).encode())
    for refusal in rejected:
        said = [FIELD.join((problem.code, problem.column, problem.value)) for problem in refusal.problems]
        digest.update((ENTRY.join(said) + ENTRY).encode())
    if not rows and not rejected:
        digest.update(report_on.isoformat().encode())
    return digest.hexdigest()


_POSITIONS = {Row._fields.index(name) for name in ("sheet", "number", "remark")}
_ISSUED = {Row._fields.index("key"), Row._fields.index("more")}


class Likeness:
    """Findings of the inventory by object, to ask whether a row may be one of them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_site: Mapping[str, list[tuple[str, Known]]] = defaultdict(list)
        for each in known:
            self._by_site[site_key(each.site_name)].append((wording(each.description), each))

    def of(self, row: Row) -> Known | None:
        """Return a finding at the same object that may be the one of the row.

        Either the same words within a month (or on an unknown day), or nearly the same words on the same day.
        """
        here = self._by_site.get(site_key(place_of(row)), ()) if self._by_site else ()
        if not here:
            return None
        said = wording(row.description)
        same = (each for words, each in here if words == said and _near(each.found_on, row.found_on))
        found = next(same, None)
        if found or len(here) > BUSIEST:
            return found
        today = [(words, each) for words, each in here if row.found_on and each.found_on == row.found_on]
        return next((each for words, each in today if alike(words, said)), None)


def alike(one: str, other: str) -> bool:
    """Tell whether two wordings differ by little, and by nothing that tells two things apart (a number, a side)."""
    if min(len(one), len(other)) < SHORTEST:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return False
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return not any(DISTINGUISHING.search(one[a:b] + other[c:d]) for _, a, b, c, d in changes)


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts say the same but for width of characters and white space.

    In `one` the middle of a personal number may be masked, as it is in whatever leaves the system.
    """
    if one == other or _plain(one) == _plain(other):
        return True
    return MASKED.search(one) is not None and _unmasked(one).fullmatch(_plain(other)) is not None


def _unmasked(text: str) -> re.Pattern[str]:
    return re.compile(r"[\d+-]{4,12}".join(map(re.escape, MASKED.split(_plain(text)))))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= WINDOW
