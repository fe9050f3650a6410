"""What became of a form: what was carried over, what was not and why, and what was assumed."""

from dataclasses import dataclass, field

from inspect_app.checklists.definition import Checklist
from inspect_app.core.labels import Sentence


@dataclass(frozen=True)
class Entry:
    """Something of the form: sheet and row (counted from 1), what it is there, and a sentence about it."""

    sheet: str
    row: int
    what: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.what}：{self.sentence}"


@dataclass
class Report:
    """Everything the form holds is in one of the lists; `assumed` is what the author of the draft must look at."""

    carried: list[Entry] = field(default_factory=list)
    not_carried: list[Entry] = field(default_factory=list)
    assumed: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class XlsForm:
    """A form as a checklist; what it cannot say stands empty in the checklist, whose mistakes the draft shows."""

    checklist: Checklist
    report: Report
