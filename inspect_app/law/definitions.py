"""The register of legal bases (`checklists/bases.toml`): what a checklist item may cite, and when it was in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.core.labels import Sentence, mark, say


class BasisKind(StrEnum):
    """What sort of text it is, from the most binding to the least."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    LOCAL_REGULATION = "local_regulation"
    NORMATIVE = "normative"
    STANDARD = "standard"
    WORK_DOCUMENT = "work_document"


BASIS_KIND_LABELS = {
    BasisKind.LAW: mark("法律"),
    BasisKind.REGULATION: mark("行政法规"),
    BasisKind.RULE: mark("部门规章"),
    BasisKind.LOCAL_REGULATION: mark("地方性法规规章"),
    BasisKind.NORMATIVE: mark("规范性文件"),
    BasisKind.STANDARD: mark("技术标准"),
    BasisKind.WORK_DOCUMENT: mark("工作文件"),
}


class Doubtful(StrEnum):
    """What about a basis has not been traced to its text."""

    TITLE = "title"
    NUMBER = "number"
    DATES = "dates"
    ARTICLES = "articles"


DOUBTFUL_LABELS = {
    Doubtful.TITLE: mark("原文"),
    Doubtful.NUMBER: mark("文号"),
    Doubtful.DATES: mark("日期"),
    Doubtful.ARTICLES: mark("条款号"),
}


@dataclass(frozen=True)
class LegalBasis:
    """A law, rule, standard or official document. Dates are inclusive; an unknown beginning is None.

    `region` is the code of the province or prefecture it binds, None for the whole country. `unverified` names what
    comes from memory and waits for somebody to check it; without TITLE in it, the text itself was found.
    """

    code: str
    title: str
    kind: BasisKind
    number: str | None = None
    region: str | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    superseded_by: str | None = None
    unverified: tuple[Doubtful, ...] = ()
    source: str | None = None

    @property
    def verified(self) -> bool:
        """Whether the text itself was found; single data of it may still be in `unverified`."""
        return Doubtful.TITLE not in self.unverified

    def in_force(self, on: date) -> bool:
        """Whether it bound on that day; an unknown beginning counts as begun."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and not self.lapsed(on)

    def lapsed(self, on: date) -> bool:
        """Whether it had ceased to be in force by that day."""
        return self.in_force_until is not None and self.in_force_until < on

    def cite(self, article: str | None = None) -> str:
        """Return how it is written in a document, as in 《建设工程抗震管理条例》第二十一条."""
        return f"《{self.title}》{article or ''}"


class Register(Mapping[str, LegalBasis]):
    """All legal bases by code."""

    def __init__(self, bases: Mapping[str, LegalBasis]) -> None:
        self._bases = dict(bases)

    def __getitem__(self, code: str) -> LegalBasis:
        return self._bases[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bases)

    def __len__(self) -> int:
        return len(self._bases)

    def doubts(self, code: str, on: date, *, with_article: bool = False) -> tuple[Sentence, ...]:
        """Return why a citation should not be taken at its word on that day; empty when nothing stands against it."""
        basis = self[code]
        found = []
        if basis.lapsed(on):
            found.append(self._lapse(basis))
        elif not basis.in_force(on):
            found.append(say(mark("自 %(day)s 起施行，检查当日尚未生效。"), day=basis.in_force_from))
        if not basis.verified:
            found.append(say(mark("尚未核对原文，引用前请业务人员复核。")))
        elif with_article and Doubtful.ARTICLES in basis.unverified:
            found.append(say(mark("条款号尚未核对原文，引用前请业务人员复核。")))
        return tuple(found)

    def _lapse(self, basis: LegalBasis) -> Sentence:
        if basis.superseded_by is None:
            return say(mark("自 %(day)s 后已失效。"), day=basis.in_force_until)
        successor = self[basis.superseded_by].title
        return say(mark("自 %(day)s 后已失效，由《%(title)s》替代。"), day=basis.in_force_until, title=successor)


def load_register(path: Path) -> Register:
    """Read the register; every mistake of the file is raised at once as DefinitionProblems."""
    problems = Problems()
    register = read_register(path, problems)
    problems.refuse()
    return register


def read_register(path: Path, problems: Problems) -> Register:
    """Read the register, adding its mistakes to `problems`."""
    bases: dict[str, LegalBasis] = {}
    top = read_file(path, problems)
    for table in top.tables("bases") if top else ():
        basis = _read_basis(table)
        if basis.code in bases:
            table.note("依据编号重复")
        bases[basis.code] = basis
    if top:
        top.finish()
    _check_successors(bases, path.name, problems)
    return Register(bases)


def _read_basis(table: Table) -> LegalBasis:
    basis = LegalBasis(
        code=table.text("code"),
        title=table.text("title"),
        kind=table.choice("kind", BasisKind),
        number=table.text_or_none("number"),
        region=table.text_or_none("region"),
        in_force_from=table.day_or_none("in_force_from"),
        in_force_until=table.day_or_none("in_force_until"),
        superseded_by=table.text_or_none("superseded_by"),
        unverified=table.choices("unverified", Doubtful),
        source=table.text_or_none("source"),
    )
    if basis.in_force_from and basis.in_force_until and basis.in_force_from > basis.in_force_until:
        table.note("失效日期早于施行日期")
    table.finish()
    return basis


def _check_successors(bases: Mapping[str, LegalBasis], file: str, problems: Problems) -> None:
    for basis in bases.values():
        if basis.superseded_by is None:
            continue
        if basis.superseded_by not in bases:
            problems.note(file, basis.code, f"替代它的依据 {basis.superseded_by} 不在登记册中")
        if basis.in_force_until is None:
            problems.note(file, basis.code, "已被替代，但没有写失效日期 in_force_until")
