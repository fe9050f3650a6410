"""The form of one item."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from inspect_app.checklists.definition import (
    EVIDENCE_LABELS,
    FIRST_MEASURE_LABELS,
    SEVERITY_LABELS,
    Checklist,
    Citation,
    Deadline,
    DeadlineKind,
    Evidence,
    FirstMeasure,
    Item,
    Relevance,
    Severity,
)
from inspect_app.checklists.forms.choosing import ChecksField, values
from inspect_app.checklists.forms.parts import PartForm
from inspect_app.checklists.forms.questions import drawn, part_of
from inspect_app.checklists.relevance import part_of as part_asked
from inspect_app.checklists.relevance import words_for
from inspect_app.checklists.workbook import phrases
from inspect_app.checklists.workbook.words import CONDITION_WORDS
from inspect_app.core import clock
from inspect_app.core.frozen import plain
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.law.definitions import BASIS_KIND_LABELS, BasisKind, LegalBasis, Register
from inspect_app.web.forms import BaseForm
from inspect_app.web.language import said

DEADLINES = {
    DeadlineKind.IMMEDIATE: mark("立即（24 小时内）"),
    DeadlineKind.DAYS: mark("限多少日内"),
    DeadlineKind.PLAN: mark("按治理方案，最长多少日"),
    DeadlineKind.NONE: mark("不设期限"),
}
SPARE_BASES = 2
PARTS = 8


class CitationForm(FlaskForm):  # type: ignore[misc]
    """One legal basis."""

    class Meta:
        csrf = False

    basis = SelectField(_l("依据"), validate_choice=False)
    article = StringField(_l("条款"), [Length(max=60)])


class ItemForm(BaseForm):
    """An item with one or several questions."""

    text = TextAreaField(_l("检查内容"), [InputRequired(_l("请填写检查内容。")), Length(max=300)])
    guidance = TextAreaField(_l("检查方法"), [Length(max=500)], description=_l("一句话告诉检查员看什么、怎么看"))
    section = SelectField(_l("分节"))
    weight = StringField(_l("分值"), description=_l("整张表合计 100；只作记录的可以为 0"))
    required = BooleanField(_l("必答"), default=True)
    locked = BooleanField(_l("锁定：下级派生时不能修改、不能删除"))
    severity = SelectField(_l("不合格时"), choices=values(SEVERITY_LABELS), default=Severity.GENERAL.value)
    veto = BooleanField(_l("一票否决：不合格则整张表不合格"))
    deadline = SelectField(_l("整改期限"), choices=values(DEADLINES), default=DeadlineKind.DAYS.value)
    days = StringField(_l("多少日"))
    first = SelectField(_l("先期措施"), choices=values(FIRST_MEASURE_LABELS, blank=mark("无")))
    evidence = ChecksField(_l("必传材料"), choices=values(EVIDENCE_LABELS))
    relevant = TextAreaField(
        _l("填写条件"),
        description=_l("每行一个，全部成立时才问这一项，例如：C03-02=否、C03-05>=3；取自前面的检查项，不写则总是问"),
    )
    citations = FieldList(FormField(CitationForm))
    parts = FieldList(FormField(PartForm), min_entries=1, max_entries=PARTS)

    def offer(self, checklist: Checklist, register: Register) -> "ItemForm":
        """Fill the lists to choose from."""
        self.section.choices = [(section.code, section.title or section.code) for section in checklist.sections]
        choices = _bases(register)
        for row in self.citations:
            row.form.basis.choices = choices
        return self

    def read(self, code: str, checklist: Checklist) -> Item | None:
        """Return the item as it was filled in, None after telling beside the fields what cannot be read."""
        given = list(self.parts)
        parts = tuple(part_of(row.form, composite=len(given) > 1) for row in given)
        weight = self._number("weight")
        item = Item(
            code=code,
            text=(self.text.data or "").strip(),
            guidance=(self.guidance.data or "").strip(),
            parts=parts,
            severity=Severity(self.severity.data),
            veto=self.veto.data,
            weight=Decimal(0) if weight is None else weight,
            deadline=self._deadline(),
            evidence=tuple(Evidence(each) for each in self.evidence.data or ()),
            citations=self._citations(),
            relevant=self._relevant(checklist),
            required=self.required.data,
            locked=self.locked.data,
        )
        wrong = any(field.errors for row in given for field in row.form) or any(field.errors for field in self)
        return None if wrong else item

    def _number(self, name: str) -> Decimal | None:
        written = (self[name].data or "").strip()
        try:
            return phrases.number(written) if written else None
        except phrases.PhraseError as error:
            self._note(name, error.sentence)
            return None

    def _deadline(self) -> Deadline:
        days, first = self._number("days"), self.first.data
        if days is not None and days != int(days):
            self._note("days", say(mark("请填写整数。")))
        whole = None if days is None else int(days)
        return Deadline(DeadlineKind(self.deadline.data), whole, FirstMeasure(first) if first else None)

    def _citations(self) -> tuple[Citation, ...]:
        rows = [(row.form.basis.data, (row.form.article.data or "").strip() or None) for row in self.citations]
        return tuple(Citation(basis, article) for basis, article in rows if basis)

    def _relevant(self, checklist: Checklist) -> tuple[Relevance, ...]:
        def resolve(item: str, part: str, word: str) -> str:
            asked = part_asked(Relevance(item, part), {each.code: each for each in checklist.items})
            known = words_for(asked) if asked else {}
            known |= {each: label for each, label in CONDITION_WORDS.items() if each in known}
            return next((each for each, label in known.items() if word in (each, label)), word)

        try:
            return tuple(phrases.read_condition(line, resolve) for line in phrases.lines_of(self.relevant.data or ""))
        except phrases.PhraseError as error:
            self._note("relevant", error.sentence)
            return ()

    def _note(self, name: str, sentence: Sentence) -> None:
        self[name].errors = [*self[name].errors, said(sentence)]


def item_fields(item: Item, section: str) -> dict[str, Any]:
    """Return what an ItemForm is drawn with for an item that is there."""
    return {
        "text": item.text,
        "guidance": item.guidance,
        "section": section,
        "weight": plain(item.weight),
        "required": item.required,
        "locked": item.locked,
        "severity": item.severity.value,
        "veto": item.veto,
        "deadline": item.deadline.kind.value,
        "days": str(item.deadline.days or ""),
        "first": item.deadline.first.value if item.deadline.first else "",
        "evidence": [each.value for each in item.evidence],
        "relevant": "\n".join(phrases.write_condition(each, CONDITION_WORDS) for each in item.relevant),
        "citations": [{"basis": each.basis, "article": each.article or ""} for each in item.citations] + SPARE,
        "parts": [drawn(part) for part in item.parts],
    }


SPARE: list[dict[str, str]] = [{"basis": "", "article": ""}] * SPARE_BASES


def _bases(register: Register) -> dict[str, list[tuple[str, str]]]:
    """Group the register by kind, with a mark on what has lapsed or is not verified."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", _("（选择依据）"))]}
    for kind in BasisKind:
        rows = [(basis.code, _named(basis)) for basis in register.values() if basis.kind is kind]
        groups[_(BASIS_KIND_LABELS[kind])] = sorted(rows, key=lambda row: row[1])
    return groups


def _named(basis: LegalBasis) -> str:
    doubt = _("【已失效】") if basis.lapsed(clock.today()) else ("" if basis.verified else _("【待核对】"))
    return f"{doubt}{basis.title}（{basis.code}）"
