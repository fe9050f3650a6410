"""The shape of what `reports/documents/*.toml` says of kinds of documents and of the bodies that issue them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from inspect_app.documents.kinds import Family

BLANK = "　　　　"


class FieldKind(StrEnum):
    """How a field is filled in: one line, paragraphs, a day, or rows of a table."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    ROWS = "rows"


@dataclass(frozen=True)
class Citation:
    """A legal basis by its code in the register, with the article that is meant."""

    basis: str
    article: str = ""


@dataclass(frozen=True)
class DocumentField:
    """A field of a document, or a column of its rows; `future` days must not lie before the day of issue.

    `default` is what a new draft begins with where the case says nothing. `width` is that of a column in millimetres
    (0: an equal share of what is left). A field that `names` holds the number of an issued document of the same case,
    of one of the kinds that its own kind comes after. What is `fixed` is written by the case and cannot be altered in
    the draft; fixed columns also keep the number of rows.
    """

    code: str
    label: str
    kind: FieldKind = FieldKind.LINE
    optional: bool = False
    future: bool = False
    names: bool = False
    fixed: bool = False
    width: int = 0
    default: str = ""
    columns: tuple["DocumentField", ...] = ()


@dataclass(frozen=True)
class Signer:
    """Who signs: at least `count` people; `credential` asks for the number of a certificate."""

    role: str
    label: str
    count: int = 1
    credential: bool = False
    may_refuse: bool = False


@dataclass(frozen=True)
class KindDefinition:
    """A kind of document. `after` names kinds of which one must have been issued for the same case.

    `number` is a pattern over {short}, {office_short}, {year}, {quarter}, {case} and {number}; documents of one
    `series` of a body share their numbers. `unfit_words` may stand in no field: what must not be made public. `body` is
    what the Word template is first made of. `titled` is a title over the codes of fields, for kinds whose documents are
    each called by what they are about.
    """

    code: str
    title: str
    family: Family
    series: str
    number: str
    subjects: tuple[str, ...]
    fields: tuple[DocumentField, ...]
    body: str
    after: tuple[str, ...] = ()
    unfit_words: tuple[str, ...] = ()
    bases: tuple[Citation, ...] = ()
    enforcement_bases: tuple[Citation, ...] = ()
    signers: tuple[Signer, ...] = ()
    titled: str = ""

    def title_of(self, data: Mapping[str, Any]) -> str:
        """Return the title of a document with these data."""
        return self.titled.format_map({each.code: data.get(each.code) or BLANK for each in self.fields}) or self.title

    def field(self, code: str) -> DocumentField | None:
        """Find a field by its code."""
        return next((each for each in self.fields if each.code == code), None)

    def signer(self, role: str) -> Signer | None:
        """Find who signs in a role."""
        return next((each for each in self.signers if each.role == role), None)

    @property
    def by_case(self) -> bool:
        """Whether the numbers are counted for each case instead of each year."""
        return "{case}" in self.number


@dataclass(frozen=True)
class Issuer:
    """The bodies of a region: `letter` writes letters, `enforcement` (empty: there is none) acts with power."""

    region: str
    short: str
    office_short: str
    letter: str
    enforcement: str = ""
    reconsideration: str = ""
    court: str = ""
    letter_bases: tuple[Citation, ...] = ()
    enforcement_bases: tuple[Citation, ...] = ()

    def family_of(self, kind: KindDefinition) -> Family:
        """Say in which family this body issues a kind."""
        if kind.family is not Family.EITHER:
            return kind.family
        return Family.ENFORCEMENT if self.enforcement else Family.LETTER

    def name(self, family: Family) -> str:
        """Return the body that issues documents of a family; "" when there is none."""
        return self.enforcement if family is Family.ENFORCEMENT else self.letter

    def bases(self, family: Family) -> tuple[Citation, ...]:
        """Return the articles that the body acts under."""
        return self.enforcement_bases if family is Family.ENFORCEMENT else self.letter_bases


@dataclass(frozen=True)
class Library:
    """All kinds by code and all issuing bodies by region."""

    kinds: Mapping[str, KindDefinition]
    issuers: Mapping[str, Issuer] = field(default_factory=dict)


def day_text(value: object) -> str:
    """Write a day (a date, or its ISO form) as documents do: 2026年6月15日; "" for anything else."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return ""
    return f"{day.year}年{day.month}月{day.day}日"


def is_blank(value: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether a field has not been filled in."""
    return not value or (isinstance(value, str) and not value.strip())
