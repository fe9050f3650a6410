"""The lists of choices of a form, and which of them are yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspect_app.checklists.questions import Option
from inspect_app.checklists.workbook.words import folded
from inspect_app.checklists.workbook.xlsform.report import Report
from inspect_app.checklists.workbook.xlsform.tables import FormTable, Language
from inspect_app.core.labels import mark

NAMES = ("name", "value")
READ = frozenset(("list_name", *NAMES, "label"))
MEANT = {
    **dict.fromkeys(("yes", "y", "true", "是"), "yes"),
    **dict.fromkeys(("no", "n", "false", "否"), "no"),
    **dict.fromkeys(("na", "n/a", "n_a", "n.a.", "notapplicable", "not_applicable", "不涉及", "不适用"), "na"),
}
YES_NO = {"yes", "no"}


@dataclass(frozen=True)
class Choices:
    """A list of choices in order; the name of each leads to its label."""

    labels: Mapping[str, str]

    @property
    def words(self) -> dict[str, str]:
        """What is kept in an answer for each name: yes, no and na where they are meant, else the name itself."""
        meant = {name: _meant(name, label) for name, label in self.labels.items()}
        if set(meant.values()) - {""} >= YES_NO and "" not in meant.values() and len(set(meant.values())) == len(meant):
            return meant
        return {name: "na" if word == "na" else name for name, word in meant.items()}

    @property
    def yes_no(self) -> bool:
        """Whether these are yes and no, and at most not applicable."""
        return YES_NO <= set(self.words.values()) <= {*YES_NO, "na"}

    @property
    def has_na(self) -> bool:
        """Whether not applicable is among them."""
        return "na" in self.words.values()

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices as options of a question, without not applicable."""
        return tuple(Option(name, self.labels[name]) for name, word in self.words.items() if word != "na")


def _meant(name: str, label: str) -> str:
    return MEANT.get(folded(label)) or MEANT.get(folded(name), "")


def read_choices(table: FormTable, language: Language, report: Report) -> dict[str, Choices]:
    """Return the lists by name, reporting what of them cannot be carried over."""
    lists: dict[str, dict[str, str]] = {}
    for row in table.rows:
        name = next((row.get(each) for each in NAMES if row.get(each)), "")
        known = lists.setdefault(row.get("list_name"), {})
        if not row.get("list_name") or not name:
            report.not_carried.append(
                row.entry(name or row.get("list_name"), mark("缺少 list_name 或 name，没有导入。"))
            )
        elif name in known:
            report.not_carried.append(row.entry(name, mark("同一选项写了两次，后一次没有导入。")))
        else:
            known[name] = language.text(row, "label") or name
        for column in row.cells:
            if column.partition("::")[0] not in READ:
                report.not_carried.append(row.entry(column, mark("选项的这一栏没有对应的设置，没有导入。")))
    language.leave_out(table, report)
    return {name: Choices(labels) for name, labels in lists.items() if name}
