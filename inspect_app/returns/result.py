"""What reading a return comes to: every row of the file in exactly one of four lists."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import Sentence
from inspect_app.returns.codes import PROBLEMS
from inspect_app.returns.fields import CORE, Field
from inspect_app.returns.heads import Head
from inspect_app.returns.rowkinds import RowKind

ORDER = {code: place for place, code in enumerate(PROBLEMS)}


class Outcome(StrEnum):
    """What a file turned out to be."""

    IMPORT = "import"
    REFUSE = "refuse"
    NOT_A_LEDGER = "not_a_ledger"
    STATISTICS = "statistics"
    IMPORT_CARDS = "import_cards"


USABLE = (Outcome.IMPORT, Outcome.IMPORT_CARDS)
ABOUT = ("layouts", "figures", "pictures")


class Row(NamedTuple):
    """A hazard that may be imported. `grade` is "general" or "major", `status` "open", "rectifying" or "rectified".

    `township` is the official name when `township_code` is set, else the text of the file. `key` names the row of a
    workbook that was issued to be filled in, `more` pairs the columns that only such a workbook has with what they say;
    `remark` is what comments on the cells of the row say.
    """

    sheet: str | None
    number: int
    township: str | None
    site: str | None
    description: str
    grade: str | None
    found_on: date | None
    responsible_unit: str
    responsible_person: str | None
    measures: str | None
    due_on: date | None
    status: str | None
    done_on: date | None
    township_code: str | None
    reference: str | None
    warnings: tuple[str, ...]
    remark: str | None = None
    key: str | None = None
    more: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The row as scripts read it."""
        fields = {name.value: _plain(getattr(self, name.value)) for name in CORE}
        return {"sheet": self.sheet, "row": self.number, "fields": fields, "warnings": list(self.warnings)}


class Problem(NamedTuple):
    """What is wrong with one cell, and under which heading it stands."""

    code: str
    field: Field
    column: str
    value: str

    def __str__(self) -> str:
        return PROBLEMS[self.code] % {"column": self.column, "value": self.value}


class Rejection(NamedTuple):
    """A row that cannot be imported, with all its problems, the weightiest first; `row` is what of it could be read."""

    sheet: str | None
    number: int
    problems: tuple[Problem, ...]
    row: Row | None = None

    @property
    def code(self) -> str:
        """The code of the weightiest problem."""
        return self.problems[0].code

    def as_json(self) -> dict[str, Any]:
        """The rejection as scripts read it; the message names all problems."""
        column, message = self.problems[0].column, "".join(map(str, self.problems))
        return {"sheet": self.sheet, "row": self.number, "code": self.code, "column": column, "message": message}


class Duplicate(NamedTuple):
    """A row that says what an earlier row of the same file has said."""

    row: Row
    of: Row

    @property
    def exact(self) -> bool:
        """Whether even the wording is the same."""
        return self.row.description == self.of.description

    def as_json(self) -> dict[str, Any]:
        """The pair as scripts read it."""
        return {"sheet": self.row.sheet, "row": self.row.number, "of": {"sheet": self.of.sheet, "row": self.of.number}}


class Ignored(NamedTuple):
    """A row that is no hazard."""

    sheet: str | None
    number: int
    kind: RowKind

    def as_json(self) -> dict[str, Any]:
        """The row as scripts read it."""
        return {"sheet": self.sheet, "row": self.number, "kind": self.kind.value}


class IssueMark(NamedTuple):
    """What a workbook says of its own issue: the code, the county's code, and the checksum of the rows issued."""

    code: str
    county: str
    checksum: str


class Notice(NamedTuple):
    """Something about a whole sheet that a person should see."""

    code: str
    sheet: str | None
    sentence: Sentence

    def as_json(self) -> dict[str, Any]:
        """The notice as scripts read it."""
        return {"code": self.code, "sheet": self.sheet, "message": str(self.sentence)}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The whole answer. `code` and `sentence` say why no rows were read; `heads` how columns were understood.

    `issue` is there when the file is a workbook that was issued to be filled in. `layouts` are the tables as a person
    is asked about their columns, `figures` those of a table of figures.
    """

    outcome: Outcome
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    heads: list[tuple[str | None, Head]] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    code: str | None = None
    sentence: Sentence | None = None
    issue: IssueMark | None = None
    layouts: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def refused(cls, refusal: FileRefused) -> "ReadResult":
        """The answer to a file that cannot be used."""
        return cls(Outcome.REFUSE, code=refusal.file_code, sentence=Sentence(refusal.message, refusal.params))

    @property
    def told_rows(self) -> list[Row]:
        """The accepted rows, and of the refused ones what of them could be read."""
        return [*self.rows, *(refusal.row for refusal in self.rejected if refusal.row)]

    @property
    def is_zero_report(self) -> bool:
        """Whether the file says that there is nothing to report."""
        if self.outcome is not Outcome.IMPORT or self.rows or self.rejected:
            return False
        return any(row.kind is RowKind.ZERO_REPORT for row in self.ignored)

    @property
    def waits(self) -> bool:
        """Whether nothing can be imported of the file as it is, but a person may look at it or explain its columns."""
        return self.outcome not in USABLE and bool(self.layouts or self.figures)

    def about(self) -> dict[str, Any]:
        """What is kept of the file beside its rows."""
        return {name: getattr(self, name) for name in ABOUT if getattr(self, name)}

    def as_json(self) -> dict[str, Any]:
        """The answer as scripts read it."""
        if self.outcome is Outcome.REFUSE:
            return {"outcome": self.outcome.value, "code": self.code, "message": str(self.sentence), "rows": []}
        explanation = {"code": self.code, "message": str(self.sentence)} if self.sentence else {}
        return {
            "outcome": self.outcome.value,
            **explanation,
            "rows": [row.as_json() for row in self.rows],
            "rejected": [row.as_json() for row in self.rejected],
            "duplicates": [row.as_json() for row in self.duplicates],
            "ignored": [row.as_json() for row in self.ignored],
            "warnings": [notice.as_json() for notice in self.notices],
        }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
