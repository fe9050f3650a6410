"""The survey of a form, row by row: groups become sections, questions items, notes guidance, pictures evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from inspect_app.checklists.definition import Deadline, DeadlineKind, Evidence, Item, Part, Relevance, Section, Severity
from inspect_app.checklists.questions import Text
from inspect_app.checklists.workbook.xlsform.bounds import Known, conditions
from inspect_app.checklists.workbook.xlsform.choices import Choices
from inspect_app.checklists.workbook.xlsform.expressions import UnsupportedError, parse
from inspect_app.checklists.workbook.xlsform.kinds import Kind, Meaning, meaning_of
from inspect_app.checklists.workbook.xlsform.questions import OTHER, check_constraint, question_of
from inspect_app.checklists.workbook.xlsform.report import Report
from inspect_app.checklists.workbook.xlsform.tables import FormRow, FormTable, Language
from inspect_app.core.labels import mark

DAYS = 30
GROUPED = " / "
TRUE = frozenset(("yes", "true", "true()", "1", "是", "y"))
FALSE = frozenset(("", "no", "false", "false()", "0", "否", "n"))
READ = frozenset(
    ("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "constraint_message")
)
LOST = {
    "default": mark("系统不预填答案。"),
    "appearance": mark("只影响原软件的显示方式。"),
    "calculation": mark("系统不作计算。"),
    "choice_filter": mark("系统不按前题筛选选项，全部选项都会列出。"),
    "read_only": mark("系统没有只读的题。"),
    "required_message": mark("系统用自己的提示语。"),
    "media": mark("题目不带图片、声音和录像。"),
    "repeat_count": mark("系统没有循环。"),
    "parameters": mark("没有对应的设置。"),
    "trigger": mark("系统不作计算。"),
}
NO_COLUMN = mark("系统没有这一栏的设置。")
LABELS = {
    Kind.TEXT: mark("改为文字题 %(code)s。"),
    Kind.INTEGER: mark("改为数值题 %(code)s。"),
    Kind.DECIMAL: mark("改为数值题 %(code)s。"),
    Kind.RANGE: mark("改为有上下限的数值题 %(code)s。"),
    Kind.DATE: mark("改为日期题 %(code)s。"),
    Kind.ONE: mark("改为单选或是否题 %(code)s。"),
    Kind.SOME: mark("改为多选题 %(code)s。"),
}


@dataclass
class _Group:
    title: str
    relevant: tuple[Relevance, ...]
    notes: list[FormRow] = field(default_factory=list)


@dataclass
class _Section:
    title: str
    items: list[Item] = field(default_factory=list)


class Survey:
    """Reads the rows in their order; what is carried over stands in `sections` at the end."""

    def __init__(
        self, code: str, title: str, choices: Mapping[str, Choices], language: Language, report: Report
    ) -> None:
        self.code, self.choices, self.language, self.report = code, choices, language, report
        self.groups = [_Group(title, ())]
        self.known: dict[str, Known] = {}
        self.made: list[_Section] = []
        self.repeats: list[str] = []
        self.count = 0

    def read(self, table: FormTable) -> tuple[Section, ...]:
        """Read the whole survey."""
        for row in table.rows:
            meaning = meaning_of(row.get("type"))
            if not self._repeated(row, meaning):
                self._take(row, meaning)
        while len(self.groups) > 1:
            self._close()
        self._drop_notes()
        self.language.leave_out(table, self.report)
        return tuple(Section(f"s{place}", made.title, tuple(made.items)) for place, made in enumerate(self.made, 1))

    def _repeated(self, row: FormRow, meaning: Meaning) -> bool:
        """Leave out a repetition with everything inside it."""
        if meaning.kind is Kind.REPEAT:
            self.repeats.append(row.get("name"))
            self._leave(row, mark("系统没有循环，里面的题都没有导入；请按对象分别检查。"))
        elif meaning.kind is Kind.END_REPEAT and self.repeats:
            self.repeats.pop()
        elif self.repeats:
            self._leave(row, mark("在循环“%(name)s”里面，没有导入。"), name=self.repeats[-1])
        else:
            return False
        return True

    def _take(self, row: FormRow, meaning: Meaning) -> None:
        match meaning.kind:
            case Kind.BEGIN:
                self._open(row)
            case Kind.END:
                self._close()
            case Kind.NOTE:
                self.groups[-1].notes.append(row)
            case Kind.IMAGE:
                self._picture(row)
            case Kind.OTHER | Kind.END_REPEAT:
                self._leave(row, meaning.why_not or mark("没有对应的开头。"))
            case Kind.ONE | Kind.SOME if meaning.choices not in self.choices:
                self._leave(row, mark("choices 中没有选项表“%(name)s”。"), name=meaning.choices)
            case _:
                self._ask(row, meaning)

    def _leave(self, row: FormRow, message: str, **params: object) -> None:
        what = " ".join(each for each in (row.get("type"), row.get("name")) if each)
        self.report.not_carried.append(row.entry(what or "—", message, **params))

    def _open(self, row: FormRow) -> None:
        title = self.language.text(row, "label") or row.get("name")
        outer = self.groups[-1]
        whole = f"{outer.title}{GROUPED}{title}" if len(self.groups) > 1 else title
        self.groups.append(_Group(whole, (*outer.relevant, *self._relevant(row))))
        self.report.carried.append(row.entry(title, mark("改为分节。")))
        self._lost_columns(row)

    def _close(self) -> None:
        self._drop_notes()
        if len(self.groups) > 1:
            self.groups.pop()

    def _drop_notes(self) -> None:
        for note in self.groups[-1].notes:
            self._leave(note, mark("这段说明后面没有题，没有导入。"))
        self.groups[-1].notes.clear()

    def _picture(self, row: FormRow) -> None:
        section = self.made[-1] if self.made and self.made[-1].title == self.groups[-1].title else None
        if section is None or not section.items:
            self._leave(row, mark("前面没有可以附照片的题，请在检查项上设“现场照片”为必传证据。"))
            return
        item = section.items[-1]
        section.items[-1] = replace(item, evidence=tuple(dict.fromkeys((*item.evidence, Evidence.PHOTO))))
        self.report.carried.append(row.entry(row.get("name"), mark("改为 %(code)s 必传的现场照片。"), code=item.code))
        for column in ("relevant", "constraint"):
            if row.get(column):
                self.report.not_carried.append(row.entry(column, mark("照片随检查项一起要求，没有自己的条件。")))
        self._lost_columns(row)

    def _ask(self, row: FormRow, meaning: Meaning) -> None:
        if row.get("name") in self.known:
            self._leave(row, mark("名称与前面的题重复，没有导入。"))
            return
        choices = self.choices.get(meaning.choices, Choices({}))
        question = question_of(row, meaning, choices, self.report)
        check_constraint(row, meaning.kind, self.report)
        part = Part(question, na_allowed=choices.has_na)
        item = self._item(row, part, self._guidance(row), (*self.groups[-1].relevant, *self._relevant(row)))
        self._add(item)
        self.report.carried.append(row.entry(row.get("name"), LABELS[meaning.kind], code=item.code))
        self._lost_columns(row, but="parameters" if meaning.kind is Kind.RANGE else "")
        words = {**choices.words, OTHER: OTHER} if meaning.other else choices.words
        self.known[row.get("name")] = Known(item.code, question, words)
        if meaning.other:
            self._ask_other(row, item)

    def _ask_other(self, row: FormRow, item: Item) -> None:
        """Ask for the words that belong to "other", as XLSForm does."""
        relevant = (*item.relevant, Relevance(item.code, any_of=(OTHER,)))
        text = f"{item.text}（其他，请说明）"
        other = self._item(row, Part(Text()), "", relevant)
        self._add(replace(other, text=text))
        self.report.carried.append(
            row.entry(row.get("name"), mark("“其他”的说明改为文字题 %(code)s。"), code=other.code)
        )

    def _item(self, row: FormRow, part: Part, guidance: str, relevant: tuple[Relevance, ...]) -> Item:
        self.count += 1
        return Item(
            code=f"{self.code}-{self.count:02}",
            text=self._text(row),
            guidance=guidance,
            parts=(part,),
            severity=Severity.GENERAL,
            veto=False,
            weight=Decimal(0),
            deadline=Deadline(DeadlineKind.DAYS, DAYS),
            relevant=tuple(dict.fromkeys(relevant)),
            required=self._required(row),
        )

    def _add(self, item: Item) -> None:
        title = self.groups[-1].title
        if not self.made or self.made[-1].title != title:
            self.made.append(_Section(title))
        self.made[-1].items.append(item)

    def _text(self, row: FormRow) -> str:
        text = self.language.text(row, "label")
        if not text:
            self.report.not_carried.append(row.entry("label", mark("没有题目文字，用了名称，请补写。")))
        if "${" in text:
            self.report.not_carried.append(row.entry("label", mark("题目文字引用了别的答案，系统不会代入，请改写。")))
        return text or row.get("name")

    def _guidance(self, row: FormRow) -> str:
        notes = self.groups[-1].notes
        told = [self.language.text(note, "label") for note in notes]
        for note in notes:
            self.report.carried.append(note.entry(note.get("name"), mark("并入下一项的检查要点。")))
            if note.get("relevant"):
                self.report.not_carried.append(note.entry("relevant", mark("说明随检查项一起显示，没有自己的条件。")))
            self._lost_columns(note)
        notes.clear()
        told += [self.language.text(row, base) for base in ("hint", "guidance_hint", "constraint_message")]
        return " ".join(each for each in told if each)

    def _required(self, row: FormRow) -> bool:
        written = row.get("required").lower()
        if written not in TRUE | FALSE:
            self.report.not_carried.append(
                row.entry("required", mark("必答的条件“%(text)s”没有导入，先按选填。"), text=row.get("required"))
            )
        return written in TRUE

    def _relevant(self, row: FormRow) -> tuple[Relevance, ...]:
        if not row.get("relevant"):
            return ()
        try:
            return conditions(parse(row.get("relevant")), self.known)
        except UnsupportedError as error:
            why = mark("显示条件“%(text)s”没有导入，这里总会显示：%(why)s")
            self.report.not_carried.append(row.entry("relevant", why, text=row.get("relevant"), why=error.sentence))
            return ()

    def _lost_columns(self, row: FormRow, but: str = "") -> None:
        for column, text in row.cells.items():
            base = column.partition("::")[0]
            if base not in READ and column != but:
                why = mark("“%(text)s”没有导入：%(why)s")
                self.report.not_carried.append(row.entry(column, why, text=text, why=LOST.get(base, NO_COLUMN)))
